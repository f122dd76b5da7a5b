package io.jenkins.plugins.amirefresh.faultruns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.faults.ConnectionDropped;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.truth.Truth;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Something that others do to a group.
 *
 * @param after from the start of the world; null: before a call of ours
 * @param beforeCall before this mutating call of ours, counted from 1; 0: at its moment
 * @param amount by how much, where it is about sizes
 * @param pick chooses among instances or processes
 */
record Move(Kind kind, String group, Duration after, int beforeCall, int amount, int pick) {

    /** What others do. */
    enum Kind {
        /** An autoscaler sets the desired capacity, by a difference. */
        SCALE("autoscaler"),
        /** A colleague sets the maximum, by a difference. */
        SET_MAX("colleague"),
        /** A colleague sets the minimum, by a difference. */
        SET_MIN("colleague"),
        /** A colleague suspends a process. */
        SUSPEND("colleague"),
        /** A colleague resumes a process. */
        RESUME("colleague"),
        /** An instance is lost, as Spot instances are. */
        LOSE("ec2"),
        /** A colleague has an instance replaced. */
        TERMINATE("colleague"),
        /** A colleague takes an instance out for good. */
        TAKE_OUT("colleague"),
        /** A colleague puts an instance into standby. */
        ENTER_STANDBY("colleague"),
        /** A colleague takes an instance out of standby. */
        EXIT_STANDBY("colleague"),
        /** A colleague protects an instance from scale-in. */
        PROTECT("colleague"),
        /** A colleague takes an instance's protection away. */
        UNPROTECT("colleague"),
        /** A colleague starts an instance refresh to the version that the group names. */
        START_REFRESH("colleague"),
        /** A tool that knows only its own tags removes the others. */
        REMOVE_TAGS("terraform"),
        /** A colleague deletes the group and all that is in it. */
        DELETE("colleague"),
        /** A colleague gives the group a warm pool; only before anybody looks. */
        PUT_WARM_POOL("colleague"),
        /** The group's targets get their share of requests little by little; only before anybody looks. */
        SLOW_START("colleague"),
        /** A schedule will send the group to 0; only before anybody looks. */
        SCHEDULE_ZERO("colleague"),
        /** A schedule will bring it back; only before anybody looks. */
        SCHEDULE_BACK("colleague"),
        /** A clean-up deregisters the image that the group ran at first. */
        DEREGISTER_OLD("image-cleaner"),
        /** A clean-up deregisters the image that the group is brought to. */
        DEREGISTER_NEW("image-cleaner"),
        /** A clean-up deletes the version that the group was on at first. */
        DELETE_VERSION("image-cleaner"),
        /** A colleague deletes the group's launch template. */
        DELETE_TEMPLATE("colleague"),
        /** A colleague moves the default of the group's template. */
        MOVE_DEFAULT("terraform"),
        /** A colleague makes another version of the group's template, of the old image. */
        NEW_VERSION("colleague");

        /** Those that take away what would be launched. */
        static final List<Kind> VANISHING = List.of(DEREGISTER_OLD, DEREGISTER_NEW, DELETE_VERSION, DELETE_TEMPLATE);

        /** Those that move a default, or what is the latest. */
        static final List<Kind> DEFAULTS = List.of(MOVE_DEFAULT, MOVE_DEFAULT, NEW_VERSION);

        /** Those that may happen at any time. */
        static List<Kind> anyTime() {
            return List.copyOf(EnumSet.range(SCALE, DELETE));
        }

        private final String who;

        Kind(String who) {
            this.who = who;
        }
    }

    private static final List<String> PROCESSES =
            List.of("AZRebalance", "Launch", "Terminate", "AlarmNotification", "ReplaceUnhealthy", "HealthCheck");

    /** What it came to, empty when there was nothing to do it to. */
    Optional<String> make(Simulator simulator, Truth truth) {
        Truth.Group target = truth.groups().get(group);
        if (target == null) {
            return Optional.empty();
        }
        Caller caller = caller(target.place());
        return new Wider(this, truth, target, service -> call(simulator, service, caller))
                .request()
                .or(() -> request(target))
                .map(request -> kind + " " + send(simulator, request, caller));
    }

    private Caller caller(String place) {
        String[] parts = place.split("/", -1);
        return new Caller(parts[0], parts[1], "arn:aws:iam::" + parts[0] + ":user/" + kind.who, kind.who);
    }

    private static ObjectNode call(Simulator simulator, Request request, Caller caller) {
        return simulator.call(request.service(), request.operation(), request.input(), caller);
    }

    /** The process it is about, where it is about one. */
    String process() {
        return PROCESSES.get(Math.floorMod(pick, PROCESSES.size()));
    }

    /** A call of theirs. */
    record Request(String service, String operation, ObjectNode input) {}

