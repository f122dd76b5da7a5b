package io.jenkins.plugins.amirefresh.step;

import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.util.Optional;

/** One run per group on this host; survives a restart, released by the run that holds it or by the host's finisher. */
public interface GroupLocks {

    /** Takes or keeps the lock for {@code runId}; answers the run that holds it instead, empty when it is now ours. */
    Optional<String> acquire(GroupKey group, String runId);

    /** Gives it back; safe to repeat, and nothing when another run holds it. */
    void release(GroupKey group, String runId);
}
