package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.ScalingProcess;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Convergence;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Cron;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Scheduled actions. Source: EC2 Auto Scaling API Reference, "PutScheduledUpdateGroupAction". */
final class ScheduledOperations {

    private final Ground ground;
    private final Lookup lookup;
    private final Convergence convergence;
    private final GroupOperations groups;
    private final Map<Group, Map<String, ObjectNode>> actions = new HashMap<>();

    ScheduledOperations(Ground ground, Lookup lookup, Convergence convergence, GroupOperations groups) {
        this.ground = ground;
        this.lookup = lookup;
        this.convergence = convergence;
        this.groups = groups;
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("PutScheduledUpdateGroupAction", this::put);
        operations.put("BatchPutScheduledUpdateGroupAction", this::putAll);
        operations.put("DeleteScheduledAction", this::delete);
        operations.put("BatchDeleteScheduledAction", this::deleteAll);
        operations.put("DescribeScheduledActions", this::describe);
    }

    private Map<String, ObjectNode> of(Group group) {
        return actions.computeIfAbsent(group, key -> new TreeMap<>());
    }

    private ObjectNode put(ServiceCall call) {
        put(lookup.group(call), call.input());
        return Fields.object();
    }

    private ObjectNode putAll(ServiceCall call) {
        Group group = lookup.group(call);
        ObjectNode answer = Fields.object();
        ArrayNode failed = answer.putArray("FailedScheduledUpdateGroupActions");
        for (JsonNode action : call.input().path("ScheduledUpdateGroupActions")) {
            try {
                put(group, action);
            } catch (AwsError refusal) {
                failed.addObject()
                        .put(
                                "ScheduledActionName",
                                action.path("ScheduledActionName").asText())
                        .put("ErrorCode", refusal.code())
                        .put("ErrorMessage", refusal.getMessage());
            }
        }
        return answer;
    }

    private void put(Group group, JsonNode given) {
        String name = Fields.required(given, "ScheduledActionName");
        ObjectNode action = given.deepCopy();
        action.remove("Time");
        action.put("AutoScalingGroupName", group.name());
        if (!given.has("MinSize") && !given.has("MaxSize") && !given.has("DesiredCapacity")) {
            throw Fields.invalid("At least one of MinSize, MaxSize or DesiredCapacity must be specified");
        }
        Optional<Instant> start = Fields.text(given, "StartTime")
                .or(() -> Fields.text(given, "Time"))
                .map(Instant::parse);
        Optional<Instant> first = given.has("Recurrence")
                ? cron(given).next(start.orElse(ground.now()).minusSeconds(1))
                : start;
        Instant moment = first.orElseThrow(() -> Fields.invalid("Either StartTime or Recurrence must be specified"));
        if (moment.isBefore(ground.now())) {
            throw Fields.invalid("Given start time is in the past");
        }
        action.put("StartTime", moment.toString());
        action.put(
                "ScheduledActionARN",
                group.at()
                        .arn(
                                "autoscaling",
                                "scheduledUpdateGroupAction:"
                                        + ground.world().ids().uuid() + ":autoScalingGroupName/" + group.name()
                                        + ":scheduledActionName/" + name));
        of(group).put(name, action);
        ground.world().events().append(group.at(), group.name(), "scheduled action " + name + " put");
        ground.world().time().at(moment, () -> run(group, name, action));
    }

    private static Cron cron(JsonNode given) {
        String zone = Fields.text(given, "TimeZone").orElse("UTC");
        try {
            return new Cron(Fields.required(given, "Recurrence"), ZoneId.of(zone));
        } catch (DateTimeException unknown) {
            throw Fields.invalid("Given time zone: " + zone + " is invalid");
        }
    }

    /** Suspended: skipped, and the next one is planned all the same. */
    private void run(Group group, String name, ObjectNode action) {
        boolean current = Optional.ofNullable(of(group).get(name))
                .filter(known -> known.path("ScheduledActionARN").equals(action.path("ScheduledActionARN")))
                .isPresent();
        if (!current
                || ground.groups()
                        .find(group.at(), group.name())
                        .filter(group::equals)
                        .isEmpty()) {
            return;
        }
        if (!group.isSuspended(ScalingProcess.SCHEDULED_ACTIONS)) {
            int min = Fields.number(action, "MinSize").orElse(group.min());
            int max = Fields.number(action, "MaxSize").orElse(group.max());
            int kept = Math.min(Math.max(group.desired(), min), max);
            int desired =
                    Math.min(Math.max(Fields.number(action, "DesiredCapacity").orElse(kept), min), Math.max(min, max));
            groups.resize(group, min, desired, Math.max(min, max), "scheduled action");
            ground.world().events().append(group.at(), group.name(), "scheduled action " + name + " ran");
            convergence.changed(group);
        }
        Optional<Instant> end = Fields.text(action, "EndTime").map(Instant::parse);
        Optional<Instant> next = action.has("Recurrence")
                ? cron(action).next(ground.now()).filter(moment -> end.filter(moment::isAfter)
                        .isEmpty())
                : Optional.empty();
        next.ifPresentOrElse(
                moment -> {
                    action.put("StartTime", moment.toString());
                    ground.world().time().at(moment, () -> run(group, name, action));
                },
                () -> of(group).remove(name));
    }

    private ObjectNode delete(ServiceCall call) {
        Group group = lookup.group(call);
        String name = Fields.required(call.input(), "ScheduledActionName");
        if (of(group).remove(name) == null) {
            throw Fields.invalid("Scheduled action name not found");
        }
        ground.world().events().append(group.at(), group.name(), "scheduled action " + name + " deleted");
        return Fields.object();
    }

    private ObjectNode deleteAll(ServiceCall call) {
        Group group = lookup.group(call);
        ObjectNode answer = Fields.object();
        ArrayNode failed = answer.putArray("FailedScheduledActions");
        for (String name : Fields.list(call.input(), "ScheduledActionNames")) {
            if (of(group).remove(name) == null) {
                failed.addObject()
                        .put("ScheduledActionName", name)
                        .put("ErrorCode", "ValidationError")
                        .put("ErrorMessage", "Scheduled action name not found");
            }
        }
        return answer;
    }

    private ObjectNode describe(ServiceCall call) {
        List<Group> described = call.input().has("AutoScalingGroupName")
                ? List.of(lookup.group(call))
                : ground.groups().in(call.caller().at());
        List<String> names = Fields.list(call.input(), "ScheduledActionNames");
        ObjectNode answer = Fields.object();
        ArrayNode rows = answer.putArray("ScheduledUpdateGroupActions");
        for (Group group : described) {
            of(group).forEach((name, action) -> {
                if (names.isEmpty() || names.contains(name)) {
                    rows.add(action.deepCopy()
                            .put("Time", action.path("StartTime").asText()));
                }
            });
        }
        return answer;
    }
}
