package io.jenkins.plugins.amirefresh.journal;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a group's refresh ended. */
public enum GroupOutcome {
    /** Every instance on the target version and healthy; sizes, processes and protection as they were. */
    REFRESHED("refreshed"),
    /** Back on the recorded version, wholly. */
    ROLLED_BACK("rolled-back"),
    /** Whole, with a proven canary, for a later step of the same run; nobody may take that for a good end. */
    PAUSED("paused"),
    /** Its window closed before it was done: healthy, some instances on each version, to go on in its next window. */
    UNFINISHED("unfinished"),
    /** Nothing to do, or not asked for: nothing was changed. Or the group was deleted meanwhile. */
    SKIPPED("skipped"),
    /** Could not start while its window was open: nothing was changed. */
    MISSED("missed"),
    /** Kept from starting because another group of the run was rolled back or failed: nothing was changed. */
    HELD("held"),
    /** May not be changed, with the reason: nothing was changed. */
    REFUSED("refused"),
    /** Left broken or half-way; the reason says what is left and how to finish. */
    FAILED("failed");

    private final String text;

    GroupOutcome(String text) {
        this.text = text;
    }

    /** The word of the report. */
    @JsonValue
    public String text() {
        return text;
    }

    /** The word in a sentence: {@code rolled back}. */
    public String words() {
        return text.replace('-', ' ');
    }

    /** The group was worked on; the other words say that it was left as it was. */
    public boolean saysWhatWasDone() {
        return switch (this) {
            case REFRESHED, ROLLED_BACK, PAUSED, UNFINISHED, FAILED -> true;
            case SKIPPED, MISSED, HELD, REFUSED -> false;
        };
    }

    /** Another image, or no good one, is on the group than the run meant to bring: somebody has to look at it. */
    public boolean isTrouble() {
        return this != REFRESHED && this != SKIPPED;
    }
}
