package io.jenkins.plugins.amirefresh.journal;

import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row a group, of {@code recycleAsgs} and of the report.
 *
 * @param environment the group's {@code Environment} tag, empty without
 * @param family the image family of its template, empty without
 * @param strategy {@code instance-refresh}, {@code out-in}, {@code in-out}, ...; empty when none was chosen
 * @param fromVersion 0 when unknown
 * @param toVersion 0 when unknown
 * @param floor healthy capacity that parameters and tags promise to keep
 */
public record GroupResult(
        GroupKey group,
        String environment,
        String family,
        String strategy,
        GroupOutcome outcome,
        String reason,
        long fromVersion,
        long toVersion,
        @Nullable Instant windowStart,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        int floor) {

    /** The same row with another reason. */
    public GroupResult withReason(String newReason) {
        return with(outcome, newReason, endedAt);
    }

    /** The row of the same group once it is back on the version that it came from. */
    public GroupResult back(String why, Instant at) {
        return with(GroupOutcome.ROLLED_BACK, why, at);
    }

    /** The row of the same group once what it was brought to turned out not to work. */
    public GroupResult broken(String why, Instant at) {
        return with(GroupOutcome.FAILED, why, at);
    }

    /** The row of the same group that is between two versions and not gone on with. */
    public GroupResult left(String why, Instant at) {
        return with(GroupOutcome.UNFINISHED, why, at);
    }

    private GroupResult with(GroupOutcome newOutcome, String newReason, @Nullable Instant newEnd) {
        return new GroupResult(
                group,
                environment,
                family,
                strategy,
                newOutcome,
                newReason,
                fromVersion,
                toVersion,
                windowStart,
                startedAt,
                newEnd,
                floor);
    }
}
