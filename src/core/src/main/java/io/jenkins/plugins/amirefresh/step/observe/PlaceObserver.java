package io.jenkins.plugins.amirefresh.step.observe;

import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.FleetObservation;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was last read with one identity in one region.
 *
 * <p>Groups asked for by name are read together in rounds, everyone's names in the same pages. When somebody
 * listed every group just before, and that costs no more pages, the whole list is read instead, which then answers both kinds of
 * questions.
 */
final class PlaceObserver {

    private static final int PAGE = 100;
    private static final Duration INTEREST = Duration.ofMinutes(10);
    private static final Duration RECENT = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final Supplier<AutoScalingGroups> groups;
    private final Duration interval;
    private final Map<GroupKey, GroupObservation> seen = new HashMap<>();
    private final Map<GroupKey, Instant> readAt = new HashMap<>();
    private final Map<GroupKey, Instant> askedAt = new TreeMap<>();
    private @Nullable Instant sweptAt;
    private Map<GroupKey, GroupObservation> outlines = Map.of();
    private @Nullable Instant outlinedAt;
    private Instant allAskedAt = Instant.MIN;
    private Instant roundAt = Instant.MIN;
    private Instant pausedUntil = Instant.MIN;
    private Duration pause;

    PlaceObserver(Supplier<AutoScalingGroups> groups, Duration interval) {
        this.groups = groups;
        this.interval = interval;
        this.pause = interval;
    }

    synchronized FleetObservation all(Instant now) {
        allAskedAt = now;
        if (sweptAt == null || isDue(sweptAt, now)) {
            reading(now, sweptAt != null, () -> sweep(now));
        }
        return new FleetObservation(seen);
    }

    /** What was swept just now is not read once more; where others are about to read groups, one read does for both. */
    synchronized FleetObservation outlines(Instant now) {
        if (sweptAt != null && !isDue(sweptAt, now)) {
            return new FleetObservation(seen);
        }
        boolean isRoundComing = !askedAt.isEmpty() && pages(seen.size()) <= pages(askedAt.size());
        if (sweptAt != null && (isListWanted(now) || isRoundComing)) {
            return all(now);
        }
        if (outlinedAt == null || isDue(outlinedAt, now)) {
            reading(now, outlinedAt != null, () -> {
                outlines = groups.get().outlines().stream()
                        .collect(Collectors.toUnmodifiableMap(GroupObservation::key, Function.identity()));
                outlinedAt = now;
            });
        }
        return new FleetObservation(outlines);
    }

    synchronized FleetObservation groups(Set<GroupKey> wanted, Instant now) {
        wanted.forEach(key -> askedAt.put(key, now));
        askedAt.values().removeIf(asked -> asked.plus(INTEREST).isBefore(now));
        readAt.keySet().removeIf(key -> !askedAt.containsKey(key));
        List<GroupKey> due = wanted.stream().filter(key -> isDue(key, now)).toList();
        if (!due.isEmpty()) {
            boolean known = due.stream().allMatch(this::wasRead);
            reading(now, known, () -> readAgain(due, now));
        }
        Map<GroupKey, GroupObservation> answer = new HashMap<>(seen);
        answer.keySet().retainAll(wanted);
        return new FleetObservation(answer);
    }

    // A call that AWS throttled is not repeated by the next one who asks: older observations do, they carry their
    // moment.
    private void reading(Instant now, boolean hasOlderAnswer, Runnable read) {
        // A pause that ends later than any can was begun before the clock was set back.
        boolean isPaused = now.isBefore(pausedUntil) && !pausedUntil.isAfter(now.plus(LONGEST_PAUSE));
        if (hasOlderAnswer && isPaused) {
            return;
        }
        try {
            read.run();
            pause = interval;
        } catch (CloudException.Throttled e) {
            pausedUntil = now.plus(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            if (!hasOlderAnswer) {
                throw e;
            }
        }
    }

    private void readAgain(List<GroupKey> due, Instant now) {
        boolean roundIsDue = isDue(roundAt, now);
        Collection<GroupKey> wanted = roundIsDue ? List.copyOf(askedAt.keySet()) : due;
        if (isListWanted(now) && sweptAt != null && isDue(sweptAt, now) && pages(seen.size()) <= pages(wanted.size())) {
            sweep(now);
            return;
        }
        List<AutoScalingGroupName> names = wanted.stream().map(GroupKey::name).toList();
        List<GroupObservation> answer = groups.get().named(names);
        seen.keySet().removeAll(wanted);
        answer.forEach(observation -> seen.put(observation.key(), observation));
        wanted.forEach(key -> readAt.put(key, now));
        if (roundIsDue) {
            roundAt = now;
        }
    }

    /** Somebody listed every group just before, and will again. */
    private boolean isListWanted(Instant now) {
        return !allAskedAt.isBefore(now.minus(RECENT)) && !allAskedAt.isAfter(now);
    }

    private void sweep(Instant now) {
        List<GroupObservation> answer = groups.get().all();
        seen.clear();
        answer.forEach(observation -> seen.put(observation.key(), observation));
        sweptAt = now;
        roundAt = now;
    }

    private boolean wasRead(GroupKey key) {
        return sweptAt != null || readAt.containsKey(key);
    }

    private boolean isDue(GroupKey key, Instant now) {
        boolean sweepIsFresh = sweptAt != null && !isDue(sweptAt, now);
        return !sweepIsFresh && isDue(readAt.getOrDefault(key, Instant.MIN), now);
    }

    private boolean isDue(Instant last, Instant now) {
        boolean isOfTheFuture = last.isAfter(now);
        return last.equals(Instant.MIN) || isOfTheFuture || !now.isBefore(last.plus(interval));
    }

    private static int pages(int groups) {
        return (groups + PAGE - 1) / PAGE;
    }
}
