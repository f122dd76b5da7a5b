package io.jenkins.plugins.amirefresh.refresh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What others did to the group while we were at work: the sizes they moved, which stay, and what held our work up.
 *
 * @param desiredFrom desired capacity without our surge before they moved it first
 * @param desiredTo the same after they moved it last; as before when they never did
 * @param max the maximum they set instead of ours, null when they never did
 * @param refresh the instance refresh of theirs that was seen last; null without, and in state files of older versions
 * @param refreshing it was still under way at the last look
 * @param alias how they let the group name the version that it was brought to, and which it was, null when they never did, and in state files of
 *     older versions
 * @param set the desired capacity that they set while part of it was ours, in words; null when they never did, and in state
 *     files of older versions
 * @param stillSince since when a process is suspended that the work cannot do without, null while none is
 * @param sizedSince since when desired capacity stands where somebody set it while part of it was ours, and nobody knows how;
 *     null while it is known, and in state files of older versions
 * @param scaleIn how few served when they made the group smaller; null when they never did, and in state files of older versions
 * @param suspended processes that they suspended while we had them suspended, in words; null as before
 */
public record OthersMove(
        int desiredFrom,
        int desiredTo,
        @Nullable Integer max,
        @Nullable String refresh,
        boolean refreshing,
        @Nullable String alias,
        @Nullable String set,
        @Nullable Instant stillSince,
        @Nullable Instant sizedSince,
        @Nullable ScaleIn scaleIn,
        @Nullable String suspended) {

    private static final String MOVED = "others moved desired capacity ";

    private static final OthersMove NONE = new OthersMove(0, 0, null, null, false, null, null, null, null, null, null);

    /** One more move. */
    static @Nullable OthersMove after(@Nullable OthersMove known, int from, int to, @Nullable Integer newMax) {
        if (from == to && newMax == null) {
            return known;
        }
        OthersMove before = known == null ? NONE : known;
        return before.but(draft -> {
            draft.desiredFrom = before.desiredFrom == before.desiredTo ? from : before.desiredFrom;
            draft.desiredTo = to;
            draft.max = newMax == null ? before.max : newMax;
        });
    }

    /** The same after a look at who else is at work. */
    static @Nullable OthersMove seen(
            @Nullable OthersMove known, @Nullable String active, @Nullable Instant stillSince) {
        OthersMove before = known == null ? NONE : known;
        OthersMove next = before.but(draft -> {
            draft.refresh = active == null ? before.refresh : active;
            draft.refreshing = active != null;
            draft.stillSince = stillSince;
        });
        return next.equals(NONE) ? known : next;
    }

    /** The same where they let the group name its version so. */
    static OthersMove naming(@Nullable OthersMove known, String alias) {
        return (known == null ? NONE : known).but(draft -> draft.alias = alias);
    }

    /** The same where they moved a size that was partly ours: nobody can tell whether they meant it with that part. */
    static OthersMove setting(@Nullable OthersMove known, int from, int to, int surge, int base) {
        String words = MOVED + "from " + from + ", " + surge + " of it launched first to replace others, to " + to
                + "; without those it stays " + base;
        return (known == null ? NONE : known).but(draft -> draft.set = words);
    }

    /** The same where a size is to be explained since a moment, null when it is. */
    static @Nullable OthersMove sizing(@Nullable OthersMove known, @Nullable Instant since) {
        if (known == null && since == null) {
            return null;
        }
        OthersMove next = (known == null ? NONE : known).but(draft -> draft.sizedSince = since);
        return next.equals(NONE) ? null : next;
    }

    /** The same where they made the group smaller. */
    static OthersMove shrinking(@Nullable OthersMove known, ScaleIn scaleIn) {
        return (known == null ? NONE : known).but(draft -> draft.scaleIn = scaleIn);
    }

    /** The same where they suspended a process that we had suspended. */
    static OthersMove suspending(@Nullable OthersMove known, String process) {
        OthersMove before = known == null ? NONE : known;
        String words = before.suspended == null ? process : before.suspended + ", " + process;
        return before.but(draft -> draft.suspended = words);
    }

    /** What of a planned floor holds: whoever made the group smaller wants no more than that. */
    int floor(RefreshPlan plan) {
        return desiredFrom == desiredTo ? plan.floor() : plan.floorOf(desiredTo);
    }

    /** One line for people; empty when all is as it was. */
    public String text() {
        List<String> parts = new ArrayList<>();
        if (desiredFrom != desiredTo) {
            parts.add("desired capacity from " + desiredFrom + " to " + desiredTo);
        }
        if (max != null) {
            parts.add("the maximum to " + max);
        }
        List<String> told = new ArrayList<>();
        told.add(parts.isEmpty() ? "" : "others moved " + String.join(" and ", parts) + " meanwhile, which stays");
        told.add(set == null ? "" : desiredFrom == desiredTo ? set : once(set));
        told.add(suspended == null ? "" : "others suspended " + suspended + " meanwhile, which stays suspended");
        told.add(alias == null ? "" : "others let it name " + alias + " meanwhile");
        told.add(refresh == null ? "" : "others ran instance refresh " + refresh + " meanwhile");
        told.removeIf(String::isEmpty);
        return String.join("; ", told);
    }

    /** Where desired capacity ended is told: of the move that was partly ours only how it was made. */
    private static String once(String words) {
        int end = words.indexOf(';');
        String move = end < 0 ? words : words.substring(0, end);
        return "once " + (move.startsWith(MOVED) ? move.substring(MOVED.length()) : move);
    }

    private OthersMove but(Consumer<Draft> edit) {
        Draft draft = new Draft(this);
        edit.accept(draft);
        return draft.build();
    }

    /** What it was, to be changed in a place or two. */
    private static final class Draft {

        private int desiredFrom;
        private int desiredTo;
        private @Nullable Integer max;
        private @Nullable String refresh;
        private boolean refreshing;
        private @Nullable String alias;
        private @Nullable String set;
        private @Nullable Instant stillSince;
        private @Nullable Instant sizedSince;
        private @Nullable ScaleIn scaleIn;
        private @Nullable String suspended;

        Draft(OthersMove was) {
            desiredFrom = was.desiredFrom;
            desiredTo = was.desiredTo;
            max = was.max;
            refresh = was.refresh;
            refreshing = was.refreshing;
            alias = was.alias;
            set = was.set;
            stillSince = was.stillSince;
            sizedSince = was.sizedSince;
            scaleIn = was.scaleIn;
            suspended = was.suspended;
        }

        OthersMove build() {
            return new OthersMove(
                    desiredFrom,
                    desiredTo,
                    max,
                    refresh,
                    refreshing,
                    alias,
                    set,
                    stillSince,
                    sizedSince,
                    scaleIn,
                    suspended);
        }
    }
}
