package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.checks.Reach;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetProgress;
import io.jenkins.plugins.amirefresh.step.fleet.FleetReader;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupNames;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.fleet.StopNotice;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import io.jenkins.plugins.amirefresh.step.smoketest.TestWork.Rollback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tests every chosen group at the same time, and brings back those that fail. */
final class SmokeTestAsgOperation implements StepOperation {

    static final String STEP = "smokeTestAsg";
    private static final String CHOSEN = "step";
    private static final String PREFIX = "test:";
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final Parameters parameters;
    private final SmokeTest test;

    SmokeTestAsgOperation(Parameters parameters, SmokeTest test) {
        this.parameters = parameters;
        this.test = test;
    }

    @Override
    public Progress advance(StepState state, StepHost host) {
        List<Place> places = Chosen.places(parameters, host);
        if (state.document(CHOSEN).isEmpty()) {
            return begin(state, host, places);
        }
        Consequences consequences = new Consequences(parameters, host, places, GroupNames.in(state));
        Round round = test(state, host, places, consequences);
        FleetProgress fleet = new FleetWork(STEP).advance(round.state(), host);
        StepState told = withWorks(
                fleet.state(),
                works(fleet.state()).stream()
                        .map(work -> consequences.told(work, FleetWork.work(fleet.state(), work.group())))
                        .toList());
        List<TestWork> works = works(told);
        boolean isTesting = works.stream().anyMatch(TestWork::isTesting);
        boolean isOpen = works.stream().anyMatch(work -> work.isGoingBack() || work.notice() != null);
        if (isTesting || isOpen || !fleet.isFinished()) {
            return new Progress.Again(told, next(works, round, fleet));
        }
        return Outcome.of(parameters, test, host, told, works);
    }

    private Progress begin(StepState state, StepHost host, List<Place> places) {
        Reach.requireAgent(host, test.checks());
        List<TestWork> works;
        StepState named;
        try {
            FleetReader.Look look = FleetReader.look(state, host, STEP, places);
            Fleet fleet = look.fleet();
            if (fleet == null) {
                return new Progress.Again(look.state(), host.observer().interval());
            }
            Chosen chosen = new Chosen(parameters, host);
            works = chosen.works(fleet);
            named = GroupNames.known(chosen.told(look.state(), fleet), fleet);
        } catch (CloudException e) {
            if (!e.isTransient()) {
                throw e;
            }
            return new Progress.Again(state, host.observer().interval());
        }
        host.log(STEP + ": " + works.size() + " groups to test in "
                + places.stream().map(Place::toString).collect(Collectors.joining(", ")));
        StepState chosen = withWorks(named.with(CHOSEN, Json.write(Map.of("groups", works.size()))), works);
        if (parameters.flag(SmokeTestAsg.DRY_RUN)) {
            GroupNames names = GroupNames.in(named);
            works.forEach(work -> host.log(names.of(work.group()) + ": dry run: would ask "
                    + test.checks().stream().map(check -> check.name()).collect(Collectors.joining(", "))));
            return Outcome.dryRun(chosen, works);
        }
        return works.isEmpty()
                ? Outcome.of(parameters, test, host, chosen, works)
                : new Progress.Again(chosen, Duration.ZERO);
    }

    /** One tick over every group whose test goes on, then what follows from the verdicts. */
    private Round test(StepState state, StepHost host, List<Place> places, Consequences consequences) {
        List<TestWork> works = works(state);
        if (works.stream().noneMatch(work -> work.isTesting() || work.isGoingBack())) {
            return new Round(state, Duration.ZERO);
        }
        Fleet fleet = Fleet.readWhatAnswers(host, places);
        GroupTest ticking =
                new GroupTest(host, test, GroupNames.in(state), host.clock().instant());
        List<TestWork> after = new ArrayList<>();
        Duration soonest = LONGEST_WAIT;
        for (TestWork work : works) {
            GroupTest.Tick tick = work.isTesting()
                    ? tick(ticking, work, fleet, consequences)
                    : back(ticking, work, fleet, consequences, FleetWork.work(state, work.group()));
            after.add(tick.work());
            soonest = tick.after().compareTo(soonest) < 0 ? tick.after() : soonest;
        }
        return new Round(consequences.begun(withWorks(state, after), after, fleet), soonest);
    }

    private GroupTest.Tick tick(GroupTest ticking, TestWork work, Fleet fleet, Consequences consequences) {
        var problem = fleet.problem(work.place());
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
        return tick.work().isTesting()
                ? tick
                : new GroupTest.Tick(consequences.decided(tick.work(), test), LONGEST_WAIT);
    }

    /** Whoever is back is asked; nothing hangs on it but whom to blame. */
    private GroupTest.Tick back(
            GroupTest ticking, TestWork work, Fleet fleet, Consequences consequences, Optional<GroupWork> back) {
        if (work.rollback() != Rollback.ASKING || back.isEmpty()) {
            return new GroupTest.Tick(work, LONGEST_WAIT);
        }
        GroupTest.Tick tick = fleet.group(work.group())
                .map(found -> ticking.again(work, found.group(), back.get().record()))
                .orElseGet(() -> new GroupTest.Tick(work, test.interval()));
        return new GroupTest.Tick(consequences.asked(tick.work(), test, back.get()), tick.after());
    }

    private static Duration next(List<TestWork> works, Round round, FleetProgress fleet) {
        Duration soonest = round.after().compareTo(MOMENT) < 0 ? LONGEST_WAIT : round.after();
        if (!fleet.isFinished() && fleet.after().compareTo(soonest) < 0) {
            soonest = fleet.after();
        }
        boolean isTelling = works.stream().anyMatch(work -> work.notice() != null);
        return isTelling || soonest.compareTo(MOMENT) < 0 ? MOMENT : soonest;
    }

    private record Round(StepState state, Duration after) {}

    static List<TestWork> works(StepState state) {
        return state.readAll(PREFIX, TestWork.class);
    }

    static StepState withWorks(StepState state, List<TestWork> works) {
        Map<String, String> documents = new LinkedHashMap<>();
        works.forEach(work -> documents.put(PREFIX + work.group(), Json.write(work)));
        return state.withAll(documents);
    }

    // A test in flight leaves nothing behind; a rollback in flight goes on to its end.
    @Override
    public Progress stop(StepState state, StopReason reason, StepHost host) {
        StepState told = StopNotice.say(state, STEP, reason.why(), 0, host);
        FleetProgress fleet = new FleetWork(STEP).advance(told, host);
        if (!fleet.isFinished()) {
            return new Progress.Again(fleet.state(), fleet.after());
        }
        List<GroupResult> results = FleetWork.results(fleet.state());
        long back = results.stream()
                .filter(result -> result.outcome() == GroupOutcome.ROLLED_BACK)
                .count();
        return new Progress.Failed(
                fleet.state(),
                "stopped; " + back + " of " + results.size()
                        + " rollbacks that had begun are complete, no other group was changed by this step");
    }

    @Override
    public String describe(StepState state) {
        List<TestWork> works = works(state);
        long open = works.stream().filter(TestWork::isTesting).count();
        long back =
                works.stream().filter(work -> work.rollback() != Rollback.NONE).count();
        return "testing: " + (works.size() - open) + " of " + works.size() + " groups done"
                + (back == 0 ? "" : ", " + back + " rolled back or on the way");
    }
}
