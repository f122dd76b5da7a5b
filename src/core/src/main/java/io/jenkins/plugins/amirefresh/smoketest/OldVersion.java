package io.jenkins.plugins.amirefresh.smoketest;

import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What instances of the old version answer to the checks, before anything is judged by them. */
public record OldVersion(List<Trial> trials) {

    /** Nobody saw it. */
    public static final OldVersion UNKNOWN = new OldVersion(List.of());

    /** One that is ill alone says nothing of its version. */
    private static final int MOST = 3;

    /** Copies the list. */
    public OldVersion {
        trials = List.copyOf(trials);
    }

    /** Each check that can be compared, on the first few of these. */
    public static OldVersion of(SmokeTest test, List<Subject> instances, Instant now) {
        List<Trial> trials = new ArrayList<>();
        for (int check = 0; check < test.checks().size(); check++) {
            Check asked = test.checks().get(check);
            if (asked.suitsOld() && asked.audience() != Check.Audience.LOAD_BALANCER) {
                int most = asked.audience() == Check.Audience.GROUP ? 1 : MOST;
                int index = check;
                instances.stream().limit(most).forEach(subject -> trials.add(Trial.open(index, subject, now)));
            }
        }
        return new OldVersion(trials);
    }

    /** Nothing is left to ask. */
    public boolean isKnown() {
        return trials.stream().allMatch(trial -> isDone(trial.check()));
    }

    private boolean isDone(int check) {
        return of(check).stream().anyMatch(trial -> trial.decided() == SmokeTestVerdict.PASSED)
                || of(check).stream().allMatch(trial -> trial.decided() != null);
    }

    private List<Trial> of(int check) {
        return trials.stream().filter(trial -> trial.check() == check).toList();
    }

    /** Those to ask now. */
    public List<Trial> due(Instant now) {
        return trials.stream()
                .filter(trial -> !isDone(trial.check()) && trial.isDue(now))
                .toList();
    }

    /** With trials that changed. */
    public OldVersion with(List<Trial> changed) {
        return new OldVersion(trials.stream()
                .map(trial -> changed.stream()
                        .filter(next -> SmokeTestState.isSame(trial, next))
                        .findFirst()
                        .orElse(trial))
                .toList());
    }

    /** Without instances that are gone and had not answered. */
    public OldVersion without(Set<String> gone) {
        return new OldVersion(trials.stream()
                .filter(trial -> trial.decided() != null
                        || !gone.contains(trial.subject().id()))
                .toList());
    }

    /** What it answered: the best of what its instances did, empty when nobody saw it. */
    public Optional<OldAnswer> answer(int check) {
        List<Trial> decided =
                of(check).stream().filter(trial -> trial.decided() != null).toList();
        return decided.stream()
                .filter(trial -> trial.decided() == SmokeTestVerdict.PASSED)
                .findFirst()
                .or(() -> decided.stream().findFirst())
                .flatMap(trial -> trial.lastFinding()
                        .map(finding -> new OldAnswer(trial.subject().id(), finding)));
    }
}
