package io.jenkins.plugins.amirefresh.simulator.elb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.behavior.Asked;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A target group with instance targets. */
final class TargetGroup {

    static final String DELAY = "deregistration_delay.timeout_seconds";

    private static final int DEFAULT_INTERVAL = 30;
    private static final int DEFAULT_HEALTHY = 5;
    private static final int DEFAULT_UNHEALTHY = 2;
    private static final int DEFAULT_DELAY = 300;

    private final AccountRegion at;
    private final String arn;
    private final String name;
    private final ObjectNode settings;
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Map<String, String> attributes = new TreeMap<>();
    private final Map<String, String> tags = new TreeMap<>();
    private final Set<String> loadBalancers = new TreeSet<>();

    /** @param settings members of {@code TargetGroup}, defaults filled in */
    TargetGroup(AccountRegion at, String arn, String name, ObjectNode settings) {
        this.at = at;
        this.arn = arn;
        this.name = name;
        this.settings = settings;
        attributes.put(DELAY, Integer.toString(DEFAULT_DELAY));
        attributes.put("stickiness.enabled", "false");
        attributes.put("load_balancing.algorithm.type", "round_robin");
        attributes.put("slow_start.duration_seconds", "0");
    }

    /** What it is to people. */
    String title() {
        return ClassicBalancer.isKey(arn) ? "load balancer " + name : "target group " + name;
    }

    /** How many checks a new target must pass; a classic load balancer asks for as many as ever. */
    int firstThreshold() {
        return ClassicBalancer.isKey(arn) ? healthyThreshold() : 1;
    }

    AccountRegion at() {
        return at;
    }

    String arn() {
        return arn;
    }

    String name() {
        return name;
    }

    ObjectNode settings() {
        return settings;
    }

    /** By instance id and port, for example {@code i-0abc:80}. */
    Map<String, Target> targets() {
        return targets;
    }

    Map<String, String> attributes() {
        return attributes;
    }

    Map<String, String> tags() {
        return tags;
    }

    /** ARNs of the load balancers whose listeners forward here. */
    Set<String> loadBalancers() {
        return loadBalancers;
    }

    int port() {
        return settings.path("Port").asInt(80);
    }

    int healthCheckPort(Target target) {
        return settings.path("HealthCheckPort").asInt(target.port());
    }

    String path() {
        return settings.path("HealthCheckPath").asText("/");
    }

    /** What it asks of a target. */
    Asked asks(Target target) {
        return Asked.of(target.port(), new Asked.Check(healthCheckPort(target), path()));
    }

    /** What it asks of instances that are registered without naming a port. */
    Asked asks() {
        return Asked.of(port(), new Asked.Check(settings.path("HealthCheckPort").asInt(port()), path()));
    }

    boolean checksHttp() {
        return settings.path("HealthCheckProtocol").asText("HTTP").startsWith("HTTP");
    }

    Duration interval() {
        return Duration.ofSeconds(settings.path("HealthCheckIntervalSeconds").asInt(DEFAULT_INTERVAL));
    }

    int healthyThreshold() {
        return settings.path("HealthyThresholdCount").asInt(DEFAULT_HEALTHY);
    }

    int unhealthyThreshold() {
        return settings.path("UnhealthyThresholdCount").asInt(DEFAULT_UNHEALTHY);
    }

    Duration deregistrationDelay() {
        return Duration.ofSeconds(Long.parseLong(attributes.getOrDefault(DELAY, "0")));
    }

    /** Whether an HTTP status is one of {@code Matcher}, for example {@code 200,202} or {@code 200-299}. */
    boolean accepts(int status) {
        String codes = settings.path("Matcher").path("HttpCode").asText("200");
        for (String part : codes.split(",", -1)) {
            String[] ends = part.strip().split("-", -1);
            if (status >= Integer.parseInt(ends[0]) && status <= Integer.parseInt(ends[ends.length - 1])) {
                return true;
            }
        }
        return false;
    }
}
