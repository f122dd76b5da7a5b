package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.powercycle.PowerMove;
import io.jenkins.plugins.amirefresh.powercycle.SleepTag;
import io.jenkins.plugins.amirefresh.powercycle.SleepTag.Phase;
import io.jenkins.plugins.amirefresh.powercycle.TimedSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Gives groups their sizes: the tag that keeps them first, many groups a call, then the sizes, then the tag of the new state.
 * Every value is absolute, so that whoever comes after a crash does the same again.
 */
final class GroupCalls {

    /** AWS names no limit; each costs some hundred bytes of the request. */
    private static final int BATCH = 50;

    private final AutoScalingGroups groups;
    private final Function<PowerItem, Optional<GroupObservation>> seen;
    private final Map<PowerItem, CloudException> refusals = new LinkedHashMap<>();

    /** @param seen a group as it was read last: what it has already, as after a crash between two calls, is not done again */
    GroupCalls(AutoScalingGroups groups, Function<PowerItem, Optional<GroupObservation>> seen) {
        this.groups = groups;
        this.seen = seen;
    }

    /** What AWS refused, and why; what is not in here was taken. */
    Map<PowerItem, CloudException> refusals() {
        return refusals;
    }

    void stop(List<PowerItem> items) {
        put(
                SleepTag.NAME,
                items.stream()
                        .filter(item -> !says(item, Phase.STOPPING) && !says(item, Phase.ASLEEP))
                        .toList(),
                item -> tag(item).as(Phase.STOPPING).text());
        each(items, item -> size(item, 0, 0));
        put(
                SleepTag.NAME,
                items.stream().filter(item -> !says(item, Phase.ASLEEP)).toList(),
                item -> tag(item).as(Phase.ASLEEP).text());
    }

    void start(List<PowerItem> items) {
        List<PowerItem> tagged = items.stream()
                .filter(item -> item.tag() != null && !(isBackForGood(item) && isBack(item)))
                .toList();
        put(
                SleepTag.NAME,
                tagged.stream().filter(item -> !says(item, Phase.STARTING)).toList(),
                item -> tag(item).as(Phase.STARTING).text());
        each(items, this::size);
        batches(taken(tagged, GroupCalls::isBackForGood), part -> groups.removeTag(SleepTag.NAME, names(part)));
        put(SleepTag.NAME, taken(tagged, item -> !isBackForGood(item)), item -> tag(item)
                .text());
        List<PowerItem> sized =
                items.stream().filter(item -> item.size() != null).toList();
        put(TimedSize.TAG, sized, item -> String.valueOf(item.size()));
    }

    /** Its tag goes on to say that it starts: the runs to come wait for it again, and so does what needs it. */
    void fallShort(List<PowerItem> items) {
        put(
                SleepTag.NAME,
                items.stream()
                        .filter(item -> item.move() == PowerMove.START)
                        .filter(item -> item.tag() == null || isBackForGood(item))
                        .toList(),
                item -> (item.tag() == null ? new SleepTag(Phase.STARTING, to(item), item.since()) : tag(item))
                        .as(Phase.STARTING)
                        .text());
    }

    private static Capacity to(PowerItem item) {
        return Objects.requireNonNull(item.to());
    }

    /** It has its sizes and no tag any more: only the answer to the last call was lost. */
    private boolean isBack(PowerItem item) {
        Capacity to = to(item);
        return seen.apply(item)
                .filter(group -> !group.tags().containsKey(SleepTag.NAME)
                        && group.capacity().min() == to.min()
                        && group.capacity().desired() == to.desired())
                .isPresent();
    }

    /** The group says so already. */
    private boolean says(PowerItem item, Phase phase) {
        return seen.apply(item)
                .filter(group ->
                        group.tag(SleepTag.NAME).equals(tag(item).as(phase).text()))
                .isPresent();
    }

    private void size(PowerItem item) {
        Capacity to = to(item);
        if (item.raisesMax()) {
            groups.setMaxSize(name(item), to.max());
        }
        size(item, to.min(), to.desired());
    }

    private void size(PowerItem item, int min, int desired) {
        boolean hasIt = seen.apply(item)
                .map(GroupObservation::capacity)
                .filter(capacity -> capacity.min() == min && capacity.desired() == desired)
                .isPresent();
        if (!hasIt) {
            groups.setSizes(name(item), min, desired);
        }
    }

    private void put(String tagName, List<PowerItem> items, Function<PowerItem, String> value) {
        batches(taken(items), part -> {
            Map<AutoScalingGroupName, String> values = new LinkedHashMap<>();
            part.forEach(item -> values.put(name(item), value.apply(item)));
            groups.putTag(tagName, values);
        });
    }

    private void each(List<PowerItem> items, Consumer<PowerItem> call) {
        taken(items).forEach(item -> {
            try {
                call.accept(item);
            } catch (CloudException e) {
                refusals.put(item, e);
            }
        });
    }

    private void batches(List<PowerItem> items, Consumer<List<PowerItem>> call) {
        for (int from = 0; from < items.size(); from += BATCH) {
            batch(items.subList(from, Math.min(items.size(), from + BATCH)), call);
        }
    }

    /** AWS refuses all for one that is gone or has no room for a tag: then each is asked alone. */
    private void batch(List<PowerItem> items, Consumer<List<PowerItem>> call) {
        try {
            call.accept(items);
        } catch (CloudException e) {
            boolean isOfOne = e instanceof CloudException.NotFound || e instanceof CloudException.InvalidRequest;
            if (items.size() > 1 && isOfOne) {
                items.forEach(item -> batch(List.of(item), call));
            } else {
                items.forEach(item -> refusals.put(item, e));
            }
        }
    }

    /** Its schedule wants it awake, too. */
    private static boolean isBackForGood(PowerItem item) {
        return tag(item).phase() != Phase.WOKEN;
    }

    private List<PowerItem> taken(List<PowerItem> items, Predicate<PowerItem> which) {
        return taken(items).stream().filter(which).toList();
    }

    private List<PowerItem> taken(List<PowerItem> items) {
        List<PowerItem> taken = new ArrayList<>(items);
        taken.removeAll(refusals.keySet());
        return taken;
    }

    private static List<AutoScalingGroupName> names(List<PowerItem> items) {
        return items.stream().map(GroupCalls::name).toList();
    }

    private static AutoScalingGroupName name(PowerItem item) {
        return new AutoScalingGroupName(item.id());
    }

    private static SleepTag tag(PowerItem item) {
        return Objects.requireNonNull(item.tag());
    }
}
