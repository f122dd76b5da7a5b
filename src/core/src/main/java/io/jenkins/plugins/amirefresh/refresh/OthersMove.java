package io.jenkins.plugins.amirefresh.refresh;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sizes that others moved while we were at work; they stay.
 *
 * @param desiredFrom desired capacity without our surge before they moved it first
 * @param desiredTo the same after they moved it last; as before when they never did
 * @param max the maximum they set instead of ours, null when they never did
 */
public record OthersMove(int desiredFrom, int desiredTo, @Nullable Integer max) {

    /** One more move. */
    static @Nullable OthersMove after(@Nullable OthersMove known, int from, int to, @Nullable Integer newMax) {
        if (from == to && newMax == null) {
            return known;
        }
        int first = known == null ? from : known.desiredFrom();
        Integer oldMax = known == null ? null : known.max();
        return new OthersMove(first, to, newMax == null ? oldMax : newMax);
    }

    /** What of a planned floor holds: whoever made the group smaller wants no more than that. */
    int floor(int planned) {
        return Math.min(planned, desiredTo);
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
        return parts.isEmpty() ? "" : "others moved " + String.join(" and ", parts) + " meanwhile, which stays";
    }
}
