package io.jenkins.plugins.amirefresh.simulator.elb;

import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** All target groups and load balancers of one simulator. */
final class Registry {

    private final Map<AccountRegion, NavigableMap<String, TargetGroup>> groups = new HashMap<>();
    private final Map<AccountRegion, NavigableMap<String, LoadBalancer>> balancers = new HashMap<>();

    /** By ARN, sorted. */
    NavigableMap<String, TargetGroup> groups(AccountRegion at) {
        return groups.computeIfAbsent(at, place -> new TreeMap<>());
    }

    /** By ARN, sorted. */
    NavigableMap<String, LoadBalancer> balancers(AccountRegion at) {
        return balancers.computeIfAbsent(at, place -> new TreeMap<>());
    }

    /** Of every place. */
    List<LoadBalancer> allBalancers() {
        List<LoadBalancer> all = new ArrayList<>();
        balancers.values().forEach(places -> all.addAll(places.values()));
        return all;
    }

    TargetGroup group(AccountRegion at, String arn) {
        return Optional.ofNullable(groups(at).get(arn))
                .orElseThrow(() -> AwsError.client("TargetGroupNotFound", "One or more target groups not found"));
    }

    Optional<TargetGroup> groupAnywhere(String arn) {
        return groups.values().stream()
                .map(places -> places.get(arn))
                .filter(group -> group != null)
                .findFirst();
    }

    LoadBalancer balancer(AccountRegion at, String arn) {
        return Optional.ofNullable(balancers(at).get(arn))
                .orElseThrow(() -> AwsError.client("LoadBalancerNotFound", "One or more load balancers not found"));
    }

    Optional<TargetGroup> groupNamed(AccountRegion at, String name) {
        String prefix = at.arn("elasticloadbalancing", "targetgroup/" + name + "/");
        return firstFrom(groups(at), prefix).filter(group -> group.name().equals(name));
    }

    /** An ARN holds the name before the generated part, so the next one in order is the one or there is none. */
    private static <T> Optional<T> firstFrom(NavigableMap<String, T> byArn, String prefix) {
        return Optional.ofNullable(byArn.ceilingEntry(prefix)).map(Map.Entry::getValue);
    }

    Optional<LoadBalancer> balancerNamed(AccountRegion at, String name) {
        return firstFrom(balancers(at), at.arn("elasticloadbalancing", "loadbalancer/app/" + name + "/"))
                .filter(balancer -> balancer.name().equals(name))
                .or(() -> firstFrom(balancers(at), at.arn("elasticloadbalancing", "loadbalancer/net/" + name + "/"))
                        .filter(balancer -> balancer.name().equals(name)));
    }
}
