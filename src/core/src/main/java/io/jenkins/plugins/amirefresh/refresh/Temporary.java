package io.jenkins.plugins.amirefresh.refresh;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a refresh changed on a group for the time it takes: what has to be undone, and nothing else.
 *
 * @param surge instances that desired capacity was raised by and not lowered again
 * @param max null when the maximum is not ours
 * @param suspended processes that we suspended
 * @param tagged the group carries the tag that says so
 * @param leftover what AWS refused to have undone; null for nothing and in state files of older versions
 * @param undoing how it is being put back, null before and in state files of older versions
 * @param since of what we suspended, the latest moment that may be ours: who suspends it later is somebody else
 */
public record Temporary(
        int surge,
        @Nullable RaisedMax max,
        Set<ScalingProcess> suspended,
        boolean tagged,
        @Nullable Leftover leftover,
        @Nullable Undoing undoing,
        Map<ScalingProcess, Instant> since) {

    /** Nothing. */
    public static final Temporary NONE = new Temporary(0, null, Set.of(), false, null, null, Map.of());

    /** Copies the collections; state files of older versions know no moments. */
    public Temporary {
        suspended = Set.copyOf(suspended);
        since = since == null ? Map.of() : Map.copyOf(since);
    }

    /** Nothing has to be undone. */
    @JsonIgnore
    public boolean isNone() {
        return surge == 0 && max == null && suspended.isEmpty() && !tagged;
    }

    /** What has to be undone, for people; empty for nothing but a tag. */
    public String text() {
        List<String> parts = new ArrayList<>();
        if (surge != 0) {
            parts.add("desired capacity, which we raised by " + surge);
        }
        if (max != null) {
            parts.add("the maximum, to " + max.was());
        }
        if (!suspended.isEmpty()) {
            parts.add(suspended.stream()
                    .map(ScalingProcess::awsName)
                    .sorted()
                    .collect(Collectors.joining(", ", "", ", which we suspended")));
        }
        return String.join("; ", parts);
    }

    Temporary withSurge(int newSurge) {
        return new Temporary(newSurge, max, suspended, tagged, leftover, undoing, since);
    }

    Temporary withMax(@Nullable RaisedMax newMax) {
        return new Temporary(surge, newMax, suspended, tagged, leftover, undoing, since);
    }

    Temporary with(Set<ScalingProcess> processes) {
        Set<ScalingProcess> all = new TreeSet<>(suspended);
        all.addAll(processes);
        return new Temporary(surge, max, all, tagged, leftover, undoing, since);
    }

    Temporary without(Set<ScalingProcess> processes) {
        Set<ScalingProcess> rest = new TreeSet<>(suspended);
        rest.removeAll(processes);
        Map<ScalingProcess, Instant> moments = new HashMap<>(since);
        moments.keySet().retainAll(rest);
        return new Temporary(surge, max, rest, tagged, leftover, undoing, moments);
    }

    Temporary seen(ScalingProcess process, Instant latest) {
        Map<ScalingProcess, Instant> moments = new HashMap<>(since);
        moments.put(process, latest);
        return new Temporary(surge, max, suspended, tagged, leftover, undoing, moments);
    }

    Temporary withTag(boolean isTagged) {
        return new Temporary(surge, max, suspended, isTagged, leftover, undoing, since);
    }

    Temporary with(@Nullable Leftover newLeftover) {
        return new Temporary(surge, max, suspended, tagged, newLeftover, undoing, since);
    }

    Temporary with(@Nullable Undoing newUndoing) {
        return new Temporary(surge, max, suspended, tagged, leftover, newUndoing, since);
    }

    /** What is still to be put back at the end, where AWS did not refuse that before. */
    boolean isToPutBack(Leftover.Kind kind) {
        return leftover == null || !leftover.kinds().contains(kind);
    }

    /**
     * A raised maximum.
     *
     * @param was what it goes back to
     * @param from what it was when it was raised last: ours too when it had been raised before
     * @param to what we set
     */
    public record RaisedMax(int was, int from, int to) {

        /** The maximum is one that we set or may have set; another value is someone else's and stays. */
        boolean isOurs(int max) {
            return max == to || max == from;
        }

        /** Once AWS showed it, what it was before is no longer ours: who sets that again means it. */
        RaisedMax seenAt(int max) {
            return max == to ? new RaisedMax(was, to, to) : this;
        }
    }
}
