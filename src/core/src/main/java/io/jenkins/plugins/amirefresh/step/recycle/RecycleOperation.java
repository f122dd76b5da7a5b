package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.BuildStatus;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.PlannedGroup;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.checks.Reach;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetProgress;
import io.jenkins.plugins.amirefresh.step.fleet.FleetReader;
import io.jenkins.plugins.amirefresh.step.fleet.FleetRows;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupNames;
import io.jenkins.plugins.amirefresh.step.fleet.GroupStory;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.fleet.LookalikeTags;
import io.jenkins.plugins.amirefresh.step.fleet.StopNotice;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.recycle.RecycleState.Header;
import io.jenkins.plugins.amirefresh.step.smoketest.SmokeTesting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One tick: starts the groups whose turn it is, drives those at work, returns when every group has a row. */
final class RecycleOperation implements StepOperation {

    /** How soon to ask for Slack's answer when nothing else is left to do. */
    private static final Duration FOR_AN_ANSWER = Duration.ofSeconds(1);

    private final String step;
    private final RecycleSettings settings;
    private final FleetWork work;
    private final Timings timings = new Timings();

    RecycleOperation(RecycleSettings settings) {
        this(RecycleAsgs.NAME, settings);
    }

    /** @param step the function name of the step, for the console and the journal */
    RecycleOperation(String step, RecycleSettings settings) {
        this.step = step;
        this.settings = settings;
        this.work = new FleetWork(step, settings.checks());
    }

    /**
     * What a tick came to.
     *
     * @param isOpen a group waits or is at work, or something is left to be told
     * @param after when to call again while it is open
     */
    record Tick(StepState state, boolean isOpen, Duration after) {}

    @Override
    public Progress advance(StepState state, StepHost host) {
        StepState listed = state;
        if (RecycleState.header(state).isEmpty()) {
            List<Place> places = places(host);
            try {
                FleetReader.Look look = FleetReader.look(state, host, step, places);
                if (look.fleet() == null) {
                    return new Progress.Again(look.state(), host.observer().interval());
                }
                listed = list(look.state(), look.fleet(), host, places);
            } catch (CloudException e) {
                return again(e, state, host);
            }
        }
        Tick tick = tick(listed, host);
        return tick.isOpen() ? new Progress.Again(tick.state(), tick.after()) : result(tick.state(), host);
    }

    private List<Place> places(StepHost host) {
        return CommonParameters.places(
                settings.parameters(),
                host.environment(),
                host.settings().regions(),
                host.settings().accounts());
    }

    /** Goes on with the groups in scope, which are known. */
    Tick tick(StepState listed, StepHost host) {
        List<Place> places = places(host);
        StepState started = new Starter(host, settings, work, timings).start(listed);
        StepState inTime = new Latecomers(host, settings, work).leave(started);
        SmokeTesting testing = settings.smokeTest();
        SmokeTesting.Tick tested = testing == null
                ? new SmokeTesting.Tick(inTime, QuietWait.LOOK_AGAIN)
                : testing.tick(
                        inTime,
                        host,
                        places,
                        group -> Turns.holdsOthers(inTime, group)
                                && Turns.hasSoaked(
                                        settings, inTime, group, host.clock().instant()));
        FleetProgress progress = work.advance(new Overruns(host, settings).look(tested.state()), host);
        StepState known = testing == null ? progress.state() : testing.told(progress.state(), host, places);
        RecycleNotices notices = new RecycleNotices(host, settings.parameters().text(RecycleAsgs.SLACK_CHANNEL));
        StepState told = notices.tell(known);
        boolean isUnderTest = testing != null && SmokeTesting.isOpen(told);
        if (!progress.isFinished() || isUnderTest || !RecycleState.waiting(told).isEmpty()) {
            Duration pause = pause(progress, host);
            return new Tick(told, true, isUnderTest && tested.after().compareTo(pause) < 0 ? tested.after() : pause);
        }
        return new Tick(told, !notices.isDone(told), FOR_AN_ANSWER);
    }

    private static Progress again(CloudException e, StepState state, StepHost host) {
        if (!e.isTransient()) {
            throw e;
        }
        return new Progress.Again(state, host.observer().interval());
    }

    private StepState list(StepState read, Fleet fleet, StepHost host, List<Place> places) {
        Reach.requireAgent(host, settings.checks());
        if (settings.smokeTest() != null) {
            settings.smokeTest().requireAgent(host);
        }
        host.log(step + ": working in "
                + places.stream().map(Place::toString).collect(Collectors.joining(", "))
                + (settings.isDryRun() ? " (dry run: nothing is changed)" : ""));
        Scope scope = new Scope(host, settings);
        Claims claims = new Claims(host, settings, scope, fleet);
        List<Candidate> candidates = claims.claimed(scope.candidates(fleet));
        StepState told = scope.told(read, fleet);
        List<JournalFact.LeftOut> leftOut = scope.leftOut(fleet, candidates);
        LookalikeTags.tell(
                host,
                step,
                fleet,
                Stream.concat(
                                candidates.stream().map(Candidate::group),
                                leftOut.stream().map(JournalFact.LeftOut::group))
                        .collect(Collectors.toSet()));
        claims.chosen(leftOut);
        StepState state = GroupNames.known(RecycleState.with(told, new Header(false, null)), fleet);
        GroupStory story = new GroupStory(host, step, host.clock().instant());
        for (Candidate candidate : candidates) {
            state = RecycleState.with(state, candidate);
            story.listed(candidate.listed(settings.waves()));
        }
        story.write();
        host.log(step + ": " + candidates.size() + " of " + fleet.groups().size() + " groups are in scope");
        Optional<SavedPlan> saved = SavedPlan.of(host, settings);
        if (saved.isPresent()) {
            for (PlannedGroup planned : saved.get().without(candidates)) {
                state = notMet(state, host, fleet, saved.get(), planned);
            }
        }
        return state;
    }

