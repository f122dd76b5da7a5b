package io.jenkins.plugins.amirefresh.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is temporary is being put back, so far in vain.
 *
 * @param since the first try
 * @param words what AWS answered last, one line; empty while it did not refuse
 */
public record Undoing(Instant since, String words) {

    /** How long AWS may be too busy, or not show it, before the rest of the work is worth more than waiting. */
    static final Duration PATIENCE = Duration.ofMinutes(30);

    /** The state in which AWS did not take a change, for now; only who puts back or leaves counts that. */
    public static RefreshState refused(RefreshState state, String words, Instant now) {
        Undoing before = state.temporary().undoing();
        boolean isLeaving = state.earlyEnding()
                .filter(ending -> ending.way() == RefreshState.Ending.Way.LEAVE)
                .isPresent();
        return before == null && !isLeaving
                ? state
                : state.with(state.temporary().with(new Undoing(before == null ? now : before.since(), words)));
    }

    /** The state in which AWS takes changes again. */
    public static RefreshState taken(RefreshState state) {
        Undoing before = state.temporary().undoing();
        return before == null || before.words().isEmpty()
                ? state
                : state.with(state.temporary().with((Undoing) null));
    }

    /** A group that is left is not worked on without an end: why it is given up as it is; empty while it is not. */
    static Optional<String> givenUp(Tick tick, Decided decided) {
        return tick.isEnding(RefreshState.Ending.Way.LEAVE) && decided.decision() instanceof RefreshDecision.Act act
                ? Optional.ofNullable(tick.state().temporary().undoing())
                        .filter(undoing -> undoing.isVain(tick.now()))
                        .map(undoing -> act.reason() + ": " + undoing.cause())
                : Optional.empty();
    }

    boolean isVain(Instant now) {
        return now.isAfter(since.plus(PATIENCE));
    }

    /** What is left to say of it when it is given up. */
    String cause() {
        return "AWS did not do it in " + Trouble.text(PATIENCE) + (words.isEmpty() ? "" : ": " + words);
    }
}
