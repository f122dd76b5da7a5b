package io.jenkins.plugins.amirefresh.slack;

/** The messages of a refresh, in the words that teams already filter and search for. */
public final class SlackTexts {

    /** Where messages go unless somebody says otherwise. */
    public static final String DEFAULT_CHANNEL = "ami-refresh";

    private SlackTexts() {}

    /** A group's refresh starts. */
    public static SlackNotice starting(String group) {
        return new SlackNotice("Starting ASG Refresh", SlackColor.GOOD, "Starting refresh of " + group, "");
    }

    /** A group's smoke tests passed. */
    public static SlackNotice testsPassed(String message) {
        return new SlackNotice("ASG tests passed, refresh complete", SlackColor.GOOD, message, "");
    }

    /** A group's smoke tests failed and it is rolled back. */
    public static SlackNotice testsFailed(String message) {
        return new SlackNotice("ASG tests failed, starting rollback", SlackColor.DANGER, message, "");
    }

    /** A group's smoke tests failed and it stays as it is. */
    public static SlackNotice testsFailedWithoutRollback(String message) {
        return new SlackNotice("ASG tests failed", SlackColor.DANGER, message, "");
    }

    /** A group's refresh or rollback ended badly. */
    public static SlackNotice failed(String group, String reason) {
        return new SlackNotice("ASG refresh failed", SlackColor.DANGER, "Refresh of " + group + " failed", reason);
    }

    /** A group is back on its old version. */
    public static SlackNotice rolledBack(String group, String reason) {
        return new SlackNotice("ASG rolled back", SlackColor.WARNING, group + " is back on its old version", reason);
    }

    /** Slack's three control characters as it wants them written. Source: Slack, "Formatting text for app surfaces". */
    public static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
