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
import io.jenkins.plugins.amirefresh.step.fleet.StopNotice;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import io.jenkins.plugins.amirefresh.step.smoketest.TestWork.Rollback;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tests every chosen group at the same time, and brings back those that fail. */
final class SmokeTestAsgOperation implements StepOperation {

    static final String STEP = "smokeTestAsg";
    private static final String CHOSEN = "step";

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
        Testing testing = testing(state, host, places);
        Testing.Round round = testing.tick(state);
        FleetProgress fleet = new FleetWork(STEP).advance(round.state(), host);
        StepState told = testing.told(fleet.state());
        List<TestWork> works = Testing.works(told);
        if (works.stream().anyMatch(Testing::isOpen) || !fleet.isFinished()) {
            Duration next = Testing.next(told, round);
            return new Progress.Again(
                    told, !fleet.isFinished() && fleet.after().compareTo(next) < 0 ? fleet.after() : next);
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
            works = chosen.works(fleet, test);
            named = GroupNames.known(chosen.told(look.state(), fleet), fleet);
        } catch (CloudException e) {
            if (!e.isTransient()) {
                throw e;
            }
            return new Progress.Again(state, host.observer().interval());
        }
        long passed = works.stream().filter(work -> !work.isTesting()).count();
        host.log(STEP + ": " + (works.size() - passed) + " groups to test in "
                + places.stream().map(Place::toString).collect(Collectors.joining(", "))
                + (passed == 0 ? "" : "; " + passed + " passed this test when they were refreshed"));
        StepState chosen = Testing.withWorks(named.with(CHOSEN, Json.write(Map.of("groups", works.size()))), works);
        if (parameters.flag(SmokeTestAsg.DRY_RUN)) {
            GroupNames names = GroupNames.in(named);
            works.stream()
                    .filter(TestWork::isTesting)
                    .forEach(work -> host.log(names.of(work.group()) + ": dry run: would ask "
                            + test.checks().stream().map(check -> check.name()).collect(Collectors.joining(", "))));
            return Outcome.dryRun(chosen, works);
        }
        return works.isEmpty()
                ? Outcome.of(parameters, test, host, chosen, works)
                : new Progress.Again(chosen, Duration.ZERO);
    }

    private Testing testing(StepState state, StepHost host, List<Place> places) {
        Consequences consequences = new Consequences(
                SmokeTestAsg.onFailure(parameters),
                parameters.text(SmokeTestAsg.SLACK_CHANNEL),
                null,
                host,
                places,
                GroupNames.in(state));
        return new Testing(test, host, consequences);
    }

    // A test in flight leaves nothing behind; a rollback in flight goes on to its end.
    @Override
    public Progress stop(StepState state, StopReason reason, StepHost host) {
        List<TestWork> open =
                Testing.works(state).stream().filter(TestWork::isTesting).toList();
        Testing.cutOff(state, host, open.stream().map(TestWork::group).toList(), reason.why());
        StepState cutOff = Testing.withWorks(
                state, open.stream().map(work -> work.untested(reason.why())).toList());
        StepState told = StopNotice.say(cutOff, STEP, reason.why(), 0, host);
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
        List<TestWork> works = Testing.works(state);
        long open = works.stream().filter(TestWork::isTesting).count();
        long back =
                works.stream().filter(work -> work.rollback() != Rollback.NONE).count();
        return "testing: " + (works.size() - open) + " of " + works.size() + " groups done"
                + (back == 0 ? "" : ", " + back + " rolled back or on the way");
    }
}
