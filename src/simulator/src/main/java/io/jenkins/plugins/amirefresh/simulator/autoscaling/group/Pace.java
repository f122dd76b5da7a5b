package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

import io.jenkins.plugins.amirefresh.simulator.kernel.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What makes a group wait or hurry: its next evaluation, launches that failed, cooldown, why the next launches happen. */
public final class Pace {

    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(15);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(15);

    private final Deque<String> replacementCauses = new ArrayDeque<>();
    private @Nullable String desiredCause;
    private @Nullable Instant evaluationAt;
    private SimulatedTime.@Nullable Scheduled evaluation;
    private Instant cooldownUntil = Instant.MIN;
    private Instant launchesFrom = Instant.MIN;
    private int failedLaunches;
    private @Nullable String lastFailure;

    /** Whether an evaluation at {@code moment} or earlier is already planned. */
    public boolean isDueBy(Instant moment) {
        return evaluationAt != null && !evaluationAt.isAfter(moment);
    }

    /** Replaces the planned evaluation by an earlier one. */
    public void evaluateAt(Instant moment, SimulatedTime.Scheduled scheduled) {
        if (evaluation != null) {
            evaluation.cancel();
        }
        evaluationAt = moment;
        evaluation = scheduled;
    }

    /** The planned evaluation runs now. */
    public void evaluating() {
        evaluationAt = null;
        evaluation = null;
    }

    /** The next launches happen because of this. */
    public void desiredChanged(String cause) {
        desiredCause = cause;
    }

    /** Why the desired capacity changed last; said once per evaluation. */
    public Optional<String> desiredCause() {
        return Optional.ofNullable(desiredCause);
    }

    /** It has been said. */
    public void forgetDesiredCause() {
        desiredCause = null;
    }

    /** One of the next launches replaces something. */
    public void replaces(String cause) {
        replacementCauses.add(cause);
    }

    /** Why the next launch happens, if it replaces something. */
    public Optional<String> nextReplacement() {
        return Optional.ofNullable(replacementCauses.poll());
    }

    /** Nothing is left to replace. */
    public void forgetReplacements() {
        replacementCauses.clear();
    }

    /** Until when simple scaling waits. */
    public Instant cooldownUntil() {
        return cooldownUntil;
    }

    /** A scaling activity ended. */
    public void coolDown(Instant until) {
        cooldownUntil = until;
    }

    /** When the next launch may be tried. */
    public Instant launchesFrom() {
        return launchesFrom;
    }

    /** A launch failed: the next try comes later, twice as late each time. */
    public void launchFailed(Instant now, String message) {
        Duration wait = FIRST_BACK_OFF.multipliedBy(1L << Math.min(failedLaunches, 10));
        launchesFrom = now.plus(wait.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : wait);
        failedLaunches++;
        lastFailure = message;
    }

    /** A launch worked, or the configuration changed. */
    public void launchWorked() {
        failedLaunches = 0;
        launchesFrom = Instant.MIN;
        lastFailure = null;
    }

    /** What EC2 said when the last launch failed; empty after one that worked. */
    public Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }
}
