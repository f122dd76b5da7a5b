package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.powercycle.PowerOutcome;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.powercycle.PowerItem.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One look at what is being started and stopped, and the calls that are due after it. */
final class PowerTick {

    // Source: EC2 API Reference, "Error codes": the instance is in a state that the call is not for.
    private static final String WRONG_STATE = "IncorrectInstanceState";

    private final StepHost host;
    private final Duration settleWithin;
    private final Instant now;
    private final PowerRecheck recheck;
    private final Map<String, PowerItem> items = new LinkedHashMap<>();

    PowerTick(StepHost host, PowerSettings settings, Collection<PowerItem> known) {
        this.host = host;
        this.settleWithin = settings.settleWithin();
        this.now = host.clock().instant();
        this.recheck = new PowerRecheck(settings.rules(host.settings(), now), now);
        known.forEach(item -> items.put(item.key(), item));
    }

    Collection<PowerItem> items() {
        return items.values();
    }

    /** Sees what has become of what was told to start or stop. */
    void look() {
        for (Map.Entry<Place, List<PowerItem>> place : byPlace(item -> !item.isEnded() && item.stage() != Stage.WAITING)
                .entrySet()) {
            try {
                PowerSight sight = PowerSight.read(host, place.getKey(), place.getValue());
                place.getValue().forEach(item -> put(sight.next(item, settleWithin, now)));
            } catch (CloudException e) {
                if (!e.isTransient()) {
                    place.getValue().forEach(item -> put(item.ended(PowerOutcome.FAILED, why(e), now)));
                }
            }
        }
        items.values().stream()
                .filter(item -> item.stage() == Stage.WAITING || isCalling(item))
                .filter(item -> item.stage() != Stage.FALLING_SHORT)
                .filter(item -> !now.isBefore(item.until()))
                .toList()
                .forEach(item -> put(item.ended(
                        PowerOutcome.SKIPPED,
                        "its schedule has changed its mind since; the next run looks again",
                        now)));
        release();
    }

    /** What has everything it needs gets its turn. */
    private void release() {
        boolean isSettled = false;
        while (!isSettled) {
            isSettled = true;
            for (PowerItem item : List.copyOf(items.values())) {
                if (item.stage() == Stage.WAITING) {
                    PowerItem next = released(item);
                    isSettled &= !next.isEnded();
                    put(next);
                }
            }
        }
    }

    private PowerItem released(PowerItem item) {
        for (String key : item.needs()) {
            PowerItem needed = items.get(key);
            if (needed == null || (needed.isEnded() && !needed.isDone())) {
                String whom = needed == null ? key.substring(PowerItem.PREFIX.length()) : needed.label();
                String what = needed == null ? "is not moved" : needed.outcome().text() + ": " + needed.reason();
                return item.ended(PowerOutcome.HELD, "waits for " + whom + " (" + what + ")", now);
            }
            if (!needed.isEnded()) {
                return item;
            }
        }
        return item.at(first(item), now);
    }

    private static Stage first(PowerItem item) {
        return switch (item.move()) {
            case STOP -> Stage.STOPPING;
            case RESIZE -> item.isGroup() ? Stage.STARTING : Stage.STOPPING;
            case START, NONE -> item.instanceType().isEmpty() ? Stage.STARTING : Stage.CHANGING;
        };
    }

    /** Makes the calls that are due; their intent is on the disk. */
    void act() {
        byPlace(item -> isCalling(item) && !item.isGroup())
                .forEach((place, due) -> instances(host.cloud(place.access(), place.region()), due));
        byPlace(item -> isCalling(item) && item.isGroup())
                .forEach((place, due) -> groups(host.cloud(place.access(), place.region()), due));
    }

    static boolean isCalling(PowerItem item) {
        return switch (item.stage()) {
            case STOPPING, CHANGING, STARTING, FALLING_SHORT -> true;
            case WAITING, GOING_DOWN, COMING_UP, ENDED -> false;
        };
    }

