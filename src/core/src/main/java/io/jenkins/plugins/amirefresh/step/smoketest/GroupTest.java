package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.OldVersion;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTestState;
import io.jenkins.plugins.amirefresh.smoketest.Subject;
import io.jenkins.plugins.amirefresh.smoketest.Trial;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.checks.OldAnswers;
import io.jenkins.plugins.amirefresh.step.checks.OldInstances;
import io.jenkins.plugins.amirefresh.step.checks.Once;
import io.jenkins.plugins.amirefresh.step.checks.Prober;
import io.jenkins.plugins.amirefresh.step.checks.Question;
import io.jenkins.plugins.amirefresh.step.checks.Question.Asked;
import io.jenkins.plugins.amirefresh.step.checks.Reach;
import io.jenkins.plugins.amirefresh.step.fleet.GroupNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One tick of the test of one group. */
final class GroupTest {

    private static final Duration WHILE_WAITING = Duration.ofSeconds(1);

    private final StepHost host;
    private final SmokeTest test;
    private final GroupNames names;
    private final Instant now;

    GroupTest(StepHost host, SmokeTest test, GroupNames names, Instant now) {
        this.host = host;
        this.names = names;
        this.test = test;
        this.now = now;
    }

    /**
     * What a tick came to.
     *
     * @param after when to look again
     */
    record Tick(TestWork work, Duration after) {}

    /** Asks what is due and decides what can be decided. */
    Tick tick(TestWork work, Optional<GroupObservation> found, Optional<RefreshRecord> record) {
        if (found.isEmpty()) {
            return decided(work, SmokeTestVerdict.INCONCLUSIVE, "the group no longer exists");
        }
        TestWork started = work;
        try {
            Cloud cloud = host.cloud(work.place().access(), work.place().region());
            started = work.state() == null ? started(work, found.get(), record, cloud) : work;
            return tick(started, found.get(), record, cloud);
        } catch (CloudException e) {
            SmokeTestState state = started.state();
            boolean isLate = state != null && !now.isBefore(state.startedAt().plus(test.timeLimit()));
            return e.isTransient() && !isLate
                    ? new Tick(said(started, "waiting: " + e.getMessage()), test.interval())
                    : decided(started, SmokeTestVerdict.INCONCLUSIVE, String.valueOf(e.getMessage()));
        }
    }

    /**
     * A group at 0 that launches what it was brought to is left alone: nothing is there to ask, and no check would change
     * that. A canary that went with its group's last instance was never proven.
     */
    Optional<TestWork> idle(TestWork work, GroupObservation group, Optional<RefreshRecord> record) {
        boolean isAtZero = group.capacity().desired() == 0 && group.hasNoInstances();
        boolean isCanary = host.journal().history().group(work.group()).canary().isPresent();
        if (work.state() != null || !isAtZero || isCanary || record.isEmpty()) {
            return Optional.empty();
        }
        try {
            return launches(work, group, record.get())
                    ? Optional.of(idle(work, group.emptyLaunching(record.get().to())))
                    : Optional.empty();
        } catch (CloudException e) {
            return Optional.empty();
        }
    }

    private TestWork idle(TestWork work, String why) {
        return said(work.untested(why), "not tested: it has " + why);
    }

    private boolean launches(TestWork work, GroupObservation group, RefreshRecord record) {
        Cloud cloud = host.cloud(work.place().access(), work.place().region());
        return group.launchSource()
                .mainTemplate()
                .filter(use -> use.id().equals(record.template()))
                .flatMap(use -> cloud.launchTemplates().version(use.id(), use.version()))
                .filter(data -> data.version().equals(record.to()))
                .isPresent();
    }

    private Tick tick(TestWork started, GroupObservation group, Optional<RefreshRecord> record, Cloud cloud) {
        SmokeTestState before = started.state();
        if (before == null || before.trials().isEmpty()) {
            return decided(started, SmokeTestVerdict.INCONCLUSIVE, "there is no instance in service to ask");
        }
        SmokeTestState present = before.without(gone(before, group));
        Prober first = new Prober(question(started, group, cloud, Asked.OLD), test.ofOld(), OldInstances.NONE);
        present = present.withOld(first.asked(present.dueOfOld(now), check -> Optional.empty()));
        SmokeTestState known = present;
        Prober prober = new Prober(
                question(started, group, cloud, Asked.NEW), test, oldInstances(started, group, record, cloud));
        SmokeTestState asked = known;
        for (Trial trial : prober.asked(known.due(now), known::oldAnswer)) {
            asked = asked.with(trial);
        }
        SmokeTestState state = asked.limited(test, now);
        TestWork next = started.with(state);
        if (state.isOver(test)) {
            SmokeTestVerdict verdict = state.verdict(test);
            return decided(next, verdict, verdict == SmokeTestVerdict.PASSED ? "" : state.reason(test));
        }
        return new Tick(next, first.isWaiting() || prober.isWaiting() ? WHILE_WAITING : untilNext(state));
    }

