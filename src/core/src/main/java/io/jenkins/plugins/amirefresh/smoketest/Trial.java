package io.jenkins.plugins.amirefresh.smoketest;

import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One check on one subject, and how it stands.
 *
 * @param check index into {@link SmokeTest#checks()}
 * @param attempts answers so far
 * @param nextAt when to ask next
 * @param decided the verdict, null while it is open
 * @param message what the last answer said
 */
public record Trial(
        int check,
        Subject subject,
        int attempts,
        Instant nextAt,
        @Nullable SmokeTestVerdict decided,
        String message,
        @Nullable Instant endedAt) {

    static Trial open(int check, Subject subject, Instant now) {
        return new Trial(check, subject, 0, now, null, "not asked yet", null);
    }

    /** Unique in the group's test: names the attempt that is under way. */
    public String key() {
        return check + "/" + subject.id() + "/" + (attempts + 1);
    }

    /** The verdict, empty while it is open. */
    public Optional<SmokeTestVerdict> verdict() {
        return Optional.ofNullable(decided);
    }

    /** Should be asked now. */
    public boolean isDue(Instant now) {
        return decided == null && !now.isBefore(nextAt);
    }

    /** The subject answered as it should. */
    public Trial passed(String answer, Instant now) {
        return decided(SmokeTestVerdict.PASSED, answer, now);
    }

    /** The subject answered wrongly, or not at all. */
    public Trial failed(String problem, SmokeTest test, Instant now) {
        return missed(SmokeTestVerdict.FAILED, problem, test, now);
    }

    /** The question could not be sent from our side, so it says nothing about the subject. */
    public Trial notAsked(String problem, SmokeTest test, Instant now) {
        return missed(SmokeTestVerdict.INCONCLUSIVE, problem, test, now);
    }

    /** The subject is still on its way: asked again later, without counting. */
    public Trial early(String answer, SmokeTest test, Instant now) {
        return new Trial(check, subject, attempts, now.plus(test.interval()), null, answer, null);
    }

    // What never answered in time says nothing about the application only when it was never asked.
    Trial outOfTime(Instant now) {
        SmokeTestVerdict verdict = attempts == 0 && message.equals("not asked yet")
                ? SmokeTestVerdict.INCONCLUSIVE
                : SmokeTestVerdict.FAILED;
        return new Trial(check, subject, attempts, nextAt, verdict, message + " when the time was over", now);
    }

    private Trial missed(SmokeTestVerdict kind, String problem, SmokeTest test, Instant now) {
        int asked = attempts + 1;
        if (asked >= test.attempts()) {
            return decided(kind, problem, now);
        }
        return new Trial(check, subject, asked, now.plus(test.interval()), null, problem, null);
    }

    private Trial decided(SmokeTestVerdict verdict, String answer, Instant now) {
        return new Trial(check, subject, attempts + 1, nextAt, verdict, answer, now);
    }
}
