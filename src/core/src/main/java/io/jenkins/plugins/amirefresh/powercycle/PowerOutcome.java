package io.jenkins.plugins.amirefresh.powercycle;

import java.util.Locale;

/** What became of a resource with a schedule. */
public enum PowerOutcome {
    /** It was started. */
    STARTED,
    /** It was stopped. */
    STOPPED,
    /** It was stopped, and keeps its memory. */
    HIBERNATED,
    /** It was given another size. */
    RESIZED,
    /** It was as its schedule wants it. */
    UNCHANGED,
    /** A dry run would have changed it. */
    PLANNED,
    /** People started it by hand, which is respected. */
    KEPT,
    /** Its environment is excluded or not known. */
    EXCLUDED,
    /** It is somebody else's: its group's, or a refresh is at work on it. */
    SKIPPED,
    /** What it depends on is not as it has to be. */
    HELD,
    /** Its document is wrong. */
    REFUSED,
    /** AWS refused, or it did not become what it should. */
    FAILED;

    /** As results name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Somebody has to look. */
    public boolean needsAttention() {
        return this == HELD || this == REFUSED || this == FAILED;
    }
}
