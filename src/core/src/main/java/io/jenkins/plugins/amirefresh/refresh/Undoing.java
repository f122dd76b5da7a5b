package io.jenkins.plugins.amirefresh.refresh;

import java.time.Duration;
import java.time.Instant;

/**
 * What is temporary is being put back, so far in vain.
 *
 * @param since the first try
 * @param words what AWS answered last, one line; empty while it did not refuse
 */
public record Undoing(Instant since, String words) {

    /** How long AWS may be too busy, or not show it, before the rest of the work is worth more than waiting. */
    static final Duration PATIENCE = Duration.ofMinutes(30);

    /** The state in which AWS did not take what was to be put back, for now. */
    public static RefreshState refused(RefreshState state, String words) {
        Undoing undoing = state.temporary().undoing();
        return undoing == null ? state : state.with(state.temporary().with(new Undoing(undoing.since(), words)));
    }

    boolean isVain(Instant now) {
        return now.isAfter(since.plus(PATIENCE));
    }

    /** What is left to say of it when it is given up. */
    String cause() {
        return "AWS did not do it in " + Trouble.text(PATIENCE) + (words.isEmpty() ? "" : ": " + words);
    }
}
