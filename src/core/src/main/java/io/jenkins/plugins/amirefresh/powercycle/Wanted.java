package io.jenkins.plugins.amirefresh.powercycle;

import java.time.Instant;

/**
 * What a schedule wants of a resource at a moment.
 *
 * @param awake it is to run
 * @param since when the schedule last changed its mind
 */
public record Wanted(boolean awake, Instant since) {

    @Override
    public String toString() {
        return (awake ? "running" : "stopped") + " since " + since;
    }
}
