package io.jenkins.plugins.amirefresh.powercycle;

import io.jenkins.plugins.amirefresh.powercycle.PowerTarget.Condition;
import io.jenkins.plugins.amirefresh.powercycle.PowerTarget.Kind;
import java.time.Instant;
import java.util.Optional;

/** Decides what is to become of a resource by its schedule. One that is wrong spoils nobody else. */
public final class PowerDecider {

    private final PowerRules rules;
    private final Schedules schedules;
    private final GroupPower groups;

    /** @param schedules those of one moment */
    public PowerDecider(PowerRules rules, Schedules schedules) {
        this.rules = rules;
        this.schedules = schedules;
        this.groups = new GroupPower(rules, schedules.now());
    }

    /** The decision; empty when the resource has no schedule. */
    public Optional<PowerDecision> decide(PowerTarget target) {
        return target.tag(rules.scheduleTags()).map(value -> decide(target, value));
    }

    private PowerDecision decide(PowerTarget target, String value) {
        if (!target.memberOf().isEmpty()) {
            return PowerDecision.none(
                    PowerOutcome.SKIPPED, "is left to its Auto Scaling group " + target.memberOf());
        }
        Optional<String> exclusion = rules.exclusion(target);
        if (exclusion.isPresent()) {
            return PowerDecision.none(PowerOutcome.EXCLUDED, exclusion.get());
        }
        try {
            PowerSchedule schedule = schedules.of(value);
            Wanted wanted = schedules.wanted(value);
            PowerDecision decision = target.kind() == Kind.GROUP
                    ? groups.decide(target, schedule, wanted)
                    : instance(target, schedule, wanted);
            return decision.after(schedule.after());
        } catch (IllegalArgumentException e) {
            return PowerDecision.none(
                    PowerOutcome.REFUSED,
                    "Error processing JSON document: " + value + " on " + what(target) + " " + target.id() + ": "
                            + e.getMessage());
        }
    }

    private static String what(PowerTarget target) {
        return target.kind() == Kind.GROUP ? "ASG" : "instance";
    }

    private PowerDecision instance(PowerTarget target, PowerSchedule schedule, Wanted wanted) {
        boolean isUp = target.condition() == Condition.UP || target.condition() == Condition.RISING;
        if (wanted.awake()) {
            return awake(target, schedule, wanted, isUp);
        }
        if (!isUp) {
            return PowerDecision.none(PowerOutcome.UNCHANGED, "is " + wanted);
        }
        Instant startedAt = target.startedAt();
        boolean isByHand = startedAt != null && startedAt.isAfter(wanted.since());
        if (isByHand && !rules.enforces() && !schedule.enforces()) {
            return PowerDecision.none(
                    PowerOutcome.KEPT,
                    "was started by hand at " + startedAt + ", after its stop of " + wanted.since()
                            + ", and stays so until it is to stop next");
        }
        return PowerDecision.of(PowerMove.STOP, PowerOutcome.STOPPED, "is to be " + wanted)
                .hibernating(schedule.hibernates() && target.canHibernate());
    }

    private PowerDecision awake(PowerTarget target, PowerSchedule schedule, Wanted wanted, boolean isUp) {
        String type = schedule.sizeAt(schedules.now(), wanted.since())
                .map(due -> due.size().instanceType())
                .filter(wantedType -> !wantedType.equals(target.instanceType()))
                .orElse("");
        if (!isUp) {
            return PowerDecision.of(PowerMove.START, PowerOutcome.STARTED, "is to be " + wanted)
                    .as(type);
        }
        if (!type.isEmpty()) {
            return PowerDecision.of(
                            PowerMove.RESIZE,
                            PowerOutcome.RESIZED,
                            "is to be of type " + type + " instead of " + target.instanceType())
                    .as(type);
        }
        return PowerDecision.none(PowerOutcome.UNCHANGED, "is " + wanted);
    }
}
