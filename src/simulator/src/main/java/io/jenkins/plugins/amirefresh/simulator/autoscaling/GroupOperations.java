package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Causes;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.GroupTag;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleHook;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.ScalingProcess;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.refresh.RefreshEngine;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Convergence;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Placement;
import io.jenkins.plugins.amirefresh.simulator.elb.ClassicBalancer;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes, changes, resizes and deletes groups. Source: EC2 Auto Scaling API Reference. */
final class GroupOperations {

    private final Ground ground;
    private final Lookup lookup;
    private final Convergence convergence;
    private final RefreshEngine refreshes;
    private final GroupRequest request;
    private final Map<AccountRegion, Integer> quotas = new HashMap<>();

    GroupOperations(Ground ground, Lookup lookup, Convergence convergence, RefreshEngine refreshes) {
        this.ground = ground;
        this.lookup = lookup;
        this.convergence = convergence;
        this.refreshes = refreshes;
        this.request = new GroupRequest(ground.fleet());
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("CreateAutoScalingGroup", this::create);
        operations.put("UpdateAutoScalingGroup", this::update);
        operations.put("DeleteAutoScalingGroup", this::delete);
        operations.put("SetDesiredCapacity", this::setDesired);
        operations.put("SuspendProcesses", this::suspend);
        operations.put("ResumeProcesses", this::resume);
    }

    /** Lets a place have so many groups; 0: any. */
    void limit(AccountRegion at, int groups) {
        quotas.put(at, groups);
    }

    /** Source: EC2 Auto Scaling API Reference, "CreateAutoScalingGroup", LimitExceeded; its text is not published. */
    private void refuseOverQuota(AccountRegion at) {
        int quota = quotas.getOrDefault(at, 0);
        if (quota > 0 && ground.groups().in(at).size() >= quota) {
            throw AwsError.client(
                    "LimitExceeded", "You have reached the limit of " + quota + " Auto Scaling groups in this Region.");
        }
    }

    private ObjectNode create(ServiceCall call) {
        refuseOverQuota(call.caller().at());
        Group group = make(call.caller().at(), call.input());
        group.pace().desiredChanged(Causes.created(ground.now(), group.desired()));
        convergence.changed(group);
        return Fields.object();
    }

    /** A new group without members, not yet looked at. */
    Group make(AccountRegion at, ObjectNode input) {
        String name = Fields.required(input, "AutoScalingGroupName");
        if (ground.groups().find(at, name).isPresent()) {
            throw AwsError.client(
                    "AlreadyExists",
                    "AutoScalingGroup by this name already exists - A group with the name " + name + " already exists");
        }
        int min = Fields.number(input, "MinSize").orElse(0);
        int max = Fields.number(input, "MaxSize").orElse(0);
        int desired = Fields.number(input, "DesiredCapacity").orElse(min);
        GroupRequest.checkSizes(min, desired, max);
        ObjectNode settings = Fields.object();
        settings.put("DefaultCooldown", 300).put("HealthCheckType", "EC2").put("HealthCheckGracePeriod", 0);
        settings.put("NewInstancesProtectedFromScaleIn", false);
        settings.putArray("TerminationPolicies").add("Default");
        settings.put(
                "ServiceLinkedRoleARN",
                "arn:aws:iam::" + at.accountId()
                        + ":role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling");
        request.apply(at, input, settings);
        if (Placement.template(settings).isEmpty()) {
            throw Fields.invalid("Valid requests must contain either LaunchTemplate, LaunchConfigurationName,"
                    + " InstanceId or MixedInstancesPolicy parameter.");
        }
        List<String> zones = request.zones(at, input);
        if (zones.isEmpty()) {
            throw Fields.invalid("At least one Availability Zone or VPC Subnet is required.");
        }
        String id = ground.world().ids().uuid();
        String arn = at.arn("autoscaling", "autoScalingGroup:" + id + ":autoScalingGroupName/" + name);
        Group group = new Group(at, name, arn, ground.now(), settings);
        group.resize(min, desired, max);
        group.setZones(zones);
        furnish(group, input);
        ground.groups().add(group);
        ground.world()
                .events()
                .append(at, name, "group created, min %d, desired %d, max %d".formatted(min, desired, max));
        return group;
    }

    private void furnish(Group group, ObjectNode input) {
        for (String arn : Fields.list(input, "TargetGroupARNs")) {
            if (!ground.targets().exists(group.at(), arn)) {
                throw Fields.invalid(
                        "Provided Target Groups may not be valid. Please ensure they exist and try again.");
            }
            group.balancers().put(arn, "InService");
        }
        for (String name : Fields.list(input, "LoadBalancerNames")) {
            if (!ground.targets().exists(group.at(), ClassicBalancer.key(name))) {
                throw Fields.invalid(
                        "Provided Load Balancers may not be valid. Please ensure they exist and try again.");
            }
            group.balancers().put(ClassicBalancer.key(name), "InService");
        }
        for (JsonNode tag : input.path("Tags")) {
            String key = tag.path("Key").asText();
            boolean propagates = tag.path("PropagateAtLaunch").asBoolean(false);
            group.tags().put(key, new GroupTag(key, tag.path("Value").asText(""), propagates));
        }
        for (JsonNode hook : input.path("LifecycleHookSpecificationList")) {
            ObjectNode given = hook.deepCopy();
            String name = given.remove("LifecycleHookName").asText();
            group.hooks().put(name, new LifecycleHook(name, given));
        }
    }

