package io.jenkins.plugins.amirefresh.simulator.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An Auto Scaling group; it starts with {@code desired} healthy instances in service.
 *
 * @param launchTemplate name of a declared template of the region; null when it has a launch configuration
 * @param launchConfiguration name of a declared launch configuration of the region; null when it has a template
 * @param version {@code $Latest}, {@code $Default} or a number
 * @param subnets names of declared subnets; empty: all of the first VPC
 * @param targetGroups names of declared target groups
 * @param loadBalancers names of declared classic load balancers
 * @param healthCheckType {@code EC2}, {@code ELB} or both with a comma
 * @param healthCheckGracePeriod 0 as in the API; the console's default is 300 s
 * @param defaultInstanceWarmup null: not set, as in the API
 * @param protectedInstances how many of its first instances are protected from scale-in
 * @param instancesVersion the version its first instances run, a number; null: what {@code version} resolves to
 * @param instancesAge how long before the start its instances were launched
 * @param tags none is propagated at launch, except those in {@code propagatedTags}
 * @param load what its instances bear together, in the unit of target tracking policies' metric; 0: no such metric
 * @param request further members of CreateAutoScalingGroup under AWS's names; null when there are none
 */
public record DeclaredGroup(
        int line,
        String name,
        @Nullable String launchTemplate,
        @Nullable String launchConfiguration,
        String version,
        int min,
        int desired,
        int max,
        List<String> subnets,
        List<String> targetGroups,
        List<String> loadBalancers,
        String healthCheckType,
        Duration healthCheckGracePeriod,
        Duration defaultCooldown,
        @Nullable Duration defaultInstanceWarmup,
        boolean newInstancesProtectedFromScaleIn,
        int protectedInstances,
        @Nullable Integer instancesVersion,
        Duration instancesAge,
        List<String> suspendedProcesses,
        List<String> terminationPolicies,
        Map<String, String> tags,
        Map<String, String> propagatedTags,
        double load,
        @Nullable JsonNode request) {

    public DeclaredGroup {
        version = Lists.or(version, "$Default");
        subnets = Lists.orEmpty(subnets);
        targetGroups = Lists.orEmpty(targetGroups);
        loadBalancers = Lists.orEmpty(loadBalancers);
        healthCheckType = Lists.or(healthCheckType, "EC2");
        healthCheckGracePeriod = Lists.or(healthCheckGracePeriod, Duration.ZERO);
        defaultCooldown = Lists.or(defaultCooldown, Duration.ofMinutes(5));
        instancesAge = Lists.or(instancesAge, Duration.ofDays(7));
        suspendedProcesses = Lists.orEmpty(suspendedProcesses);
        terminationPolicies = terminationPolicies == null || terminationPolicies.isEmpty()
                ? List.of("Default")
                : List.copyOf(terminationPolicies);
        tags = Lists.orEmpty(tags);
        propagatedTags = Lists.orEmpty(propagatedTags);
    }
}
