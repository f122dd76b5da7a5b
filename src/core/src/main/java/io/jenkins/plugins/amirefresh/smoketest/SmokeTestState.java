package io.jenkins.plugins.amirefresh.smoketest;

import io.jenkins.plugins.amirefresh.journal.CheckResult;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the test of one group stands.
 *
 * @param old the same checks on instances of the old version, asked first; null in state files of older versions
 */
public record SmokeTestState(Instant startedAt, List<Trial> trials, @Nullable OldVersion old) {

    /** Copies the list. */
    public SmokeTestState {
        trials = List.copyOf(trials);
    }

    /** Every check on each subject it is for, none asked yet, and what is known of the old version. */
    public static SmokeTestState start(SmokeTest test, List<Subject> subjects, OldVersion old, Instant now) {
        List<Trial> trials = new ArrayList<>();
        for (int check = 0; check < test.checks().size(); check++) {
            for (Subject subject : subjects) {
                if (test.checks().get(check).audience().includes(subject)) {
                    trials.add(Trial.open(check, subject, now));
                }
            }
        }
        return new SmokeTestState(now, trials, old);
    }

    private OldVersion oldVersion() {
        return old == null ? OldVersion.UNKNOWN : old;
    }

    /** What the old version answered to a check, empty when nobody saw it. */
    public Optional<OldAnswer> oldAnswer(int check) {
        return oldVersion().answer(check);
    }

    /** Those to ask now of the old version; the new one's turn comes when they have answered. */
    public List<Trial> dueOfOld(Instant now) {
        return oldVersion().due(now);
    }

    /** With trials of the old version that changed. */
    public SmokeTestState withOld(List<Trial> changed) {
        return new SmokeTestState(startedAt, trials, oldVersion().with(changed));
    }

    /** When to look again, empty when everything is decided. */
    public Optional<Instant> nextAt() {
        List<Trial> open = oldVersion().isKnown() ? trials : oldVersion().trials();
        return open.stream()
                .filter(trial -> trial.decided() == null)
                .map(Trial::nextAt)
                .min(Instant::compareTo);
    }

    /** Those to ask now. */
    public List<Trial> due(Instant now) {
        if (!oldVersion().isKnown()) {
            return List.of();
        }
        return trials.stream().filter(trial -> trial.isDue(now)).toList();
    }

    /** With a trial that changed. */
    public SmokeTestState with(Trial changed) {
        return new SmokeTestState(
                startedAt,
                trials.stream()
                        .map(trial -> isSame(trial, changed) ? changed : trial)
                        .toList(),
                old);
    }

    /** Without the instances that left the group: what scaled in has nothing to prove. */
    public SmokeTestState without(Set<String> gone) {
        return new SmokeTestState(
                startedAt,
                trials.stream()
                        .filter(trial -> !trial.subject().isInstance()
                                || !gone.contains(trial.subject().id()))
                        .toList(),
                oldVersion().without(gone));
    }

    /** With everything that is still open decided, when the time is over. */
    public SmokeTestState limited(SmokeTest test, Instant now) {
        if (now.isBefore(startedAt.plus(test.timeLimit()))) {
            return this;
        }
        return new SmokeTestState(
                startedAt,
                trials.stream()
                        .map(trial -> trial.decided() == null ? trial.outOfTime(oldAnswer(trial.check()), now) : trial)
                        .toList(),
                old);
    }

    /** Nothing that is still open can change the verdict. */
    public boolean isOver(SmokeTest test) {
        return trials.stream().allMatch(trial -> trial.decided() != null) || verdict(test) == SmokeTestVerdict.FAILED;
    }

    /** What it comes to; what is open counts as passed, so a failure that shows here is final. */
    public SmokeTestVerdict verdict(SmokeTest test) {
        SmokeTestVerdict worst = trials.isEmpty() ? SmokeTestVerdict.INCONCLUSIVE : SmokeTestVerdict.PASSED;
        for (int check = 0; check < test.checks().size(); check++) {
            worst = worse(worst, verdict(test, check));
        }
        return worst;
    }

    private static SmokeTestVerdict worse(SmokeTestVerdict one, SmokeTestVerdict other) {
        return one == SmokeTestVerdict.FAILED || other == SmokeTestVerdict.PASSED ? one : other;
    }

    private SmokeTestVerdict verdict(SmokeTest test, int check) {
        List<Trial> own =
                trials.stream().filter(trial -> trial.check() == check).toList();
        if (own.isEmpty()) {
            return SmokeTestVerdict.INCONCLUSIVE;
        }
        long failed = count(own, SmokeTestVerdict.FAILED);
        long unknown = count(own, SmokeTestVerdict.INCONCLUSIVE);
        int mayMiss = own.size() - test.needed(own.size());
        if (failed > mayMiss) {
            return SmokeTestVerdict.FAILED;
        }
        return failed + unknown > mayMiss ? SmokeTestVerdict.INCONCLUSIVE : SmokeTestVerdict.PASSED;
    }

    private static long count(List<Trial> trials, SmokeTestVerdict verdict) {
        return trials.stream().filter(trial -> trial.decided() == verdict).count();
    }

    /** One row a check and subject, open ones as inconclusive. */
    public List<CheckResult> results(SmokeTest test, Instant now) {
        return trials.stream()
                .map(trial -> new CheckResult(
                        test.checks().get(trial.check()).name(),
                        trial.subject().id(),
                        trial.verdict().orElse(SmokeTestVerdict.INCONCLUSIVE),
                        trial.message(),
                        Math.max(1, trial.attempts()),
                        Duration.between(startedAt, trial.endedAt() == null ? now : trial.endedAt())))
                .toList();
    }

    /** Why it did not pass, in one line: each check that missed with how many, and the first answer. */
    public String reason(SmokeTest test) {
        List<String> reasons = new ArrayList<>();
        for (int check = 0; check < test.checks().size(); check++) {
            int index = check;
            List<Trial> own =
                    trials.stream().filter(trial -> trial.check() == index).toList();
            List<Trial> missed = own.stream()
                    .filter(trial -> trial.decided() != null && trial.decided() != SmokeTestVerdict.PASSED)
                    .toList();
            if (own.isEmpty()) {
                reasons.add(test.checks().get(check).name() + ": nobody to ask");
            } else if (!missed.isEmpty()) {
                reasons.add(test.checks().get(check).name() + " on " + missed.size() + " of " + own.size() + ": "
                        + missed.get(0).subject().id() + " " + missed.get(0).message());
            }
        }
        return reasons.stream().collect(Collectors.joining("; "));
    }

    /**
     * What another version fails alike, of the checks that this one failed: each with its answer, one line; empty when it
     * passes one of them or answers otherwise.
     */
    public String alike(SmokeTest test, OldVersion other) {
        List<String> alike = new ArrayList<>();
        for (int check = 0; check < test.checks().size(); check++) {
            if (verdict(test, check) != SmokeTestVerdict.FAILED) {
                continue;
            }
            int index = check;
            Optional<OldAnswer> answer = other.answer(index).filter(known -> trials.stream()
                    .filter(trial -> trial.check() == index && trial.decided() == SmokeTestVerdict.FAILED)
                    .flatMap(trial -> trial.lastFinding().stream())
                    .anyMatch(known::isLike));
            if (answer.isEmpty()) {
                return "";
            }
            alike.add(test.checks().get(check).name() + ": "
                    + answer.get().finding().text());
        }
        return String.join("; ", alike);
    }

    static boolean isSame(Trial one, Trial other) {
        return one.check() == other.check() && one.subject().equals(other.subject());
    }
}
