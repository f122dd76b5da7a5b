package io.jenkins.plugins.amirefresh.powercycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A size that something takes at a time while it runs.
 *
 * @param min of a group; null: as it is
 * @param desired of a group; null: as it is
 * @param instanceType of an instance; empty for a group
 */
public record TimedSize(CronExpression at, @Nullable Integer min, @Nullable Integer desired, String instanceType) {

    /** The tag that says when a group was to take the size that it has taken. */
    public static final String TAG = "ami-refresh:power-size";

    /** A size and when it was to be taken last. */
    public record Due(TimedSize size, Instant at) {}
}
