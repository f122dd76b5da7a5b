package io.jenkins.plugins.amirefresh.journal;

import java.util.stream.Stream;

/**
 * What the groups of a run make of its build.
 *
 * @param reason one line: which group, and how many more
 */
public record RunVerdict(Word word, String reason) {

    /** The build's results that a run can ask for, the best first. */
    public enum Word {
        /** Every group is refreshed or had nothing to do. */
        SUCCESS,
        /** A group is not on the new version although it should be, or it is not known whether it works. */
        UNSTABLE,
        /** A group is left broken or half-way. */
        FAILURE,
        /** Jenkins' word for what never ran; no group asks for it. */
        NOT_BUILT,
        /** Somebody stopped the build; no group asks for it. */
        ABORTED;

        /** Jenkins' word; one that says nothing yet is good. */
        private static Word ofBuild(String result) {
            return Stream.of(values())
                    .filter(word -> word.name().equals(result))
                    .findFirst()
                    .orElse(SUCCESS);
        }
    }

    /** The verdict that a group with this outcome allows at best. */
    static Word of(GroupOutcome outcome) {
        return switch (outcome) {
            case REFRESHED, SKIPPED -> Word.SUCCESS;
            case ROLLED_BACK, PAUSED, UNFINISHED, MISSED, HELD, REFUSED -> Word.UNSTABLE;
            case FAILED -> Word.FAILURE;
        };
    }

    /** This, unless the build itself is worse off: a step that threw before any group was looked at is no good end. */
    public RunVerdict noBetterThan(BuildStatus build) {
        Word own = Word.ofBuild(build.result());
        if (own.compareTo(word) <= 0) {
            return this;
        }
        String error = build.errorLine().isEmpty() ? "" : ": " + build.errorLine();
        return new RunVerdict(own, reason + "; the build itself is " + own + error);
    }

    @Override
    public String toString() {
        return word + ": " + reason;
    }
}
