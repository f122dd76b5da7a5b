package io.jenkins.plugins.amirefresh.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An AMI of the caller's own, with what matters to whoever wants to take it away.
 *
 * @param deprecatedAt when it is or was deprecated; null when it never is
 * @param isProtected somebody protected it against deregistration
 */
public record OwnAmi(Ami ami, @Nullable Instant deprecatedAt, boolean isProtected) {

    /** Its id. */
    public AmiId id() {
        return ami.id();
    }

    /** It is deprecated at this moment. */
    public boolean isDeprecated(Instant now) {
        return deprecatedAt != null && !deprecatedAt.isAfter(now);
    }

    /** Nothing can be launched from it, and it can come back. */
    public boolean isDisabled() {
        return "disabled".equals(ami.state());
    }

    /** The snapshots that its volumes are made from. */
    public List<String> snapshots() {
        return ami.blockDevices().devices().stream()
                .map(BlockDevice::snapshotId)
                .filter(snapshot -> !snapshot.isEmpty())
                .distinct()
                .toList();
    }
}
