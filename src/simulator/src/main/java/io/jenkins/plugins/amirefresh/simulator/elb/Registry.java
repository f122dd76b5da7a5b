package io.jenkins.plugins.amirefresh.simulator.elb;

import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All target groups and load balancers of one simulator. */
final class Registry {

    private final Map<AccountRegion, Map<String, TargetGroup>> groups = new HashMap<>();
    private final Map<AccountRegion, Map<String, LoadBalancer>> balancers = new HashMap<>();

    /** By ARN, sorted. */
    Map<String, TargetGroup> groups(AccountRegion at) {
        return groups.computeIfAbsent(at, place -> new TreeMap<>());
    }

    /** By ARN, sorted. */
    Map<String, LoadBalancer> balancers(AccountRegion at) {
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
        return groups(at).values().stream()
                .filter(group -> group.name().equals(name))
                .findFirst();
    }

    Optional<LoadBalancer> balancerNamed(AccountRegion at, String name) {
        return balancers(at).values().stream()
                .filter(balancer -> balancer.name().equals(name))
                .findFirst();
    }
}
