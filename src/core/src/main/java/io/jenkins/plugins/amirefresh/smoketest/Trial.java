package io.jenkins.plugins.amirefresh.smoketest;

import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One check on one subject, and how it stands.
 *
 * @param check index into {@link SmokeTest#checks()}
 * @param attempts wrong answers so far
 * @param nextAt when to ask next, or to look what became of the question under way
 * @param decided the verdict, null while it is open
 * @param message what the last answer said
 * @param tally null in state files of older versions
 */
public record Trial(
        int check,
        Subject subject,
        int attempts,
        Instant nextAt,
        @Nullable SmokeTestVerdict decided,
        String message,
        @Nullable Instant endedAt,
        @Nullable Tally tally) {

    private static final String NOT_ASKED_YET = "not asked yet";

    static Trial open(int check, Subject subject, Instant now) {
        return new Trial(check, subject, 0, now, null, NOT_ASKED_YET, null, Tally.NONE);
    }

    /** Decided by what an earlier step saw. */
    public static Trial known(int check, String subject, Finding finding, Instant now) {
        SmokeTestVerdict verdict =
                finding.kind() == Finding.Kind.PASSED ? SmokeTestVerdict.PASSED : SmokeTestVerdict.FAILED;
        Tally tally = Tally.NONE.answered(finding, 0);
        return new Trial(check, Subject.instance(subject, ""), 1, now, verdict, finding.text(), now, tally);
    }

    /** What it counts. */
    public Tally counts() {
        return tally == null ? Tally.NONE : tally;
    }

    /** Unique in the group's test: names the question that is under way. */
    public String key() {
        return check + "/" + subject.id() + "/" + (Math.max(attempts, counts().asked()) + 1);
    }

    /** The verdict, empty while it is open. */
    public Optional<SmokeTestVerdict> verdict() {
        return Optional.ofNullable(decided);
    }

    /** Should be asked now. */
    public boolean isDue(Instant now) {
        return decided == null && !now.isBefore(nextAt);
    }

    /** What the last answer was; empty before the first one. */
    Optional<Finding> lastFinding() {
        Finding.Kind last = counts().last();
        return last == null ? Optional.empty() : Optional.of(new Finding(last, counts().answer(), message));
    }

    /** A question is under way since {@code since}, or the answer is right since then; looked at again after a while. */
    public Trial under(String handle, @Nullable Instant since, Instant lookAt) {
        return new Trial(check, subject, attempts, lookAt, decided, message, endedAt, counts().under(handle, since));
    }

    /** The state after an answer, where the old version answered {@code old}. */
    public Trial answered(Finding finding, SmokeTest test, Optional<OldAnswer> old, Instant now) {
        Check asked = test.checks().get(check);
        if (asked instanceof Check.Metric metric) {
            return measured(finding, metric, test, now);
        }
        boolean isLikeOld = old.filter(known -> known.isLike(finding)).isPresent();
        if (asked.basics().sameAsOld() && isLikeOld) {
            return passed(finding, finding.text() + ", as the old version does", asked, test, now);
        }
        return switch (finding.kind()) {
            case PASSED -> passed(finding, finding.text(), asked, test, now);
            case EARLY, UNKNOWN -> later(finding, asked, test, now);
            case FAILED, FAILED_FOR_GOOD, SILENT, NOT_ASKED -> missed(finding, asked, test, old, now);
        };
    }

    private Trial passed(Finding finding, String text, Check asked, SmokeTest test, Instant now) {
        int passes = counts().passes() + 1;
        Tally counted = counts().answered(finding, passes);
        Instant next = now.plus(test.interval(asked));
        return passes >= asked.basics().healthyThresholdCount()
                ? new Trial(check, subject, attempts + 1, next, SmokeTestVerdict.PASSED, text, now, counted)
                : new Trial(
                        check,
                        subject,
                        attempts,
                        next,
                        null,
                        text + ", " + passes + " of " + asked.basics().healthyThresholdCount() + " in a row",
                        null,
                        counted);
    }

    private Trial later(Finding finding, Check asked, SmokeTest test, Instant now) {
        Tally counted = counts().answered(finding, counts().passes());
        return new Trial(check, subject, attempts, now.plus(test.interval(asked)), null, finding.text(), null, counted);
    }

    private Trial missed(Finding finding, Check asked, SmokeTest test, Optional<OldAnswer> old, Instant now) {
        Tally counted = counts().answered(finding, 0).under("", null);
        boolean isForGood = finding.kind() == Finding.Kind.FAILED_FOR_GOOD;
        int misses = attempts + 1;
        boolean isLast = !test.goesOn() && (isForGood || misses >= test.attempts());
        boolean endsReadiness = test.goesOn()
                && isForGood
                && old.filter(known -> known.isLike(finding)).isEmpty();
        if (isLast || endsReadiness) {
            return new Trial(
                    check, subject, misses, nextAt, verdict(finding, old), explained(finding, old), now, counted);
        }
        return new Trial(
                check, subject, misses, now.plus(test.interval(asked)), null, explained(finding, old), null, counted);
    }

    /** Measurements count until there are enough, or too many that are not as they should be. */
    private Trial measured(Finding finding, Check.Metric metric, SmokeTest test, Instant now) {
        Measuring measuring = metric.measuring();
        Instant next = now.plus(measuring.interval());
        boolean isNotThereYet = finding.kind() == Finding.Kind.UNKNOWN
                && finding.answer().equals(Measuring.NO_DATA)
                && counts().measurements() == 0;
        if (isNotThereYet) {
            return new Trial(check, subject, attempts, next, null, finding.text(), null, counts().answered(finding, 0));
        }
        if (finding.kind() == Finding.Kind.NOT_ASKED) {
            int misses = attempts + 1;
            Tally counted = counts().answered(finding, counts().passes());
            boolean isLast = !test.goesOn() && misses >= test.attempts();
            return new Trial(
                    check,
                    subject,
                    misses,
                    next,
                    isLast ? SmokeTestVerdict.INCONCLUSIVE : null,
                    finding.text(),
                    isLast ? now : null,
                    counted);
        }
        Tally counted = counts().measured(finding);
        int measurements = counted.measurements();
        SmokeTestVerdict verdict = null;
        if (counted.failures() > measuring.failureLimit()) {
            verdict = SmokeTestVerdict.FAILED;
        } else if (counted.inconclusive() > measuring.inconclusiveLimit()) {
            verdict = SmokeTestVerdict.INCONCLUSIVE;
        } else if (measurements >= measuring.count()) {
            verdict = SmokeTestVerdict.PASSED;
        }
        String text = finding.text() + " (" + measurements + " of " + measuring.count() + " measurements)";
        return new Trial(check, subject, 0, next, verdict, text, verdict == null ? null : now, counted);
    }

    /** What a wrong answer comes to, beside the old version's. */
    static SmokeTestVerdict verdict(Finding finding, Optional<OldAnswer> old) {
        boolean isTelling = finding.kind() != Finding.Kind.SILENT
                || old.filter(OldAnswer::isAnAnswer).isPresent();
        boolean isLikeOld = old.filter(known -> known.isLike(finding)).isPresent();
        return finding.isWrong() && isTelling && !isLikeOld ? SmokeTestVerdict.FAILED : SmokeTestVerdict.INCONCLUSIVE;
    }

    private static String explained(Finding finding, Optional<OldAnswer> old) {
        Optional<OldAnswer> alike = old.filter(known -> known.isLike(finding));
        if (alike.isPresent()) {
            return finding.text() + "; so does the old version's " + alike.get().subject();
        }
        return finding.kind() == Finding.Kind.SILENT && old.isEmpty()
                ? finding.text() + "; the old version was not seen to answer from here either"
                : finding.text();
    }

    /** What never answered in time says nothing about the application when it was never asked. */
    Trial outOfTime(Optional<OldAnswer> old, Instant now) {
        SmokeTestVerdict verdict = lastFinding()
                .map(finding -> switch (finding.kind()) {
                    case EARLY -> SmokeTestVerdict.FAILED;
                    case PASSED -> attempts > 0 ? SmokeTestVerdict.FAILED : SmokeTestVerdict.INCONCLUSIVE;
                    case FAILED, FAILED_FOR_GOOD, SILENT, NOT_ASKED, UNKNOWN -> verdict(finding, old);
                })
                .orElseGet(() -> attempts == 0 && message.equals(NOT_ASKED_YET)
                        ? SmokeTestVerdict.INCONCLUSIVE
                        : SmokeTestVerdict.FAILED);
        return new Trial(check, subject, attempts, nextAt, verdict, message + " when the time was over", now, tally);
    }

    /** It passed and is asked again: the verdict stands until a wrong answer comes. */
    boolean isDueAgain(Check asked, Instant now) {
        return decided == SmokeTestVerdict.PASSED && asked.goesOn() && !now.isBefore(nextAt);
    }

    /** Why it cannot be told yet, or what was wrong. */
    String told(String name) {
        return name + ": " + (message.equals(NOT_ASKED_YET) ? "being asked" : message);
    }
}
