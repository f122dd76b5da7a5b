package io.jenkins.plugins.amirefresh.journal;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a group's refresh ended. */
public enum GroupOutcome {
    /** Every instance on the target version and healthy; sizes, processes and protection as they were. */
    REFRESHED("refreshed"),
    /** Back on the recorded version, wholly. */
    ROLLED_BACK("rolled-back"),
    /** Whole, with a proven canary, for a later step of the same run; left like that it is {@link #FAILED} in the report. */
    PAUSED("paused"),
    /** Nothing to do, or not asked for: nothing was changed. */
    SKIPPED("skipped"),
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
}
