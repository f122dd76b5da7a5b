package io.jenkins.plugins.amirefresh.simulator.elb;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Sorted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** All target groups and load balancers of one simulator. */
final class Registry {

    private final Map<AccountRegion, Sorted<TargetGroup>> groups = new HashMap<>();
    private final Map<AccountRegion, Sorted<LoadBalancer>> balancers = new HashMap<>();
    private final Map<AccountRegion, Sorted<ClassicBalancer>> classics = new HashMap<>();

    /** By ARN, sorted. */
    Sorted<TargetGroup> groups(AccountRegion at) {
        return groups.computeIfAbsent(at, place -> new Sorted<>());
    }

    /** By ARN, sorted. */
    Sorted<LoadBalancer> balancers(AccountRegion at) {
        return balancers.computeIfAbsent(at, place -> new Sorted<>());
    }

    /** Classic load balancers by name, sorted. */
    Sorted<ClassicBalancer> classics(AccountRegion at) {
        return classics.computeIfAbsent(at, place -> new Sorted<>());
    }

    /** Of every place. */
    List<ClassicBalancer> allClassics() {
        List<ClassicBalancer> all = new ArrayList<>();
        classics.values().forEach(places -> all.addAll(places.values()));
        return all;
    }

    /** What instances register with: a target group by its ARN, or a classic load balancer by its key. */
    Optional<TargetGroup> registrable(AccountRegion at, String key) {
        return ClassicBalancer.isKey(key)
                ? classics(at).find(ClassicBalancer.name(key)).map(ClassicBalancer::instances)
                : groups(at).find(key);
    }

    /** Of every place. */
    List<LoadBalancer> allBalancers() {
        List<LoadBalancer> all = new ArrayList<>();
        balancers.values().forEach(places -> all.addAll(places.values()));
        return all;
    }

    /** Ids of the security groups of the load balancers that send requests to a target group. */
    List<String> senders(TargetGroup group) {
        Stream<JsonNode> balancers = ClassicBalancer.isKey(group.arn())
                ? classics(group.at()).find(group.name()).stream().map(ClassicBalancer::securityGroups)
                : group.loadBalancers().stream()
                        .flatMap(arn -> balancers(group.at()).find(arn).stream())
                        .map(balancer -> balancer.described().path("SecurityGroups"));
        return balancers
                .flatMap(ids -> StreamSupport.stream(ids.spliterator(), false))
                .map(JsonNode::asText)
                .toList();
    }

    TargetGroup group(AccountRegion at, String key) {
        return registrable(at, key)
                .orElseThrow(() -> AwsError.client("TargetGroupNotFound", "One or more target groups not found"));
    }

    Optional<TargetGroup> groupAnywhere(String arn) {
        return groups.values().stream()
                .flatMap(places -> places.find(arn).stream())
                .findFirst();
    }

    LoadBalancer balancer(AccountRegion at, String arn) {
        return balancers(at)
                .find(arn)
                .orElseThrow(() -> AwsError.client("LoadBalancerNotFound", "One or more load balancers not found"));
    }

    /** An ARN holds the name before the generated part, so the next one in order is the one or there is none. */
    Optional<TargetGroup> groupNamed(AccountRegion at, String name) {
        String prefix = at.arn("elasticloadbalancing", "targetgroup/" + name + "/");
        return groups(at).firstFrom(prefix).filter(group -> group.name().equals(name));
    }

    Optional<LoadBalancer> balancerNamed(AccountRegion at, String name) {
        return balancers(at)
                .firstFrom(at.arn("elasticloadbalancing", "loadbalancer/app/" + name + "/"))
                .filter(balancer -> balancer.name().equals(name))
                .or(() -> balancers(at)
                        .firstFrom(at.arn("elasticloadbalancing", "loadbalancer/net/" + name + "/"))
                        .filter(balancer -> balancer.name().equals(name)));
    }
}
