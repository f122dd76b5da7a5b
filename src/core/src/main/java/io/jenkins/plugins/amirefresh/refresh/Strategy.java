package io.jenkins.plugins.amirefresh.refresh;

/** One way to replace instances; keeps nothing between two ticks. */
interface Strategy {

    /** What comes next, on a read that is newer than the last change and shows its effect. */
    Decided decide(Tick tick);
}
