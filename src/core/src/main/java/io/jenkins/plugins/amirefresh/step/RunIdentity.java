package io.jenkins.plugins.amirefresh.step;

import java.time.Instant;

/**
 * The build a step runs in.
 *
 * @param id unique on this host and short, for example {@code weekly-refresh-12}: goes into tags and client tokens
 * @param jobName the full name
 * @param buildNumber 1 or more
 * @param buildUrl empty when the host has no address
 * @param stepId unique in the build and the same after a restart
 * @param cause who or what started it, for people
 * @param controller unique among the controllers that work on the same groups, at most 40 of {@code [A-Za-z0-9._-]}
 */
public record RunIdentity(
        String id,
        String jobName,
        int buildNumber,
        String buildUrl,
        String stepId,
        String cause,
        Instant startedAt,
        String controller) {

    /** The step as the holder of locks. */
    public LockHolder lockHolder() {
        return new LockHolder(id, stepId);
    }
}
