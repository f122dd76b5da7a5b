package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LifecycleHook;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.refresh.Allowance;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads how long groups' hooks and balancers let instances wait: one call a group for its hooks, two for each target group and
 * classic load balancer, however many groups share it. A permission that is missing here refuses nothing.
 */
public final class Allowances {

    private static final String CHECKS = " checks";

    private final StepHost host;
    private final Map<String, Duration> known = new HashMap<>();

    /** Remembers drain times as long as it lives. */
    public Allowances(StepHost host) {
        this.host = host;
    }

    /**
     * What a group allows.
     *
     * @throws CloudException when AWS does not answer now
     */
    public Allowance of(Place place, GroupObservation group) {
        Cloud cloud = host.cloud(place.access(), place.region());
        String unknown = "";
        List<LifecycleHook> hooks = List.of();
        Map<String, Duration> drainTimes = new HashMap<>();
        Map<String, Duration> checkTimes = new HashMap<>();
        try {
            hooks = cloud.autoScalingGroups().lifecycleHooks(group.key().name());
        } catch (CloudException.AccessDenied e) {
            unknown = "its hooks are not known: " + e.getMessage();
        }
        try {
            group.targetGroups()
                    .forEach(arn ->
                            drainTimes.put(name(arn.value()), known(place, arn.value(), () -> cloud.targetGroups()
                                    .deregistrationDelay(arn))));
            group.classicLoadBalancers()
                    .forEach(name -> drainTimes.put(name, known(place, name, () -> cloud.classicLoadBalancers()
                            .drainTime(name))));
        } catch (CloudException.AccessDenied e) {
            unknown = (unknown.isEmpty() ? "" : unknown + ", ") + "its drain times are not known: " + e.getMessage();
        }
        try {
            group.targetGroups()
                    .forEach(arn -> checkTimes.put(
                            name(arn.value()), known(place, arn.value() + CHECKS, () -> cloud.targetGroups()
                                    .checkTime(arn))));
            group.classicLoadBalancers()
                    .forEach(name -> checkTimes.put(name, known(place, name + CHECKS, () -> cloud.classicLoadBalancers()
                            .checkTime(name))));
        } catch (CloudException.AccessDenied e) {
            // Then the warmup tells, as where there is no load balancer.
            checkTimes.clear();
        }
        return new Allowance(hooks, drainTimes, unknown, checkTimes);
    }

    private Duration known(Place place, String balancer, Supplier<Duration> read) {
        return known.computeIfAbsent(place + " " + balancer, key -> read.get());
    }

    /** The name in the ARN of a target group. */
    private static String name(String arn) {
        String[] parts = arn.split("/", -1);
        return parts.length < 2 ? arn : parts[1];
    }
}
