package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.powercycle.PowerMove;
import io.jenkins.plugins.amirefresh.powercycle.PowerOutcome;
import io.jenkins.plugins.amirefresh.powercycle.PowerRules;
import io.jenkins.plugins.amirefresh.powercycle.SleepTag;
import io.jenkins.plugins.amirefresh.powercycle.SleepTag.Phase;
import io.jenkins.plugins.amirefresh.step.powercycle.PowerItem.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks once more right before a call: who was taken off the schedule, or into production, while it waited is left alone. */
final class PowerRecheck {

    /** What was read so lately is what is there. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final PowerRules rules;
    private final Instant now;

    PowerRecheck(PowerRules rules, Instant now) {
        this.rules = rules;
        this.now = now;
    }

    /** A group as it may go on, with the sizes that it has by now; ended when its tags say otherwise. */
    PowerItem group(PowerItem item, Optional<GroupObservation> seen) {
        PowerItem allowed = seen.map(group -> allowed(item, group.tags())).orElse(item);
        return allowed.isEnded()
                ? allowed
                : seen.map(group -> sized(item, group)).orElse(item);
    }

    private static PowerItem sized(PowerItem item, GroupObservation group) {
        Capacity has = group.capacity();
        if (has.desired() == 0 || item.size() != null) {
            return item;
        }
        SleepTag tag = item.tag();
        if (item.move() == PowerMove.START) {
            Capacity to = Objects.requireNonNull(item.to());
            return item.sized(
                    tag,
                    new Capacity(
                            Math.max(to.min(), has.min()),
                            Math.max(to.desired(), has.desired()),
                            Math.max(to.max(), has.max())));
        }
        boolean isUnderWay = SleepTag.of(group.tags())
                .filter(found -> found.phase() == Phase.STOPPING || found.phase() == Phase.ASLEEP)
                .isPresent();
        return tag == null || isUnderWay
                ? item
                : item.sized(new SleepTag(tag.phase(), has, tag.since()), new Capacity(0, 0, has.max()));
    }

    /** Instances that may go on, and those whose tags say otherwise, ended; those that nobody can read now are left out. */
    List<PowerItem> instances(Cloud cloud, Collection<PowerItem> due) {
        List<PowerItem> waited = due.stream().filter(this::hasWaited).toList();
        if (waited.isEmpty()) {
            return List.copyOf(due);
        }
        Map<String, Map<String, String>> tags;
        try {
            tags = cloud.instancePower().withAnyTag(rules.scheduleTags()).stream()
                    .collect(Collectors.toMap(
                            tagged -> tagged.instance().id().value(), tagged -> tagged.tags(), (one, other) -> other));
        } catch (CloudException e) {
            return due.stream()
                    .filter(item -> !waited.contains(item) || !e.isTransient())
                    .map(item -> waited.contains(item)
                            ? item.ended(PowerOutcome.FAILED, String.valueOf(e.getMessage()), now)
                            : item)
                    .toList();
        }
        return due.stream()
                .map(item -> waited.contains(item) ? allowed(item, tags.getOrDefault(item.id(), Map.of())) : item)
                .toList();
    }

    /** One that is stopped for another size has to come up again, whatever its tags say. */
    private boolean hasWaited(PowerItem item) {
        boolean isFirstCall = item.move() != PowerMove.RESIZE || item.stage() == Stage.STOPPING;
        return isFirstCall
                && (!item.needs().isEmpty() || !now.isBefore(item.since().plus(FRESH)));
    }

    private PowerItem allowed(PowerItem item, Map<String, String> tags) {
        String schedule = rules.scheduleTags().stream()
                .filter(tags::containsKey)
                .findFirst()
                .map(tags::get)
                .orElse("");
        if (!schedule.equals(item.schedule())) {
            return item.ended(
                    PowerOutcome.SKIPPED,
                    "its schedule was " + (schedule.isEmpty() ? "taken away" : "changed")
                            + " while it waited; the next run looks again",
                    now);
        }
        return rules.exclusion(tags)
                .map(why -> item.ended(PowerOutcome.EXCLUDED, why, now))
                .orElse(item);
    }
}
