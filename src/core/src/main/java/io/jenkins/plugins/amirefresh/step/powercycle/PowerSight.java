package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.Instances.Instance;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.powercycle.PowerMove;
import io.jenkins.plugins.amirefresh.powercycle.PowerOutcome;
import io.jenkins.plugins.amirefresh.powercycle.PowerTarget.Condition;
import io.jenkins.plugins.amirefresh.powercycle.Remainder;
import io.jenkins.plugins.amirefresh.schedule.DurationText;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.powercycle.PowerItem.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one read of a place showed of the resources that are on their way there. */
final class PowerSight {

    /** AWS's answers may lag behind its calls. */
    private static final Duration LAG = Duration.ofMinutes(2);

    private final Cloud cloud;
    private final Map<String, Instance> instances;
    private final Map<GroupKey, GroupObservation> groups;

    private PowerSight(Cloud cloud, Map<String, Instance> instances, Map<GroupKey, GroupObservation> groups) {
        this.cloud = cloud;
        this.instances = instances;
        this.groups = groups;
    }

    static PowerSight read(StepHost host, Place place, List<PowerItem> items) {
        List<InstanceId> ids = items.stream()
                .filter(item -> !item.isGroup())
                .map(item -> new InstanceId(item.id()))
                .toList();
        Set<GroupKey> keys =
                items.stream().filter(PowerItem::isGroup).map(PowerTick::group).collect(Collectors.toSet());
        Cloud cloud = host.cloud(place.access(), place.region());
        Map<String, Instance> instances = ids.isEmpty()
                ? Map.of()
                : cloud.instances().describe(ids).stream()
                        .collect(Collectors.toMap(
                                instance -> instance.id().value(), Function.identity(), (one, other) -> other));
        return new PowerSight(
                cloud,
                instances,
                host.observer().groups(place.access(), place.region(), keys).groups());
    }

    /** The item as it stands now. */
    PowerItem next(PowerItem item, Duration settleWithin, Instant now) {
        return item.isGroup() ? group(item, settleWithin, now) : instance(item, settleWithin, now);
    }

    private PowerItem instance(PowerItem item, Duration settleWithin, Instant now) {
        Instance instance = instances.get(item.id());
        boolean isLate = !now.isBefore(item.since().plus(LAG));
        if (instance == null || Set.of("terminated", "shutting-down").contains(instance.state())) {
            return instance == null && !isLate
                    ? item
                    : item.ended(
                            PowerOutcome.FAILED,
                            "no longer exists" + (instance == null ? "" : ": " + instance.stateReason()),
                            now);
        }
        Condition condition = LocatedTarget.condition(instance.state());
        return switch (item.stage()) {
            case GOING_DOWN -> {
                boolean isUpAlready = condition == Condition.UP && item.move() == PowerMove.START;
                if (isUpAlready) {
                    yield item.ended(now);
                }
                yield condition == Condition.DOWN ? down(item, now) : slow(item, instance, settleWithin, now);
            }
            case COMING_UP -> {
                if (condition == Condition.UP) {
                    yield item.ended(now);
                }
                boolean cameBack = isLate && (condition == Condition.DOWN || condition == Condition.FALLING);
                yield cameBack ? cameBack(item, instance, now) : slow(item, instance, settleWithin, now);
            }
            // A start that AWS cannot take yet waits for the stop before it.
            case STARTING, CHANGING -> condition == Condition.FALLING ? item.at(Stage.GOING_DOWN, now) : item;
            case WAITING, STOPPING, FALLING_SHORT, ENDED -> item;
        };
    }

    /** What does not run as another type comes up as the one that it was. */
    private static PowerItem cameBack(PowerItem item, Instance instance, Instant now) {
        String why = "was started and is " + instance.state() + " again: " + instance.stateReason();
        return item.formerType().isEmpty()
                ? item.ended(PowerOutcome.FAILED, why, now)
                : item.asBefore()
                        .butEnding(
                                PowerOutcome.FAILED,
                                "starts with the type it had: as " + item.instanceType() + " it " + why)
                        .at(Stage.GOING_DOWN, now);
    }

    private static PowerItem down(PowerItem item, Instant now) {
        if (item.move() == PowerMove.STOP) {
            return item.ended(now);
        }
        return item.at(item.instanceType().isEmpty() ? Stage.STARTING : Stage.CHANGING, now);
    }

    private static PowerItem slow(PowerItem item, Instance instance, Duration settleWithin, Instant now) {
        return now.isBefore(item.since().plus(settleWithin))
                ? item
                : item.ended(
                        PowerOutcome.FAILED,
                        "is still " + instance.state() + " after " + DurationText.of(settleWithin),
                        now);
    }

    private PowerItem group(PowerItem item, Duration settleWithin, Instant now) {
        GroupObservation group = groups.get(PowerTick.group(item));
        if (group == null || group.deleting()) {
            return item.ended(PowerOutcome.FAILED, "no longer exists, or is being deleted", now);
        }
        if (!group.at().isAfter(item.since()) || PowerTick.isCalling(item)) {
            return item;
        }
        boolean isDown = item.stage() == Stage.GOING_DOWN;
        Remainder left = Remainder.of(group);
        String lacking = isDown ? (left.isThere() ? left.text() : "") : lacking(item, group);
        if (lacking.isEmpty()) {
            return item.ended(now);
        }
        if (now.isBefore(item.since().plus(settleWithin))) {
            return item;
        }
        String after = lacking + " after " + DurationText.of(settleWithin);
        return isDown
                ? item.ended(PowerOutcome.FAILED, after + left.because(), now)
                : item.butEnding(PowerOutcome.FAILED, after + because(item, group))
                        .at(Stage.FALLING_SHORT, now);
    }

    /** Why a group launches nothing, after a colon; empty when nothing is known of it, or may be asked. */
    private String because(PowerItem item, GroupObservation group) {
        if (group.suspendedProcesses().contains(ScalingProcess.LAUNCH)) {
            return ": its process Launch is suspended; resume it";
        }
        try {
            return cloud.autoScalingGroups().activities(PowerTick.group(item).name(), item.since()).stream()
                    .filter(activity -> activity.isLaunch() && activity.isFailed())
                    .max(Comparator.comparing(ScalingActivity::startedAt))
                    .map(activity -> ": " + activity.statusMessage())
                    .orElse("");
        } catch (CloudException e) {
            return "";
        }
    }

    /** What a group that starts still lacks, empty when it is as it should be. */
    private static String lacking(PowerItem item, GroupObservation group) {
        int serving = InstanceObservation.units(group.instances().stream()
                .filter(InstanceObservation::isHealthyInService)
                .toList());
        int wanted = capacity(item).desired();
        return serving >= Math.min(wanted, group.capacity().desired())
                ? ""
                : "has " + serving + " of " + wanted + " in service";
    }

    private static Capacity capacity(PowerItem item) {
        @Nullable Capacity to = item.to();
        return Objects.requireNonNull(to);
    }
}
