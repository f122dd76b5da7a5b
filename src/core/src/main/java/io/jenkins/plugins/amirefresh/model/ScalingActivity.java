package io.jenkins.plugins.amirefresh.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a group's history: where launch failures and outside changes are explained.
 *
 * @param status AWS's status code, for example {@code Failed}
 * @param cause AWS's text: who or what changed the group
 * @param endedAt null while it is in progress
 */
public record ScalingActivity(
        String id,
        Instant startedAt,
        @Nullable Instant endedAt,
        String status,
        String description,
        String cause,
        String statusMessage) {

    /** It ended and did not do what it should. */
    public boolean isFailed() {
        return "Failed".equals(status);
    }
}
