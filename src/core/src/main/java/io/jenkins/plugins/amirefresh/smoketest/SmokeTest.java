package io.jenkins.plugins.amirefresh.smoketest;

import java.time.Duration;
import java.util.List;

/**
 * What proves a group.
 *
 * @param quorum percent of the subjects of each check that must pass, 1-100
 * @param attempts how often a subject may be asked before its answer counts, 1 or more
 * @param interval between two attempts
 * @param timeLimit for the whole test of a group
 */
public record SmokeTest(List<Check> checks, int quorum, int attempts, Duration interval, Duration timeLimit) {

    /** Copies the list. */
    public SmokeTest {
        checks = List.copyOf(checks);
    }

    /** How many of {@code subjects} must pass a check. */
    int needed(int subjects) {
        return (subjects * quorum + 99) / 100;
    }
}