    private TestWork started(TestWork work, GroupObservation group, Optional<RefreshRecord> record, Cloud cloud) {
        List<InstanceId> instances = group.instances().stream()
                .filter(instance -> isSubject(instance, record))
                .map(InstanceObservation::id)
                .toList();
        Reach reach = Reach.of(cloud, group);
        List<Subject> subjects = new ArrayList<>(Reach.instances(cloud, instances));
        reach.loadBalancers().forEach(name -> subjects.add(Subject.loadBalancer(name)));
        if (!instances.isEmpty()) {
            subjects.add(Subject.group(group.key().name().value()));
        }
        List<Subject> old = Reach.instances(cloud, old(group, record));
        OldVersion before = old.isEmpty()
                ? OldAnswers.of(host.journal().history(), work.group(), test, now)
                : OldVersion.of(test, old, now);
        String checks = test.checks().stream().map(Check::name).collect(Collectors.joining(", "));
        TestWork begun = work.started(SmokeTestState.start(test, subjects, before, now), reach.backendPort());
        return said(begun, "testing " + instances.size() + " instances: " + checks);
    }

    /**
     * Asks the version that the group came back to, as far as it can be asked the same.
     *
     * @param record of the way back
     */
    Tick again(TestWork work, GroupObservation group, RefreshRecord record) {
        try {
            Cloud cloud = host.cloud(work.place().access(), work.place().region());
            OldVersion known = work.again() == null ? begun(group, record, cloud) : work.again();
            Prober prober = new Prober(question(work, group, cloud, Asked.AGAIN), test.ofOld(), OldInstances.NONE);
            OldVersion asked = known.with(prober.asked(known.due(now), check -> Optional.empty()));
            return new Tick(work.with(asked), asked.isKnown() ? Duration.ZERO : WHILE_WAITING);
        } catch (CloudException e) {
            return new Tick(said(work, "waiting: " + e.getMessage()), test.interval());
        }
    }

    private OldVersion begun(GroupObservation group, RefreshRecord record, Cloud cloud) {
        List<InstanceId> back = group.instances().stream()
                .filter(instance -> instance.isHealthyInService() && !record.isNew(instance))
                .map(InstanceObservation::id)
                .toList();
        return OldVersion.of(test, Reach.instances(cloud, back), now);
    }

    private static boolean isSubject(InstanceObservation instance, Optional<RefreshRecord> record) {
        return instance.isHealthyInService()
                && record.map(known -> known.isNew(instance)).orElse(true);
    }

    /** Instances of the version that the group came from, as long as it has some. */
    private static List<InstanceId> old(GroupObservation group, Optional<RefreshRecord> record) {
        return group.instances().stream()
                .filter(instance -> instance.isHealthyInService()
                        && record.filter(known -> instance.isOn(known.template(), known.from()))
                                .isPresent()
                        && !isSubject(instance, record))
                .map(InstanceObservation::id)
                .toList();
    }

    private OldInstances oldInstances(
            TestWork work, GroupObservation group, Optional<RefreshRecord> record, Cloud cloud) {
        if (!test.comparesMetrics()) {
            return OldInstances.NONE;
        }
        Instant until = host.journal()
                .history()
                .row(work.group())
                .map(GroupResult::startedAt)
                .orElse(null);
        return new OldInstances(Reach.instances(cloud, old(group, record)), until);
    }

    private Question question(TestWork work, GroupObservation group, Cloud cloud, Asked asked) {
        return new Question(
                host,
                work.place(),
                work.group(),
                work.backendPort(),
                new Once<>(() -> Reach.health(cloud, group)),
                asked,
                now);
    }

    private static Set<String> gone(SmokeTestState state, GroupObservation group) {
        Set<String> present = group.instances().stream()
                .filter(instance -> !instance.lifecycleState().isLeaving())
                .map(instance -> instance.id().value())
                .collect(Collectors.toSet());
        return state.trials().stream()
                .filter(trial -> trial.subject().isInstance())
                .map(trial -> trial.subject().id())
                .filter(id -> !present.contains(id))
                .collect(Collectors.toSet());
    }

    private Duration untilNext(SmokeTestState state) {
        Instant limit = state.startedAt().plus(test.timeLimit());
        Instant next = state.nextAt().filter(moment -> moment.isBefore(limit)).orElse(limit);
        Duration wait = Duration.between(now, next);
        return wait.compareTo(WHILE_WAITING) < 0 ? WHILE_WAITING : wait;
    }

    private Tick decided(TestWork work, SmokeTestVerdict verdict, String reason) {
        String line =
                switch (verdict) {
                    case PASSED -> "tests passed";
                    case FAILED -> "tests failed: " + reason;
                    case INCONCLUSIVE -> "tests inconclusive: " + reason;
                };
        return new Tick(said(work.decided(verdict, reason), line), Duration.ZERO);
    }

    TestWork said(TestWork work, String line) {
        if (line.equals(work.line())) {
            return work;
        }
        host.log(names.of(work.group()) + ": " + line);
        return work.saying(line);
    }
}
