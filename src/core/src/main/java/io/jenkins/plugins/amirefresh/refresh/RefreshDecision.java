package io.jenkins.plugins.amirefresh.refresh;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do next with one group, with the reason for people, without the group's name. */
public sealed interface RefreshDecision {

    /** One line for people: what happens and why, without the group's name. */
    String reason();

    /** Nothing to do at this tick. */
    record Wait(String reason) implements RefreshDecision {}

    /** Changes to make one after the other; the first that AWS refuses ends the series. */
    record Act(List<Change> changes, String reason) implements RefreshDecision {
        /** Copies the list. */
        public Act {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Every instance is on the wanted version and healthy, and nothing temporary is left.
     *
     * @param besides what the group's row says besides; empty for nothing
     */
    record Done(String reason, String besides) implements RefreshDecision {

        Done(String reason) {
            this(reason, "");
        }
    }

    /** The canary is proven, nothing temporary is left, and the rest waits for somebody to go on. */
    record Paused(String reason) implements RefreshDecision {}

    /**
     * The refresh ended early as asked, and nothing temporary is left.
     *
     * @param isWhole every instance that stays is on the wanted version and healthy, and new ones will be the same
     */
    record Stopped(String reason, boolean isWhole) implements RefreshDecision {}

    /**
     * The attempt failed; temporary changes are still in place, for the rollback to use or the clean-up to undo.
     *
     * @param blamesVersion an instance on the wanted version was allowed to start, and its application or checks failed
     * @param othersDecided others set what the group launches, which stays
     * @param stay why nothing can be replaced, neither forward nor back
     * @param late how late the instance was that its version is blamed for; null when it failed otherwise
     */
    record Failed(String reason, boolean blamesVersion, boolean othersDecided, Stay stay, @Nullable Lateness late)
            implements RefreshDecision {
        /** Why the group stays as it is. */
        public enum Stay {
            /** It does not. */
            NONE,
            /** Nobody can tell who serves. */
            UNTOLD,
            /** All but what nobody may touch is done. */
            UNTOUCHABLE
        }

        /** Nothing can be replaced, neither forward nor back. */
        public boolean leaves() {
            return stay != Stay.NONE;
        }

        /** Failed by itself. */
        Failed(String reason, boolean blamesVersion) {
            this(reason, blamesVersion, null);
        }

        /** Failed by itself, with an instance that was late. */
        Failed(String reason, boolean blamesVersion, @Nullable Lateness late) {
            this(reason, blamesVersion, false, Stay.NONE, blamesVersion ? late : null);
        }

        /** The same with other words and another blame. */
        Failed told(String newReason, boolean newBlames) {
            return new Failed(newReason, newBlames, othersDecided, stay, newBlames ? late : null);
        }

        /** Failed since others want something else. */
        static Failed byOthers(String reason) {
            return new Failed(reason, false, true, Stay.NONE, null);
        }

        /** Failed since nobody can tell who serves. */
        static Failed leaving(String reason) {
            return new Failed(reason, false, false, Stay.UNTOLD, null);
        }

        /** Ended since what is left may not be touched. */
        static Failed untouchable(String reason) {
            return new Failed(reason, false, false, Stay.UNTOUCHABLE, null);
        }

        /** Failed for a reason that says nothing of the version. */
        Failed(String reason) {
            this(reason, false);
        }
    }
}
