package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Activity;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Causes;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleState;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Machine;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.ScalingProcess;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Convergence;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Excursions;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Acts on single instances of groups. Source: EC2 Auto Scaling API Reference. */
final class InstanceOperations {

    private static final int FEW = 20;
    private static final int MORE = 50;
    private static final int MANY = 100;

    private final Ground ground;
    private final Lookup lookup;
    private final Convergence convergence;
    private final Excursions excursions;
    private final Map<String, ObjectNode> launchesByToken = new HashMap<>();

    InstanceOperations(Ground ground, Lookup lookup, Convergence convergence) {
        this.ground = ground;
        this.lookup = lookup;
        this.convergence = convergence;
        this.excursions = new Excursions(ground, convergence);
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("TerminateInstanceInAutoScalingGroup", this::terminate);
        operations.put("SetInstanceProtection", this::protect);
        operations.put("SetInstanceHealth", this::setHealth);
        operations.put("EnterStandby", this::enterStandby);
        operations.put("ExitStandby", this::exitStandby);
        operations.put("AttachInstances", this::attach);
        operations.put("DetachInstances", this::detach);
        operations.put("LaunchInstances", this::launch);
    }

    private ObjectNode terminate(ServiceCall call) {
        Optional<String> single = Fields.text(call.input(), "InstanceId");
        boolean decrements =
                Fields.flag(call.input(), "ShouldDecrementDesiredCapacity").orElse(false);
        Group group = single.isPresent() ? lookup.groupOfInstance(call, single.get()) : lookup.group(call);
        List<Member> members =
                single.isPresent() ? List.of(Lookup.member(group, single.get())) : Lookup.members(group, call, MANY);
        if (decrements && group.desired() - members.size() < group.min()) {
            throw Fields.invalid("Currently, desiredSize equals minSize (" + group.min() + "). Terminating instance"
                    + " without replacement will violate group's min size constraint. Either set"
                    + " shouldDecrementDesiredCapacity flag to false or lower group's min size.");
        }
        List<Activity> activities = new ArrayList<>();
        for (Member member : members) {
            activities.add(terminate(group, member, decrements));
        }
        ObjectNode answer = Fields.object();
        if (single.isPresent()) {
            answer.set("Activity", Views.activity(group, activities.get(0)));
        } else {
            answer.set("Activities", views(group, activities));
        }
        return answer;
    }

    private Activity terminate(Group group, Member member, boolean decrements) {
        int from = group.desired();
        int to = decrements ? from - 1 : from;
        String cause = Causes.byUser(ground.now(), member.id(), "taken out of service", from, to);
        group.resize(group.min(), to, group.max());
        convergence.lifecycle().terminate(group, member, cause);
        return member.activity()
                .orElseThrow(() -> Fields.invalid("The instance " + member.id() + " is not in a correct state."));
    }

    private static ArrayNode views(Group group, List<Activity> activities) {
        ArrayNode rows = Fields.object().putArray("Activities");
        activities.forEach(activity -> rows.add(Views.activity(group, activity)));
        return rows;
    }

    private ObjectNode protect(ServiceCall call) {
        Group group = lookup.group(call);
        boolean now = Fields.flag(call.input(), "ProtectedFromScaleIn").orElse(false);
        for (Member member : Lookup.members(group, call, MORE)) {
            if (member.state() != LifecycleState.IN_SERVICE
                    && !member.state().isPending()
                    && member.state() != LifecycleState.STANDBY) {
                throw Fields.invalid(
                        "The instance " + member.id() + " is not in InService or EnteringStandby or" + " Standby.");
            }
            member.setProtectedFromScaleIn(now);
            ground.world().events().append(group.at(), member.id(), "protected from scale-in: " + now);
        }
        convergence.changed(group);
        return Fields.object();
    }

