package io.jenkins.plugins.amirefresh.smoketest;

import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the new instances of a group stand to the checks that they have to pass before they count.
 *
 * @param trials of the new instances, and of the load balancers
 * @param backendPort the port of the group's target group, 0 without one
 */
public record Readiness(OldVersion old, List<Trial> trials, List<String> loadBalancers, int backendPort) {

    /** Copies the lists. */
    public Readiness {
        trials = List.copyOf(trials);
        loadBalancers = List.copyOf(loadBalancers);
    }

    /**
     * What is said of one instance.
     *
     * @param isForGood it will not pass any more
     * @param blames it was its own answer, and the old version did not give the same
     * @param answer what it lacks, one line; empty when it passed
     */
    public record Said(boolean passed, boolean isForGood, boolean blames, String answer) {}

    /** Nobody was asked yet. */
    public static Readiness start(OldVersion old, List<String> loadBalancers, int backendPort) {
        return new Readiness(old, List.of(), loadBalancers, backendPort);
    }

    private static boolean asksNoInstance(SmokeTest test) {
        return test.checks().stream().allMatch(check -> check.audience() == Check.Audience.LOAD_BALANCER);
    }

    /** Instances that no trial knows. */
    public List<String> strangers(SmokeTest test, List<String> ids) {
        if (asksNoInstance(test) && !trials.isEmpty()) {
            return List.of();
        }
        return ids.stream()
                .filter(id ->
                        trials.stream().noneMatch(trial -> trial.subject().id().equals(id)))
                .toList();
    }

    /** With trials of new instances, and of the load balancers when they are the first; without those that are gone. */
    public Readiness looking(SmokeTest test, List<Subject> arrived, Set<String> present, Instant now) {
        List<Trial> next = new ArrayList<>(trials.stream()
                .filter(trial -> !trial.subject().isInstance()
                        || present.contains(trial.subject().id()))
                .toList());
        List<Subject> subjects = new ArrayList<>(arrived);
        if (!arrived.isEmpty() && trials.isEmpty()) {
            loadBalancers.forEach(name -> subjects.add(Subject.loadBalancer(name)));
        }
        for (int check = 0; check < test.checks().size(); check++) {
            for (Subject subject : subjects) {
                if (isFor(test.checks().get(check), subject)) {
                    next.add(Trial.open(check, subject, now));
                }
            }
        }
        return new Readiness(old, next, loadBalancers, backendPort);
    }

    /** What is said of the group as a whole holds for each new instance in its own time. */
    private static boolean isFor(Check check, Subject subject) {
        return check.audience().includes(subject) || (subject.isInstance() && check.audience() == Check.Audience.GROUP);
    }

    /** Those to ask now, of the instances that serve and of the load balancers. */
    public List<Trial> due(SmokeTest test, Set<String> serving, Instant now) {
        return trials.stream()
                .filter(trial -> !trial.subject().isInstance()
                        || serving.contains(trial.subject().id()))
                .filter(trial ->
                        trial.isDue(now) || trial.isDueAgain(test.checks().get(trial.check()), now))
                .toList();
    }

    /** With trials that changed. */
    public Readiness with(List<Trial> changed) {
        return new Readiness(
                old,
                trials.stream()
                        .map(trial -> changed.stream()
                                .filter(next -> SmokeTestState.isSame(trial, next))
                                .findFirst()
                                .orElse(trial))
                        .toList(),
                loadBalancers,
                backendPort);
    }

    /** With what the old version answered. */
    public Readiness withOld(OldVersion newOld) {
        return new Readiness(newOld, trials, loadBalancers, backendPort);
    }

    /** What is said of an instance. */
    public Said of(SmokeTest test, String id) {
        Optional<Trial> open = trials.stream()
                .filter(trial ->
                        !trial.subject().isInstance() || trial.subject().id().equals(id))
                .filter(trial -> trial.decided() != SmokeTestVerdict.PASSED)
                .min((one, other) -> Boolean.compare(one.decided() == null, other.decided() == null));
        boolean isKnown = asksNoInstance(test)
                ? !trials.isEmpty()
                : trials.stream().anyMatch(trial -> trial.subject().id().equals(id));
        if (open.isEmpty()) {
            return new Said(isKnown, false, false, isKnown ? "" : "its checks are about to be asked");
        }
        Trial trial = open.get();
        boolean blames = trial.lastFinding()
                .filter(finding -> Trial.verdict(finding, old.answer(trial.check())) == SmokeTestVerdict.FAILED)
                .isPresent();
        return new Said(
                false,
                trial.decided() != null,
                blames,
                trial.told(test.checks().get(trial.check()).name()));
    }
}
