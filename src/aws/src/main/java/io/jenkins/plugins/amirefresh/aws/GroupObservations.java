package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.CapacityReservationPreference;
import io.jenkins.plugins.amirefresh.model.CapacityReservationSpecification;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.HealthStatus;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceMaintenancePolicy;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LifecycleState;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.model.TargetGroupArn;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;

/** A group of an answer as an observation. */
final class GroupObservations {

    private static final Pattern SUSPENDED_AT =
            Pattern.compile("^User suspended at ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)");

    private GroupObservations() {}

    static GroupObservation of(GroupKey key, AutoScalingGroup group, LaunchSource source, Instant at) {
        return new GroupObservation(
                key,
                at,
                new Capacity(
                        Pages.number(group.minSize()),
                        Pages.number(group.desiredCapacity()),
                        Pages.number(group.maxSize())),
                source,
                instances(group),
                tags(group),
                suspended(group),
                Boolean.TRUE.equals(group.newInstancesProtectedFromScaleIn()),
                checksLoadBalancers(group),
                seconds(group.healthCheckGracePeriod()),
                seconds(group.defaultInstanceWarmup()),
                targetGroups(group),
                union(group.loadBalancerNames(), trafficSources(group, "elb")),
                group.availabilityZones(),
                texts(group.vpcZoneIdentifier()),
                maintenancePolicy(group),
                group.warmPoolConfiguration() != null,
                isWeighted(group),
                !Pages.text(group.status()).isEmpty(),
                capacityReservations(group),
                suspendedAt(group));
    }

    static AutoScalingGroupName name(AutoScalingGroup group) {
        return new AutoScalingGroupName(group.autoScalingGroupName());
    }

    private static List<InstanceObservation> instances(AutoScalingGroup group) {
        return group.instances().stream()
                .map(GroupObservations::instance)
                .filter(instance -> !instance.lifecycleState().isWarmed())
                .toList();
    }

    static InstanceObservation instance(Instance instance) {
        String state = Pages.text(instance.lifecycleStateAsString());
        return new InstanceObservation(
                new InstanceId(instance.instanceId()),
                LifecycleState.parse(state),
                state,
                HealthStatus.parse(Pages.text(instance.healthStatus())),
                Pages.text(instance.availabilityZone()),
                Pages.text(instance.instanceType()),
                template(instance.launchTemplate()),
                version(instance.launchTemplate()),
                Boolean.TRUE.equals(instance.protectedFromScaleIn()),
                weight(instance));
    }

    private static int weight(Instance instance) {
        String weight = Pages.text(instance.weightedCapacity());
        return weight.matches("[1-9][0-9]{0,2}") ? Integer.parseInt(weight) : 1;
    }

    private static @Nullable LaunchTemplateId template(@Nullable LaunchTemplateSpecification launchedFrom) {
        return launchedFrom == null || launchedFrom.launchTemplateId() == null
                ? null
                : new LaunchTemplateId(launchedFrom.launchTemplateId());
    }

    // An instance names the number it was launched from; an alias would say nothing about what it runs.
    private static @Nullable LaunchTemplateVersion version(@Nullable LaunchTemplateSpecification launchedFrom) {
        return launchedFrom == null || !Pages.text(launchedFrom.version()).matches("[0-9]+")
                ? null
                : new LaunchTemplateVersion(Long.parseLong(launchedFrom.version()));
    }

    private static Map<String, String> tags(AutoScalingGroup group) {
        return group.tags().stream()
                .collect(Collectors.toMap(tag -> tag.key(), tag -> Pages.text(tag.value()), (first, second) -> second));
    }

    private static Set<ScalingProcess> suspended(AutoScalingGroup group) {
        return group.suspendedProcesses().stream()
                .map(process -> ScalingProcess.parse(Pages.text(process.processName())))
                .collect(Collectors.toSet());
    }

    // Source: what AWS answers, as Netflix's Eureka (AwsAsgUtil) and Spinnaker read it; the API reference gives no
    // form.
    private static Map<ScalingProcess, Instant> suspendedAt(AutoScalingGroup group) {
        Map<ScalingProcess, Instant> times = new EnumMap<>(ScalingProcess.class);
        group.suspendedProcesses().forEach(process -> {
            Matcher matcher = SUSPENDED_AT.matcher(Pages.text(process.suspensionReason()));
            if (matcher.find()) {
                times.put(ScalingProcess.parse(Pages.text(process.processName())), Instant.parse(matcher.group(1)));
            }
        });
        return times;
    }

    // A comma separated list since EBS and VPC Lattice checks exist. Source: API reference, AutoScalingGroup.
    private static boolean checksLoadBalancers(AutoScalingGroup group) {
        return texts(group.healthCheckType()).contains("ELB");
    }

    private static List<TargetGroupArn> targetGroups(AutoScalingGroup group) {
        return union(group.targetGroupARNs(), trafficSources(group, "elbv2")).stream()
                .map(TargetGroupArn::new)
                .toList();
    }

    // Attached as a traffic source, a load balancer need not be in the older lists. Source: API reference,
    // TrafficSourceIdentifier, Type.
    private static List<String> trafficSources(AutoScalingGroup group, String type) {
        return group.trafficSources().stream()
                .filter(source -> Pages.text(source.type()).equals(type))
                .map(source -> Pages.text(source.identifier()))
                .toList();
    }

    private static List<String> union(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    // Weights are texts from 1 to 999. Source: API reference, LaunchTemplateOverrides and Instance, WeightedCapacity.
    private static boolean isWeighted(AutoScalingGroup group) {
        var policy = group.mixedInstancesPolicy();
        Stream<String> overrides = policy == null || policy.launchTemplate() == null
                ? Stream.of()
                : policy.launchTemplate().overrides().stream().map(override -> override.weightedCapacity());
        return Stream.concat(overrides, group.instances().stream().map(Instance::weightedCapacity))
                .map(Pages::text)
                .anyMatch(weight -> !weight.isEmpty() && !weight.equals("1"));
    }

    private static InstanceMaintenancePolicy maintenancePolicy(AutoScalingGroup group) {
        var policy = group.instanceMaintenancePolicy();
        return policy == null || policy.minHealthyPercentage() == null || policy.maxHealthyPercentage() == null
                ? InstanceMaintenancePolicy.NONE
                : new InstanceMaintenancePolicy(policy.minHealthyPercentage(), policy.maxHealthyPercentage());
    }

    private static CapacityReservationSpecification capacityReservations(AutoScalingGroup group) {
        var given = group.capacityReservationSpecification();
        if (given == null) {
            return CapacityReservationSpecification.UNSET;
        }
        var target = given.capacityReservationTarget();
        return new CapacityReservationSpecification(
                CapacityReservationPreference.parse(Pages.text(given.capacityReservationPreferenceAsString())),
                target == null ? List.of() : target.capacityReservationIds(),
                target == null ? List.of() : target.capacityReservationResourceGroupArns());
    }

    private static Duration seconds(@Nullable Integer value) {
        return Duration.ofSeconds(Math.max(0, Pages.number(value)));
    }

    private static List<String> texts(@Nullable String commaSeparated) {
        return Arrays.stream(Pages.text(commaSeparated).split(",", -1))
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
