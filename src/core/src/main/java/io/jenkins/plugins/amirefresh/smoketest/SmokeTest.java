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

    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final int NO_END = Integer.MAX_VALUE;

    /** Copies the list. */
    public SmokeTest {
        checks = List.copyOf(checks);
    }

    /** What a new instance has to pass before it counts: asked until it does, and on after that. */
    public static SmokeTest ofReadiness(List<Check> checks) {
        return new SmokeTest(checks, 100, NO_END, INTERVAL, Duration.ofDays(365));
    }

    /** What one instance of a new image has to pass: asked until it does, or the time is over. */
    public static SmokeTest ofBoot(List<Check> checks, Duration timeLimit) {
        return new SmokeTest(checks, 100, NO_END, INTERVAL, timeLimit);
    }

    /** For the old version: a second look decides. */
    public SmokeTest ofOld() {
        return new SmokeTest(checks, 100, 2, interval, timeLimit);
    }

    /** A metric of the new version is laid beside the old version's. */
    public boolean comparesMetrics() {
        return checks.stream()
                .anyMatch(
                        check -> check instanceof Check.Metric && check.basics().sameAsOld());
    }

    /** What is asked of whom, as a text that is equal for equal questions. */
    public String asked() {
        return quorum + "% of " + checks;
    }

    /** No answer is the last one. */
    boolean goesOn() {
        return attempts == NO_END;
    }

    /** Between two questions of a check to the same subject. */
    Duration interval(Check check) {
        Duration own = check.basics().interval();
        return own == null ? interval : own;
    }

    /** How many of {@code subjects} must pass a check. */
    int needed(int subjects) {
        return (subjects * quorum + 99) / 100;
    }
}
