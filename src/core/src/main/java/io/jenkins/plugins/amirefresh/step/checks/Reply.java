package io.jenkins.plugins.amirefresh.step.checks;

import io.jenkins.plugins.amirefresh.smoketest.Finding;
import io.jenkins.plugins.amirefresh.smoketest.OldAnswer;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.smoketest.Trial;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a question in this tick: an answer, or a look at it later.
 *
 * @param handle names the question where it is under way, empty where nothing does
 * @param since since when it is under way, or right
 * @param lookAt when to look again, null with an answer
 */
record Reply(@Nullable Finding finding, String handle, @Nullable Instant since, @Nullable Instant lookAt) {

    static Reply of(Finding finding) {
        return new Reply(finding, "", null, null);
    }

    /** It is as it should be since {@code since}, which does not do yet. */
    static Reply rightSince(Finding finding, Instant since) {
        return new Reply(finding, "", since, null);
    }

    static Reply under(String handle, @Nullable Instant since, Instant lookAt) {
        return new Reply(null, handle, since, lookAt);
    }

    Trial laidInto(Trial trial, SmokeTest test, Optional<OldAnswer> old, Instant now) {
        if (finding == null) {
            return trial.under(handle, since, lookAt == null ? now : lookAt);
        }
        Trial base = since == null ? trial : trial.under("", since, trial.nextAt());
        return base.answered(finding, test, old, now);
    }
}