    private ObjectNode update(ServiceCall call) {
        Group group = lookup.group(call);
        ObjectNode input = call.input();
        boolean reconfigures = input.has("LaunchTemplate")
                || input.has("MixedInstancesPolicy")
                || input.has("LaunchConfigurationName");
        if (reconfigures && refreshes.isReconfiguring(group)) {
            throw Fields.invalid("An active instance refresh with a desired configuration exists. All configuration"
                    + " options derived from the desired configuration are not available for update while the"
                    + " instance refresh is active.");
        }
        int min = Fields.number(input, "MinSize").orElse(group.min());
        int max = Fields.number(input, "MaxSize").orElse(group.max());
        int kept = Math.min(Math.max(group.desired(), min), Math.max(min, max));
        int desired = Fields.number(input, "DesiredCapacity").orElse(kept);
        GroupRequest.checkSizes(min, desired, max);
        List<String> zones = request.zones(group.at(), input);
        boolean checked = group.checksLoadBalancers();
        request.apply(group.at(), input, group.settings());
        if (!zones.isEmpty()) {
            group.setZones(zones);
        }
        if (reconfigures) {
            group.pace().launchWorked();
        }
        if (group.checksLoadBalancers() != checked) {
            convergence.health().checkAll(group);
        }
        resize(group, min, desired, max, "user request");
        ground.world().events().append(group.at(), group.name(), "group updated: " + changed(input));
        convergence.changed(group);
        return Fields.object();
    }

    private static String changed(ObjectNode input) {
        ObjectNode said = input.deepCopy();
        said.remove("AutoScalingGroupName");
        return said.toString();
    }

    /** New sizes by UpdateAutoScalingGroup or a scheduled action. */
    void resize(Group group, int min, int desired, int max, String who) {
        if (desired != group.desired()) {
            group.pace().desiredChanged(Causes.updated(ground.now(), who, min, max, group.desired(), desired));
        }
        group.resize(min, desired, max);
    }

    private ObjectNode delete(ServiceCall call) {
        Group group = lookup.group(call);
        boolean force = Fields.flag(call.input(), "ForceDelete").orElse(false);
        if (!force && !group.members().isEmpty()) {
            throw AwsError.client(
                    "ResourceInUse",
                    "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance"
                            + " request(s) still in the group.");
        }
        if (!force && group.activities().isInProgress()) {
            throw AwsError.client(
                    "ScalingActivityInProgress",
                    "You cannot delete an AutoScalingGroup while there are scaling activities in progress for that"
                            + " group.");
        }
        group.startDeleting();
        refreshes.forget(group);
        ground.world().events().append(group.at(), group.name(), "group deletion began");
        for (Member member : group.membersNow()) {
            convergence
                    .lifecycle()
                    .terminate(group, member, Causes.takenOut(ground.now(), "a user request deleting the group"));
        }
        group.warmPool().ifPresent(pool -> {
            pool.startDeleting();
            pool.membersNow().forEach(member -> convergence.lifecycle().terminate(group, member, ""));
        });
        convergence.endDeletion(group);
        return Fields.object();
    }

    private ObjectNode setDesired(ServiceCall call) {
        Group group = lookup.group(call);
        int desired = Fields.number(call.input(), "DesiredCapacity").orElse(group.desired());
        if (desired > group.max()) {
            throw Fields.invalid("New SetDesiredCapacity value %d is above max value %d for the AutoScalingGroup."
                    .formatted(desired, group.max()));
        }
        if (desired < group.min()) {
            throw Fields.invalid("New SetDesiredCapacity value %d is below min value %d for the AutoScalingGroup."
                    .formatted(desired, group.min()));
        }
        boolean honors = Fields.flag(call.input(), "HonorCooldown").orElse(false);
        if (honors && ground.now().isBefore(group.pace().cooldownUntil())) {
            throw AwsError.client(
                    "ScalingActivityInProgress",
                    "Scaling activity is in progress or in cooldown and blocks this action.");
        }
        if (desired != group.desired()) {
            group.pace().desiredChanged(Causes.setExplicitly(ground.now(), group.desired(), desired));
            ground.world()
                    .events()
                    .append(group.at(), group.name(), "desired capacity " + group.desired() + " -> " + desired);
            group.resize(group.min(), desired, group.max());
            convergence.changed(group);
        }
        return Fields.object();
    }

    private ObjectNode suspend(ServiceCall call) {
        Group group = lookup.group(call);
        String reason = "User suspended at " + ground.now().truncatedTo(ChronoUnit.SECONDS);
        // Whether the reason of what is suspended already is written anew is said nowhere.
        processes(call).forEach(name -> group.suspended().put(name, reason));
        ground.world().events().append(group.at(), group.name(), "suspended " + processes(call));
        convergence.changed(group);
        return Fields.object();
    }

    /** What had to wait happens now. */
    private ObjectNode resume(ServiceCall call) {
        Group group = lookup.group(call);
        boolean checksAgain = processes(call).contains(ScalingProcess.HEALTH_CHECK.text())
                && group.isSuspended(ScalingProcess.HEALTH_CHECK);
        processes(call).forEach(group.suspended()::remove);
        ground.world().events().append(group.at(), group.name(), "resumed " + processes(call));
        if (checksAgain) {
            convergence.health().checkAll(group);
        }
        convergence.changed(group);
        return Fields.object();
    }

    /** All processes when the call names none. */
    private static List<String> processes(ServiceCall call) {
        List<String> named = Fields.list(call.input(), "ScalingProcesses");
        for (String name : named) {
            if (!ScalingProcess.names().contains(name)) {
                throw Fields.invalid(name + " is not a valid scaling process");
            }
        }
        return named.isEmpty() ? ScalingProcess.names() : named;
    }
}
