package io.jenkins.plugins.amirefresh.refresh;

/** What a refresh may take so long and no longer. */
public enum TimeLimit {
    /** A new instance, until it is in service and healthy. */
    INSTANCE("an instance"),
    /** A batch. */
    BATCH("a batch"),
    /** The whole group. */
    GROUP("the group");

    private final String text;

    TimeLimit(String text) {
        this.text = text;
    }

    /** For people. */
    String text() {
        return text;
    }
}
