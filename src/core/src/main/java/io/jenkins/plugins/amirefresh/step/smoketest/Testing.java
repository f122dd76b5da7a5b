package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.CheckResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.checks.Reach;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupNames;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.fleet.HoldTag;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.smoketest.TestWork.Rollback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One tick over every group whose test goes on, and what follows from the verdicts. The engine's tick comes after it. */
final class Testing {

    private static final String PREFIX = "test:";
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final SmokeTest test;
    private final StepHost host;
    private final Consequences consequences;

    Testing(SmokeTest test, StepHost host, Consequences consequences) {
        this.test = test;
        this.host = host;
        this.consequences = consequences;
    }

    /**
     * What a tick came to.
     *
     * @param after when the next question is due
     */
    record Round(StepState state, Duration after) {}

    static List<TestWork> works(StepState state) {
        return state.readAll(PREFIX, TestWork.class);
    }

    static Optional<TestWork> work(StepState state, String group) {
        return state.read(PREFIX + group, TestWork.class);
    }

    static StepState withWorks(StepState state, List<TestWork> works) {
        Map<String, String> documents = new LinkedHashMap<>();
        works.forEach(work -> documents.put(PREFIX + work.group(), Json.write(work)));
        return state.withAll(documents);
    }

    Round tick(StepState state) {
        List<TestWork> works = works(state);
        if (works.stream().noneMatch(work -> work.isTesting() || work.isGoingBack())) {
            return new Round(state, Duration.ZERO);
        }
        Fleet fleet =
                Fleet.readWhatAnswers(host, works.stream().map(TestWork::place).toList());
        GroupTest ticking =
                new GroupTest(host, test, GroupNames.in(state), host.clock().instant());
        List<TestWork> after = new ArrayList<>();
        Duration soonest = LONGEST_WAIT;
        for (TestWork work : works) {
            GroupTest.Tick tick = work.isTesting()
                    ? tick(ticking, work, fleet)
                    : back(ticking, work, fleet, FleetWork.work(state, work.group()));
            after.add(tick.work());
            soonest = tick.after().compareTo(soonest) < 0 ? tick.after() : soonest;
        }
        return new Round(consequences.begun(withWorks(state, after), after, fleet), soonest);
    }

    private GroupTest.Tick tick(GroupTest ticking, TestWork work, Fleet fleet) {
        Optional<CloudException> problem = fleet.problem(work.place());
        if (problem.isPresent()) {
            return problem.get().isTransient()
                    ? new GroupTest.Tick(work, test.interval())
                    : new GroupTest.Tick(
                            consequences.refused(
                                    work, String.valueOf(problem.get().getMessage())),
                            LONGEST_WAIT);
        }
        var group = fleet.group(work.group()).map(LocatedGroup::group);
        var idle = group.flatMap(found -> ticking.idle(work, found, consequences.record(found)));
        if (idle.isPresent()) {
            return new GroupTest.Tick(idle.get(), LONGEST_WAIT);
        }
        var refusal = group.flatMap(found -> Reach.refusal(found, test.checks()));
        if (refusal.isPresent()) {
            return new GroupTest.Tick(consequences.refused(work, refusal.get()), LONGEST_WAIT);
        }
        GroupTest.Tick tick = ticking.tick(work, group, group.flatMap(consequences::record));
        if (tick.work().isTesting()) {
            return tick;
        }
        fleet.group(work.group()).ifPresent(located -> hold(located, tick.work()));
        return new GroupTest.Tick(consequences.decided(tick.work(), test), LONGEST_WAIT);
    }

    /** What the test came to is known to later builds, too. */
    private void hold(LocatedGroup located, TestWork work) {
        SmokeTestVerdict verdict = work.verdict();
        if (verdict == SmokeTestVerdict.PASSED) {
            HoldTag.removeOfTest(host, located);
        } else if (verdict != null && !located.group().deleting()) {
            HoldTag.putOfTest(host, located, verdict.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Whoever is back is asked; nothing hangs on it but whom to blame. */
    private GroupTest.Tick back(GroupTest ticking, TestWork work, Fleet fleet, Optional<GroupWork> back) {
        if (work.rollback() != Rollback.ASKING || back.isEmpty()) {
            return new GroupTest.Tick(work, LONGEST_WAIT);
        }
        GroupTest.Tick tick = fleet.group(work.group())
                .map(found -> ticking.again(work, found.group(), back.get().record()))
                .orElseGet(() -> new GroupTest.Tick(work, test.interval()));
        return new GroupTest.Tick(consequences.asked(tick.work(), test, back.get()), tick.after());
    }

    /** The state in which people are told of what ended; asked after the engine's tick. */
    StepState told(StepState state) {
        return withWorks(
                state,
                works(state).stream()
                        .map(work -> consequences.told(work, FleetWork.work(state, work.group())))
                        .toList());
    }

    /** These groups are not tested to the end: nobody knows whether they work, and nobody may take that for a pass. */
    static void cutOff(StepState state, StepHost host, List<GroupKey> groups, String why) {
        for (GroupKey group : groups) {
            host.log(GroupNames.in(state).of(group) + ": not tested to the end: " + why);
            CheckResult row = new CheckResult(
                    "aborted", group.name().value(), SmokeTestVerdict.INCONCLUSIVE, why, 1, Duration.ZERO);
            JournalFact fact = new JournalFact.GroupTested(group, SmokeTestVerdict.INCONCLUSIVE, List.of(row), null);
            host.journal()
                    .append(new JournalEvent(
                            host.run().stepId() + ":" + group + ":cut-off:tested",
                            host.clock().instant(),
                            SmokeTestAsgOperation.STEP,
                            fact));
        }
        if (!groups.isEmpty()) {
            SmokeTesting.keepVerdicts(host);
        }
    }

    /** Something is left to ask, to bring back or to tell. */
    static boolean isOpen(TestWork work) {
        return work.isTesting() || work.isGoingBack() || work.notice() != null;
    }

    /** When to look again. */
    static Duration next(StepState state, Round round) {
        Duration soonest = round.after().compareTo(MOMENT) < 0 ? LONGEST_WAIT : round.after();
        boolean isTelling = works(state).stream().anyMatch(work -> work.notice() != null);
        return isTelling ? MOMENT : soonest;
    }
}