    private Optional<Request> request(Truth.Group target) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        return switch (kind) {
            case SCALE -> scale(target, input);
            case SET_MAX -> update(input.put("MaxSize", Math.max(target.min(), target.max() + amount)));
            case SET_MIN -> update(input.put("MinSize", Math.max(0, Math.min(target.max(), target.min() + amount))));
            case SUSPEND -> processes("SuspendProcesses", input);
            case RESUME -> processes("ResumeProcesses", input);
            case LOSE -> lose(target, input);
            case TERMINATE -> terminate(target, input, false);
            case TAKE_OUT -> terminate(target, input, true);
            case ENTER_STANDBY -> standby(target, input);
            case EXIT_STANDBY ->
                instances(target, "ExitStandby", input, instance -> instance.state()
                        .equals("Standby"));
            case PROTECT -> protect(target, input, true);
            case UNPROTECT -> protect(target, input, false);
            case START_REFRESH -> request("StartInstanceRefresh", input);
            case REMOVE_TAGS -> removeTags(target, input);
            case DELETE -> request("DeleteAutoScalingGroup", input.put("ForceDelete", true));
            case PUT_WARM_POOL -> warmPool(target, input);
            case SLOW_START,
                    SCHEDULE_ZERO,
                    SCHEDULE_BACK,
                    DEREGISTER_OLD,
                    DEREGISTER_NEW,
                    DELETE_VERSION,
                    DELETE_TEMPLATE,
                    MOVE_DEFAULT,
                    NEW_VERSION -> Optional.empty();
        };
    }

    private Optional<Request> request(String operation, ObjectNode input) {
        return Optional.of(new Request("autoscaling", operation, input.put("AutoScalingGroupName", group)));
    }

    private Optional<Request> update(ObjectNode input) {
        return request("UpdateAutoScalingGroup", input);
    }

    private Optional<Request> scale(Truth.Group target, ObjectNode input) {
        int wanted = Math.max(target.min(), Math.min(target.max(), target.desired() + amount));
        return wanted == target.desired()
                ? Optional.empty()
                : request("SetDesiredCapacity", input.put("DesiredCapacity", wanted));
    }

    private Optional<Request> processes(String operation, ObjectNode input) {
        input.putArray("ScalingProcesses").add(process());
        return request(operation, input);
    }

    private Optional<String> pick(Truth.Group target, Predicate<Truth.Instance> among) {
        List<String> ids = target.instances().stream()
                .filter(among)
                .map(Truth.Instance::id)
                .sorted()
                .toList();
        return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(Math.floorMod(pick, ids.size())));
    }

    private Optional<Request> lose(Truth.Group target, ObjectNode input) {
        return pick(target, instance -> !instance.isLeaving()).map(id -> {
            input.putArray("InstanceIds").add(id);
            return new Request("ec2", "TerminateInstances", input);
        });
    }

    private Optional<Request> terminate(Truth.Group target, ObjectNode input, boolean decrements) {
        return pick(target, instance -> !instance.isLeaving())
                .map(id -> new Request(
                        "autoscaling",
                        "TerminateInstanceInAutoScalingGroup",
                        input.put("InstanceId", id).put("ShouldDecrementDesiredCapacity", decrements)));
    }

    private Optional<Request> standby(Truth.Group target, ObjectNode input) {
        input.put("ShouldDecrementDesiredCapacity", amount % 2 == 0 && target.desired() > target.min());
        return instances(
                target, "EnterStandby", input, instance -> instance.state().equals("InService"));
    }

    private Optional<Request> protect(Truth.Group target, ObjectNode input, boolean isProtected) {
        input.put("ProtectedFromScaleIn", isProtected);
        return instances(
                target,
                "SetInstanceProtection",
                input,
                instance -> instance.state().equals("InService") && instance.isProtected() != isProtected);
    }

    private Optional<Request> instances(
            Truth.Group target, String operation, ObjectNode input, Predicate<Truth.Instance> among) {
        return pick(target, among).flatMap(id -> {
            input.putArray("InstanceIds").add(id);
            return request(operation, input);
        });
    }

    private Optional<Request> warmPool(Truth.Group target, ObjectNode input) {
        input.put("PoolState", pick % 2 == 0 ? "Stopped" : "Running")
                .put("MinSize", amount)
                .put("MaxGroupPreparedCapacity", target.desired() + amount);
        return request("PutWarmPool", input);
    }

    private Optional<Request> removeTags(Truth.Group target, ObjectNode input) {
        var tags = input.putArray("Tags");
        target.tags().keySet().stream()
                .filter(key -> key.startsWith("ami-refresh:"))
                .forEach(key -> tags.addObject()
                        .put("ResourceId", group)
                        .put("ResourceType", "auto-scaling-group")
                        .put("Key", key));
        return tags.isEmpty() ? Optional.empty() : Optional.of(new Request("autoscaling", "DeleteTags", input));
    }

    private static String send(Simulator simulator, Request request, Caller caller) {
        try {
            call(simulator, request, caller);
            return "done: " + request.input();
        } catch (AwsError refusal) {
            return "refused: " + refusal.code() + ": " + refusal.getMessage();
        } catch (ConnectionDropped broken) {
            // A declared fault cut the connection; whether it took effect is seen by who looks.
            return "no answer: " + broken.getMessage();
        }
    }
}