    /** A group that the plan has and this step has not: nobody vanishes. */
    private StepState notMet(StepState state, StepHost host, Fleet fleet, SavedPlan saved, PlannedGroup planned) {
        boolean isGone = fleet.group(planned.group()).isEmpty();
        GroupResult row = new GroupResult(
                planned.group(),
                planned.environment(),
                planned.family(),
                "",
                isGone ? GroupOutcome.SKIPPED : GroupOutcome.REFUSED,
                "in the plan " + saved.hash()
                        + (isGone
                                ? ", and the group no longer exists, or cannot be read"
                                : ", and not selected by this step: its tags or the parameters are others now; plan again"),
                0,
                planned.toVersion(),
                null,
                null,
                host.clock().instant(),
                0);
        host.log(GroupNames.in(state).of(planned.group()) + ": " + row.outcome().text() + ": " + row.reason());
        work.record(row, host);
        return RecycleState.with(state, row);
    }

    private Duration pause(FleetProgress progress, StepHost host) {
        if (!progress.isFinished()) {
            return progress.after();
        }
        Instant now = host.clock().instant();
        Instant wake = now.plus(QuietWait.LOOK_AGAIN);
        for (Candidate candidate : RecycleState.waiting(progress.state())) {
            Instant lookAt = candidate.lookAt();
            if (lookAt == null || lookAt.isBefore(wake)) {
                wake = lookAt == null ? now : lookAt;
            }
        }
        Duration interval = host.observer().interval();
        Duration pause = Duration.between(now, wake);
        return pause.compareTo(interval) < 0 ? interval : pause;
    }

    /** The end of the step, when nothing is open any more. */
    Progress result(StepState state, StepHost host) {
        List<GroupResult> rows = RecycleState.rows(state, host.journal().history());
        if (settings.smokeTest() != null) {
            SmokeTesting.keepVerdicts(host);
        }
        if (settings.isDryRun()) {
            SavedPlan.finish(host);
        }
        String summary = FleetRows.summary(rows);
        host.log(step + ": " + summary);
        List<String> unreadable = FleetReader.unreadable(state);
        List<GroupResult> bad = rows.stream().filter(this::isBad).toList();
        if (bad.isEmpty() && !unreadable.isEmpty() && settings.failOn().equals("any")) {
            return new Progress.Failed(state, step + ": " + summary + "; " + unreadable.get(0));
        }
        if (!bad.isEmpty()) {
            GroupResult first = bad.get(0);
            return new Progress.Failed(
                    state,
                    step + ": " + summary + "; " + first.group().name() + " "
                            + first.outcome().text() + ": " + first.reason());
        }
        List<String> unknown = rows.stream()
                .filter(row -> SmokeTesting.unknown(state, row.group()).isPresent())
                .map(row -> row.group().name().value())
                .toList();
        if (!unknown.isEmpty()) {
            host.log(step + ": UNSTABLE: it is not known whether " + unknown.size() + " groups work: "
                    + String.join(", ", unknown));
        }
        return new Progress.Done(
                state,
                FleetRows.result(rows),
                unknown.isEmpty() ? FleetReader.verdict(state) : Progress.BuildVerdict.UNSTABLE);
    }

    private boolean isBad(GroupResult row) {
        return switch (row.outcome()) {
            // A held group is the shadow of another one, which failed a step already or was not to fail one.
            case REFRESHED, PAUSED, SKIPPED, HELD -> false;
            case FAILED -> !settings.failOn().equals("none");
            case ROLLED_BACK, MISSED, UNFINISHED, REFUSED -> settings.failOn().equals("any");
        };
    }

    @Override
    public Progress stop(StepState state, StopReason reason, StepHost host) {
        StepState stopping = state;
        if (RecycleState.header(state).filter(Header::isStopping).isEmpty()) {
            String why = reason.why();
            stopping = work.stop(RecycleState.with(state, new Header(true, null)), settings.onAbort(), why, host);
            int waiting = RecycleState.waiting(stopping).size();
            if (settings.smokeTest() != null) {
                SmokeTesting.stopped(stopping, host, why);
            }
            stopping = StopNotice.say(stopping, step, why, waiting, host);
            Map<GroupKey, String> pins = host.journal().history().pinnedAside(BuildStatus.GOOD);
            for (Candidate candidate : RecycleState.waiting(stopping)) {
                String pin = pins.getOrDefault(candidate.group(), "");
                String told = why + " before its turn" + (pin.isEmpty() ? "" : "; " + pin);
                stopping = Unstarted.ended(stopping, work, host, candidate, GroupOutcome.SKIPPED, told);
            }
        }
        FleetProgress progress = work.advance(stopping, host);
        if (progress.isFinished() && settings.smokeTest() != null) {
            SmokeTesting.stoppedLate(progress.state(), host, reason.why());
        }
        return progress.isFinished()
                ? new Progress.Done(
                        progress.state(),
                        FleetRows.result(RecycleState.rows(progress.state())),
                        Progress.BuildVerdict.NONE)
                : new Progress.Again(progress.state(), progress.after());
    }

    @Override
    public String describe(StepState state) {
        List<GroupWork> works = FleetWork.works(state);
        long open = works.stream().filter(one -> !one.isEnded()).count();
        return open + " at work, " + RecycleState.waiting(state).size() + " waiting, "
                + RecycleState.rows(state).size() + " done";
    }
}
