package io.jenkins.plugins.amirefresh.refresh;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is temporary and cannot be put back, since AWS refused that: it speaks against no instance and no image, so the
 * attempt goes on to its end without.
 *
 * @param kinds what was refused
 * @param cause AWS's own words, one line
 */
public record Leftover(Set<Kind> kinds, String cause) {

    /** What is put back at the end. */
    public enum Kind {
        /** Processes that are to be resumed. */
        PROCESSES,
        /** The maximum that is to be lowered. */
        MAXIMUM,
        /** The tag that says what is temporary. */
        TAG
    }

    /** Copies the set. */
    public Leftover {
        kinds = Set.copyOf(kinds);
    }

    /**
     * The state that does without a change that AWS refused; empty when it puts nothing back, so that the attempt cannot go on.
     *
     * @param max the group's maximum when the change was decided
     */
    public static Optional<RefreshState> of(RefreshState state, Change refused, int max, String cause) {
        return kind(refused, max).map(kind -> {
            Leftover before = state.temporary().leftover();
            Set<Kind> kinds = EnumSet.of(kind);
            kinds.addAll(before == null ? Set.of() : before.kinds());
            boolean isSaid = before != null && before.cause().contains(cause);
            String causes = before == null ? cause : isSaid ? before.cause() : before.cause() + "; " + cause;
            return state.with(state.temporary().with(new Leftover(kinds, causes)));
        });
    }

    private static Optional<Kind> kind(Change refused, int max) {
        if (refused instanceof Change.Resume resume && !resume.processes().contains(ScalingProcess.LAUNCH)) {
            return Optional.of(Kind.PROCESSES);
        }
        if (refused instanceof Change.SetMax set && set.max() < max) {
            return Optional.of(Kind.MAXIMUM);
        }
        return refused instanceof Change.RemoveTags ? Optional.of(Kind.TAG) : Optional.empty();
    }

    /** The group behaves otherwise than before; else only its tag says that it may. */
    @JsonIgnore
    public boolean isFelt() {
        return kinds.contains(Kind.PROCESSES) || kinds.contains(Kind.MAXIMUM);
    }
}
