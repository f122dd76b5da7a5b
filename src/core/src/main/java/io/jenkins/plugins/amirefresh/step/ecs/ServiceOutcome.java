package io.jenkins.plugins.amirefresh.step.ecs;

/** What became of a service. */
enum ServiceOutcome {
    /** It runs what was wanted. */
    UPDATED("updated"),
    /** It had it already. */
    UNCHANGED("unchanged"),
    /** A dry run: it would be updated. */
    PLANNED("planned"),
    /** Its turn did not come, because another one failed or the build ended. */
    HELD("held"),
    /** It runs what it ran before. */
    ROLLED_BACK("rolled-back"),
    /** It is left as its reason says. */
    FAILED("failed");

    private final String text;

    ServiceOutcome(String text) {
        this.text = text;
    }

    /** The word in rows. */
    String text() {
        return text;
    }
}
