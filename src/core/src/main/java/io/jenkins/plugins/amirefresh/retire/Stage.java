package io.jenkins.plugins.amirefresh.retire;

import java.util.Locale;

/** What is done with an image in one run: at most one step further, so that each step can be noticed. */
public enum Stage {
    /** Something needs it, or somebody said so. */
    KEPT,
    /** Nothing needs it, and its time has not come. */
    WAITING,
    /** Hidden from others; whoever names it can still launch it. */
    DEPRECATED,
    /** Nobody can launch it; it can come back. */
    DISABLED,
    /** Gone, with its snapshots. */
    DEREGISTERED,
    /** Back in use: something needs it again. */
    ENABLED;

    /** As rows say it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Something is changed in AWS. */
    public boolean changes() {
        return this != KEPT && this != WAITING;
    }
}
