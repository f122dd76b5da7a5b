package io.jenkins.plugins.amirefresh.journal;

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
        FAILURE
    }

    /** The verdict that a group with this outcome allows at best. */
    static Word of(GroupOutcome outcome) {
        return switch (outcome) {
            case REFRESHED, SKIPPED -> Word.SUCCESS;
            case ROLLED_BACK, PAUSED, MISSED, HELD, REFUSED -> Word.UNSTABLE;
            case FAILED -> Word.FAILURE;
        };
    }

    @Override
    public String toString() {
        return word + ": " + reason;
    }
}
