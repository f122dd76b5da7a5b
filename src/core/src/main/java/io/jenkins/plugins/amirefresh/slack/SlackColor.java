package io.jenkins.plugins.amirefresh.slack;

import java.util.Locale;

/** The bar beside an attachment, in Slack's words. */
public enum SlackColor {
    /** Green. */
    GOOD,
    /** Yellow. */
    WARNING,
    /** Red. */
    DANGER;

    /** Slack's word. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