    private ObjectNode setHealth(ServiceCall call) {
        String id = Fields.required(call.input(), "InstanceId");
        Group group = lookup.groupOfInstance(call, id);
        Member member = Lookup.member(group, id);
        String status = Fields.required(call.input(), "HealthStatus");
        boolean respects = Fields.flag(call.input(), "ShouldRespectGracePeriod").orElse(true);
        if (!status.equals("Healthy") && !status.equals("Unhealthy")) {
            throw Fields.invalid("Valid instance health states are: [Healthy, Unhealthy]");
        }
        if (status.equals("Healthy")) {
            member.recover();
            convergence.changed(group);
        } else if (!respects || !convergence.health().isInGrace(group, member)) {
            convergence.health().sicken(group, member, "a user health-check");
        }
        return Fields.object();
    }

    private ObjectNode enterStandby(ServiceCall call) {
        Group group = lookup.group(call);
        List<Member> members = Lookup.members(group, call, FEW);
        boolean decrements =
                Fields.flag(call.input(), "ShouldDecrementDesiredCapacity").orElse(false);
        requireInService(members);
        requireRoom(group, decrements, members.size(), "place into standby");
        List<Activity> activities = new ArrayList<>();
        for (Member member : members) {
            int from = group.desired();
            int to = decrements ? from - 1 : from;
            group.resize(group.min(), to, group.max());
            activities.add(excursions.enterStandby(group, member, from, to));
        }
        return Fields.object().set("Activities", views(group, activities));
    }

    private static void requireInService(List<Member> members) {
        for (Member member : members) {
            if (member.state() != LifecycleState.IN_SERVICE) {
                throw Fields.invalid("The instance " + member.id() + " is not in InService.");
            }
        }
    }

    private static void requireRoom(Group group, boolean decrements, int count, String what) {
        if (decrements && group.desired() - count < group.min()) {
            throw sizes(group, "To " + what + " " + count + " instance");
        }
    }

    private static AwsError sizes(Group group, String to) {
        return Fields.invalid(("AutoScalingGroup %s has min-size=%d, max-size=%d, and desired-size=%d. %s, please"
                        + " update the AutoScalingGroup sizes appropriately.")
                .formatted(group.name(), group.min(), group.max(), group.desired(), to));
    }

    private ObjectNode exitStandby(ServiceCall call) {
        Group group = lookup.group(call);
        List<Member> members = Lookup.members(group, call, FEW);
        for (Member member : members) {
            if (member.state() != LifecycleState.STANDBY) {
                throw Fields.invalid("The instance " + member.id() + " is not in Standby.");
            }
        }
        requireLaunch(group);
        if (group.desired() + members.size() > group.max()) {
            throw sizes(group, "To move " + members.size() + " instance out of standby");
        }
        List<Activity> activities = new ArrayList<>();
        for (Member member : members) {
            int from = group.desired();
            group.resize(group.min(), from + 1, group.max());
            activities.add(excursions.exitStandby(group, member, from, from + 1));
        }
        return Fields.object().set("Activities", views(group, activities));
    }

    private static void requireLaunch(Group group) {
        if (group.isSuspended(ScalingProcess.LAUNCH)) {
            throw Fields.invalid("The Launch process of Auto Scaling group " + group.name() + " is suspended.");
        }
    }

    private ObjectNode attach(ServiceCall call) {
        Group group = lookup.group(call);
        List<String> ids = Fields.list(call.input(), "InstanceIds");
        requireLaunch(group);
        List<Machine> machines = new ArrayList<>();
        for (String id : ids) {
            if (ground.groups().ofInstance(group.at(), id).isPresent()) {
                throw Fields.invalid("Instance " + id + " is already part of an Auto Scaling group.");
            }
            machines.add(ground.fleet()
                    .running(group.at(), id)
                    .orElseThrow(() -> Fields.invalid("Invalid Instance ID(s): [" + id + "] specified")));
        }
        if (ids.size() > FEW || group.desired() + ids.size() > group.max()) {
            throw sizes(group, "To attach " + ids.size() + " more instance");
        }
        for (Machine machine : machines) {
            if (!group.zones().contains(machine.zone())) {
                throw Fields.invalid(
                        "The instance " + machine.instanceId() + " is not in an Availability Zone of the" + " group.");
            }
            int from = group.desired();
            group.resize(group.min(), from + 1, group.max());
            excursions.attach(group, machine, from, from + 1);
        }
        return Fields.object();
    }

