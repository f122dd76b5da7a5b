package io.jenkins.plugins.amirefresh.model;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One instance refresh as AWS reports it.
 *
 * @param percentageComplete 0-100, of the instances to update
 * @param desired what it brings the group to, null when it was started without a desired configuration
 */
public record InstanceRefresh(
        InstanceRefreshId id,
        InstanceRefreshStatus status,
        String statusReason,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        int percentageComplete,
        int instancesToUpdate,
        @Nullable LaunchSource desired) {

    /** What it brings the group to, empty when it was started without a desired configuration. */
    public Optional<LaunchSource> desiredSource() {
        return Optional.ofNullable(desired);
    }
}
