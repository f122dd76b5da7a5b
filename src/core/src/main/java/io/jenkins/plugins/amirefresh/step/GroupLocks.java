package io.jenkins.plugins.amirefresh.step;

import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.util.Optional;

/** One step of one run per group on this host; survives a restart, released by that step or by the host's finisher. */
public interface GroupLocks {

    /** Takes or keeps the lock for {@code holder}; answers who holds it instead, empty when it is now ours. */
    Optional<LockHolder> acquire(GroupKey group, LockHolder holder);

    /** Who keeps it from {@code holder}; takes nothing. */
    Optional<LockHolder> keptFrom(GroupKey group, LockHolder holder);

    /** Keeps it for the run when its step ends: the run's next step that asks gets it, nobody else does. */
    void keepForRun(GroupKey group, LockHolder holder);

    /** Gives it back; safe to repeat, and nothing when somebody else holds it. */
    void release(GroupKey group, LockHolder holder);
}