    private ObjectNode detach(ServiceCall call) {
        Group group = lookup.group(call);
        List<Member> members = Lookup.members(group, call, FEW);
        boolean decrements =
                Fields.flag(call.input(), "ShouldDecrementDesiredCapacity").orElse(false);
        requireRoom(group, decrements, members.size(), "detach");
        List<Activity> activities = new ArrayList<>();
        for (Member member : members) {
            if (member.state() != LifecycleState.IN_SERVICE && member.state() != LifecycleState.STANDBY) {
                throw Fields.invalid("The instance " + member.id() + " is not in InService or Standby.");
            }
            int from = group.desired();
            boolean shrinks = decrements && member.state() == LifecycleState.IN_SERVICE;
            group.resize(group.min(), shrinks ? from - 1 : from, group.max());
            activities.add(excursions.detach(group, member, from, group.desired()));
        }
        return Fields.object().set("Activities", views(group, activities));
    }

    /**
     * Launches at once and answers with the ids, or with EC2's refusal. The desired capacity grows with what is launched.
     * Source: EC2 Auto Scaling API Reference, "LaunchInstances".
     */
    private ObjectNode launch(ServiceCall call) {
        Group group = lookup.group(call);
        String token = group.at() + group.name() + Fields.required(call.input(), "ClientToken");
        ObjectNode known = launchesByToken.get(token);
        if (known != null) {
            return known.deepCopy();
        }
        requireLaunch(group);
        int count = Fields.number(call.input(), "RequestedCapacity").orElse(1);
        if (group.desired() + count > group.max()) {
            throw sizes(group, "To launch " + count + " more instance");
        }
        String zone = zone(group, call.input());
        group.resize(group.min(), group.desired() + count, group.max());
        List<Member> launched = new ArrayList<>();
        Optional<AwsError> refusal = convergence.launchNow(group, count, zone, launched);
        boolean retries = Fields.text(call.input(), "RetryStrategy")
                .filter("retry-with-group-configuration"::equals)
                .isPresent();
        if (!retries) {
            group.resize(group.min(), group.desired() - (count - launched.size()), group.max());
        }
        convergence.changed(group);
        ObjectNode answer = launchAnswer(call, group, launched, refusal);
        launchesByToken.put(token, answer.deepCopy());
        return answer;
    }

    private String zone(Group group, ObjectNode input) {
        List<String> zones = Fields.list(input, "AvailabilityZones");
        for (String subnet : Fields.list(input, "SubnetIds")) {
            ground.fleet().zoneOf(group.at(), subnet).ifPresent(zones::add);
        }
        return zones.isEmpty() ? "" : zones.get(0);
    }

    private static ObjectNode launchAnswer(
            ServiceCall call, Group group, List<Member> launched, Optional<AwsError> refusal) {
        ObjectNode answer = Fields.object();
        answer.put("AutoScalingGroupName", group.name());
        answer.put("ClientToken", Fields.required(call.input(), "ClientToken"));
        ArrayNode instances = answer.putArray("Instances");
        for (Member member : launched) {
            ObjectNode row = instances.addObject();
            row.put("InstanceType", member.machine().instanceType());
            row.put("MarketType", member.machine().spot() ? "spot" : "on-demand");
            row.put("SubnetId", member.machine().subnetId());
            row.put("AvailabilityZone", member.machine().zone());
            row.putArray("InstanceIds").add(member.id());
        }
        ArrayNode errors = answer.putArray("Errors");
        refusal.ifPresent(
                error -> errors.addObject().put("ErrorCode", error.code()).put("ErrorMessage", error.getMessage()));
        return answer;
    }
}