    private void instances(Cloud cloud, List<PowerItem> planned) {
        List<PowerItem> due = recheck.instances(cloud, planned);
        due.forEach(this::put);
        InstanceCalls calls = new InstanceCalls(cloud.instancePower());
        List<PowerItem> changing = at(due, Stage.CHANGING);
        changing.forEach(calls::changeType);
        for (PowerItem item : changing) {
            CloudException refusal = calls.refusals().get(item);
            if (refusal == null) {
                put(item.at(Stage.STARTING, now));
            } else {
                refusedType(item, refusal);
            }
        }
        List<PowerItem> toStart = at(due, Stage.STARTING);
        List<PowerItem> toStop = at(due, Stage.STOPPING);
        calls.start(toStart);
        calls.stop(toStop);
        told(toStart, calls.refusals(), Stage.COMING_UP);
        told(toStop, calls.refusals(), Stage.GOING_DOWN);
    }

    /** An instance that may not have another type starts with the one it had: it is not left off for that. */
    private void refusedType(PowerItem item, CloudException e) {
        if (!e.isTransient()) {
            put(item.asBefore()
                    .butEnding(PowerOutcome.FAILED, "starts with the type it had: " + why(e))
                    .at(Stage.STARTING, now));
        }
    }

    private void groups(Cloud cloud, List<PowerItem> due) {
        GroupTurns turns = new GroupTurns(host, cloud, now, due);
        List<PowerItem> ours = due.stream()
                .filter(item -> item.stage() != Stage.FALLING_SHORT)
                .filter(item -> turns.isOurs(item, settleWithin, this::put))
                .map(item -> recheck.group(item, turns.seen(item)))
                .toList();
        ours.forEach(this::put);
        GroupCalls calls = new GroupCalls(cloud.autoScalingGroups(), turns::seen);
        List<PowerItem> toStop = at(ours, Stage.STOPPING);
        List<PowerItem> toStart = at(ours, Stage.STARTING);
        calls.stop(toStop);
        calls.start(toStart);
        told(toStop, calls.refusals(), Stage.GOING_DOWN);
        told(toStart, calls.refusals(), Stage.COMING_UP);
        List<PowerItem> lacking = at(due, Stage.FALLING_SHORT);
        calls.fallShort(lacking);
        lacking.forEach(item -> put(item.ended(now)));
        ours.forEach(turns::release);
    }

    private void told(List<PowerItem> told, Map<PowerItem, CloudException> refusals, Stage next) {
        for (PowerItem item : told) {
            CloudException refusal = refusals.get(item);
            if (refusal == null) {
                put(item.at(next, now));
            } else if (refusal.awsErrorCode().equals(WRONG_STATE)
                    && now.isBefore(item.since().plus(settleWithin))) {
                // It is on its way: down, which a start waits for, or up, which a stop does.
                put(item.stage() == Stage.STARTING ? item.at(Stage.GOING_DOWN, now) : item);
            } else if (!refusal.isTransient() || InstanceCalls.isOutOfCapacity(refusal)) {
                put(refused(item, refusal));
            }
        }
    }

    /** What lacks capacity for another type comes up as the one that it was. */
    private PowerItem refused(PowerItem item, CloudException refusal) {
        boolean hasOtherType =
                item.stage() == Stage.STARTING && !item.formerType().isEmpty();
        return hasOtherType
                ? item.asBefore()
                        .butEnding(PowerOutcome.FAILED, "starts with the type it had: " + why(refusal))
                        .at(Stage.CHANGING, now)
                : item.ended(PowerOutcome.FAILED, why(refusal), now);
    }

    private static String why(CloudException e) {
        return String.valueOf(e.getMessage());
    }

    private static List<PowerItem> at(List<PowerItem> some, Stage stage) {
        return some.stream().filter(item -> item.stage() == stage).toList();
    }

    private void put(PowerItem item) {
        items.put(item.key(), item);
    }

    private Map<Place, List<PowerItem>> byPlace(Predicate<PowerItem> which) {
        Map<Place, List<PowerItem>> byPlace = new LinkedHashMap<>();
        items.values().stream().filter(which).forEach(item -> byPlace.computeIfAbsent(
                        item.place(), unused -> new ArrayList<>())
                .add(item));
        return byPlace;
    }

    static GroupKey group(PowerItem item) {
        return new GroupKey(new AccountId(item.account()), item.place().region(), new AutoScalingGroupName(item.id()));
    }
}
