package io.jenkins.plugins.amirefresh.simulator.elb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A classic load balancer: a target group of its own, always in use, whose checks are written as one text. Source: Elastic
 * Load Balancing API Reference 2012-06-01, "HealthCheck".
 */
public final class ClassicBalancer {

    private static final String PREFIX = "classic/";
    private static final Pattern TARGET = Pattern.compile("(HTTP|HTTPS|TCP|SSL):(\\d{1,5})(/\\S*)?");

    private final AccountRegion at;
    private final String name;
    private final Instant created;
    private final ObjectNode settings;
    private final ObjectNode attributes = Json.object();
    private final Map<String, String> tags = new TreeMap<>();
    private final TargetGroup instances;
    private int turn;

    /** @param settings members of {@code LoadBalancerDescription}, health check included */
    ClassicBalancer(AccountRegion at, String name, Instant created, ObjectNode settings) {
        this.at = at;
        this.name = name;
        this.created = created;
        this.settings = settings;
        this.instances = new TargetGroup(at, key(name), name, Json.object());
        instances.loadBalancers().add(name);
        instances.settings().put("Port", firstListener().path("InstancePort").asInt());
        attributes.putObject("CrossZoneLoadBalancing").put("Enabled", false);
        attributes.putObject("AccessLog").put("Enabled", false);
        attributes.putObject("ConnectionDraining").put("Enabled", false).put("Timeout", 300);
        attributes.putObject("ConnectionSettings").put("IdleTimeout", 60);
        attributes
                .putArray("AdditionalAttributes")
                .addObject()
                .put("Key", "elb.http.desyncmitigationmode")
                .put("Value", "defensive");
        drainAsSet();
    }

    /** What groups and targets call a classic load balancer, which has no ARN in AWS's answers. */
    public static String key(String name) {
        return PREFIX + name;
    }

    /** Whether a key is that of a classic load balancer and no target group's ARN. */
    public static boolean isKey(String key) {
        return key.startsWith(PREFIX);
    }

    /** The name in a key. */
    public static String name(String key) {
        return key.substring(PREFIX.length());
    }

    AccountRegion at() {
        return at;
    }

    String name() {
        return name;
    }

    String arn() {
        return at.arn("elasticloadbalancing", "loadbalancer/" + name);
    }

    String dnsName() {
        return name.toLowerCase(java.util.Locale.ROOT) + "-1234567890." + at.region() + ".elb.amazonaws.com";
    }

    com.fasterxml.jackson.databind.JsonNode securityGroups() {
        return settings.path("SecurityGroups");
    }

    ObjectNode settings() {
        return settings;
    }

    /** Its instances with their health. */
    TargetGroup instances() {
        return instances;
    }

    ObjectNode attributes() {
        return attributes;
    }

    Map<String, String> tags() {
        return tags;
    }

    private com.fasterxml.jackson.databind.JsonNode firstListener() {
        return settings.path("ListenerDescriptions").path(0).path("Listener");
    }

    /** The port of its instances that a port of its own leads to, 0 when nothing listens there. */
    int instancePort(int port) {
        for (var listener : settings.path("ListenerDescriptions")) {
            if (listener.path("Listener").path("LoadBalancerPort").asInt() == port) {
                return listener.path("Listener").path("InstancePort").asInt();
            }
        }
        return 0;
    }

    /** Whose turn it is among this many. */
    int nextOf(int count) {
        return turn++ % count;
    }

    /** Whether a health check's target is one that AWS takes: {@code TCP:80}, {@code HTTP:8080/health}. */
    static boolean isTarget(String target) {
        Matcher parts = TARGET.matcher(target);
        return parts.matches()
                && target.startsWith("HTTP") == (parts.group(3) != null)
                && Integer.parseInt(parts.group(2)) >= 1
                && Integer.parseInt(parts.group(2)) <= 65_535;
    }

    /** Checks its instances like this from now on. */
    void check(ObjectNode healthCheck) {
        settings.set("HealthCheck", healthCheck.deepCopy());
        Matcher parts = TARGET.matcher(healthCheck.path("Target").asText());
        if (!parts.matches()) {
            throw new IllegalStateException("checked before: " + healthCheck);
        }
        ObjectNode checks = instances.settings();
        checks.put("HealthCheckProtocol", parts.group(1).startsWith("HTTP") ? "HTTP" : "TCP");
        checks.put("HealthCheckPort", parts.group(2));
        checks.put("HealthCheckPath", parts.group(3) == null ? "/" : parts.group(3));
        checks.put("HealthCheckIntervalSeconds", healthCheck.path("Interval").asInt());
        checks.put("HealthyThresholdCount", healthCheck.path("HealthyThreshold").asInt());
        checks.put(
                "UnhealthyThresholdCount",
                healthCheck.path("UnhealthyThreshold").asInt());
    }

    /** Without connection draining instances leave at once. */
    void drainAsSet() {
        var draining = attributes.path("ConnectionDraining");
        int seconds =
                draining.path("Enabled").asBoolean() ? draining.path("Timeout").asInt(300) : 0;
        instances.attributes().put(TargetGroup.DELAY, Integer.toString(seconds));
    }

    ObjectNode view() {
        ObjectNode view = settings.deepCopy();
        view.put("LoadBalancerName", name).put("DNSName", dnsName()).put("CreatedTime", created.toString());
        view.put("CanonicalHostedZoneName", dnsName());
        List<ObjectNode> rows = new ArrayList<>();
        instances.targets().values().forEach(target -> rows.add(Json.object().put("InstanceId", target.id())));
        view.set("Instances", Json.array(rows));
        return view;
    }
}
