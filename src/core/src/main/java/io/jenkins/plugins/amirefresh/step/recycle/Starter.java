package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.events.RecycleTags;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.PlannedGroup;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.refresh.Estimate;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.Allowances;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupLabels;
import io.jenkins.plugins.amirefresh.step.fleet.GroupNames;
import io.jenkins.plugins.amirefresh.step.fleet.GroupStory;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.fleet.LeftRefresh;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.fleet.TemplateReads;
import io.jenkins.plugins.amirefresh.step.preflight.Preflight;
import io.jenkins.plugins.amirefresh.step.recycle.GroupPlanner.Planned;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes each waiting candidate as far as it may go in this tick: to a row, to work, or to the next look. */
final class Starter {

    private final StepHost host;
    private final RecycleSettings settings;
    private final FleetWork work;
    private final WindowGate gate;
    private final Allowances allowances;
    private final TemplateReads reads;
    private Preflight preflight;
    private @Nullable Fleet seen;
    private Turns turns;
    private Holds holds;
    private Proofs proofs;
    private Optional<SavedPlan> saved = Optional.empty();
    private final StandingHolds standing;
    private final GroupStory story;
    private final Timings timings;
    private final Overruns overruns;
    private final Approvals approvals;

    Starter(StepHost host, RecycleSettings settings, FleetWork work, Timings timings) {
        this.timings = timings;
        this.overruns = new Overruns(host, settings);
        this.approvals = new Approvals(host, settings);
        this.host = host;
        this.settings = settings;
        this.work = work;
        this.gate = new WindowGate(host, settings);
        this.reads = new TemplateReads(host);
        this.allowances = new Allowances(host);
        this.preflight = new Preflight(host, List.of());
        this.turns = new Turns(settings, StepState.EMPTY, host.clock().instant());
        this.holds = new Holds(settings);
        this.standing = new StandingHolds(host, settings);
        this.proofs = new Proofs(settings, StepState.EMPTY);
        this.story = new GroupStory(host, RecycleAsgs.NAME, host.clock().instant());
    }

    /** The state in which every candidate whose turn it is has begun or ended. */
    StepState start(StepState state) {
        List<Candidate> waiting = Candidate.inOrder(RecycleState.waiting(state));
        if (waiting.isEmpty()) {
            return state;
        }
        StepState started = Soaks.look(state, settings, host);
        holds = new Holds(host.journal().history(), started, settings);
        StepState quiet = new QuietWait(host, gate).after(started, waiting, holds);
        if (quiet != null) {
            return quiet;
        }
        Fleet fleet = Fleet.readWhatAnswers(host, Candidate.places(waiting));
        seen = fleet;
        reads.expect(Candidate.templates(waiting));
        saved = SavedPlan.of(host, settings);
        preflight = fleet.preflight(settings.takenOn());
        int wave = -1;
        Halfway halfway = new Halfway(host, reads, gate);
        started = halfway.look(started, fleet, waiting);
        turns = new Turns(settings, started, host.clock().instant());
        for (Candidate candidate : waiting) {
            if (candidate.standing().wave() != wave) {
                wave = candidate.standing().wave();
                proofs = new Proofs(settings, started);
            }
            Optional<CloudException> problem = fleet.problem(candidate.place());
            if (halfway.mayGoOn(started, candidate)) {
                started = problem.isPresent()
                        ? unreadable(started, candidate, problem.get())
                        : new LeftToBad(host, settings, fleet)
                                .look(started, candidate, next -> start(next, fleet, candidate));
            }
            keepsOthers(started, candidate.group());
        }
        story.write();
        return started;
    }

    /** Whoever goes on waiting, or has begun, keeps later waves waiting. */
    private void keepsOthers(StepState state, GroupKey group) {
        Optional<Candidate> candidate = RecycleState.candidate(state, group);
        boolean hasBegun = RecycleState.isTaken(state, group);
        if (candidate.isPresent() && (hasBegun || !RecycleState.hasRow(state, group))) {
            Turn turn = candidate.get().standing();
            String what = hasBegun ? " is at work" : ": " + candidate.get().line();
            turns.add(turn.wave(), turn.due(), group, what);
        }
    }

    private StepState unreadable(StepState state, Candidate candidate, CloudException e) {
        return e.isTransient()
                ? kept(state, candidate, "waiting: " + e.getMessage())
                : ended(state, candidate, GroupOutcome.REFUSED, e.getMessage() + "; nothing was changed");
    }

    private StepState start(StepState state, Fleet fleet, Candidate candidate) {
        Optional<LocatedGroup> located = fleet.group(candidate.group());
        if (located.isEmpty() || located.get().group().deleting()) {
            String gone = located.isEmpty() ? "the group no longer exists" : "the group is being deleted";
            return ended(RecycleState.gone(state, candidate.group()), candidate, GroupOutcome.SKIPPED, gone);
        }
        GroupObservation group = located.get().group();
        RecycleTags tags = RecycleTags.of(group.tags(), host.settings().tagNames());
        WindowGate.Answer answer = Canaries.row(host, candidate.group())
                .map(row -> WindowGate.open(row.windowStart()))
                .orElseGet(() -> window(group, candidate));
        Candidate due = candidate.with(candidate.standing().due(answer.start()));
        if (!tags.problem().isEmpty()) {
            return ended(state, due, GroupOutcome.REFUSED, tags.problem());
        }
        if (answer.outcome() == GroupOutcome.REFUSED) {
            return ended(state, due, GroupOutcome.REFUSED, answer.reason());
        }
        if (tags.isOptedOut()) {
            return ended(state, due, GroupOutcome.SKIPPED, "opted out by its tag " + RecycleTags.RECYCLE);
        }
        boolean isDryRun = tags.isDryRun() || settings.isDryRun();
        Optional<String> hold = isDryRun
                ? Optional.empty()
                : holds.on(candidate).or(() -> proofs.lackingFor(due)).or(() -> approvals.refusal(due));
        if (hold.isPresent()) {
            return ended(state, due, GroupOutcome.HELD, hold.get());
        }
        boolean hasMissed = answer.outcome() == GroupOutcome.MISSED;
        if (answer.outcome() != null && !hasMissed) {
            return ended(state, due, answer.outcome(), answer.reason());
        }
        boolean isFirstLook = candidate.isFirstLook();
        if (!answer.isOpen() && !hasMissed && !isDryRun && !isFirstLook) {
            return waiting(state, candidate, answer);
        }
        // Nothing is read of a group that waits for others, beside its page.
        Optional<Turns.Wait> turn = hasMissed || isDryRun || isFirstLook ? Optional.empty() : turn(due);
        return turn.map(wait -> kept(state, due, wait))
                .orElseGet(() -> plan(state, fleet, located.get(), due, answer, isDryRun));
    }

    /** What its window says; of one that is over, whom the group waited for to the end. */
    private WindowGate.Answer window(GroupObservation group, Candidate candidate) {
        Instant now = host.clock().instant();
        WindowGate.Answer answer = gate.ask(group, candidate, now);
        Turn turn = candidate.standing();
        if (answer.outcome() != GroupOutcome.MISSED || candidate.keptBy() == null) {
            return answer;
        }
        return turns.before(turn.wave(), turn.due())
                .map(wait -> gate.ask(group, candidate.kept(wait.line(), wait.why(), now), now))
                .orElse(answer);
    }

    /** What of other groups keeps one from starting whose window is open. */
    private Optional<Turns.Wait> turn(Candidate candidate) {
        Turn turn = candidate.standing();
        String many = "waiting, " + settings.maxConcurrent() + " groups are at work already";
        Instant now = host.clock().instant();
        return turns.before(turn.wave(), turn.due())
                .or(() -> holds.soonOn(candidate).map(line -> new Turns.Wait(line, line, now)))
                .or(() -> approvals.pending(candidate))
                .or(() -> turns.among(turn.wave()))
                .or(() -> turns.atWork() < settings.maxConcurrent()
                        ? Optional.empty()
                        : Optional.of(new Turns.Wait(many, many, now)));
    }

    private StepState plan(
            StepState before,
            Fleet fleet,
            LocatedGroup located,
            Candidate unread,
            WindowGate.Answer answer,
            boolean isDryRun) {
        StepState state = before;
        Candidate candidate = unread;
        Planned planned;
        try {
            planned = new GroupPlanner(host, settings, candidate, located.group(), preflight, allowances, reads).plan();
        } catch (CloudException e) {
            return unreadable(state, candidate, e);
        }
        RefreshPlan plan = planned.plan();
        if (planned.outcome() != null || plan == null) {
            return left(state, candidate, planned, answer, isDryRun);
        }
        candidate = candidate.with(plan.allowance());
        String name = GroupNames.in(state).of(candidate.group());
        state = UnusedParameters.say(state, plan.strategy(), name, settings.parameters(), host);
        Estimate estimate = timings.better(host, plan, Objects.requireNonNull(planned.estimate()));
        PlannedGroup entry = PlanEntries.of(settings, candidate, planned, gate.windows(located.group(), candidate))
                .with(estimate.whole(), estimate.basis(), overruns.fits(estimate, answer));
        Optional<String> objection =
                saved.flatMap(agreed -> agreed.objection(entry)).or(() -> overruns.refusal(estimate, answer));
        if (objection.isPresent()) {
            return ended(state, candidate, GroupOutcome.REFUSED, objection.get());
        }
        if (isDryRun) {
            return planned(state, candidate, entry, answer);
        }
        if (answer.outcome() != null) {
            return ended(state, candidate, answer.outcome(), answer.reason());
        }
        if (!answer.isOpen()) {
            return waiting(state, candidate, answer);
        }
        if (overruns.isTooLate(estimate, answer)) {
            return passed(state, candidate.passing(answer.end()), located.group());
        }
        Candidate ready = candidate;
        StepState known = state;
        return obstacle(state, fleet, located, ready, plan)
                .orElseGet(() ->
                        begin(overruns.begun(known, ready.group(), estimate, answer), located, ready, planned, answer));
    }

    /** The state in which others keep it from starting, although it is ready to; empty when nobody does. */
    private Optional<StepState> obstacle(
            StepState state, Fleet fleet, LocatedGroup located, Candidate candidate, RefreshPlan plan) {
        Optional<Turns.Wait> turn = turn(candidate);
        if (turn.isPresent()) {
            return Optional.of(kept(state, candidate, turn.get()));
        }
        Optional<String> hold = standing.on(state, candidate);
        if (hold.isPresent()) {
            return Optional.of(ended(state, candidate, GroupOutcome.HELD, hold.get()));
        }
        return new Components(host, fleet)
                .obstacle(state, located, plan)
                .map(obstacle -> obstacle.outcome() == null
                        ? kept(state, candidate, obstacle.reason())
                        : ended(state, candidate, obstacle.outcome(), obstacle.reason()))
                .or(() -> approvals.ask(state, candidate).map(wait -> kept(state, candidate, wait)));
    }

    /** Too little is left of its window: it waits for the next one, or has missed this one. */
    private StepState passed(StepState state, Candidate candidate, GroupObservation group) {
        WindowGate.Answer later = gate.ask(group, candidate, host.clock().instant());
        return later.outcome() == null
                ? waiting(state, candidate, later)
                : ended(state, candidate, later.outcome(), later.reason());
    }

    /** Nothing is done about it, or nothing yet. */
    private StepState left(
            StepState state, Candidate candidate, Planned planned, WindowGate.Answer answer, boolean isDryRun) {
        if (planned.isBusy() && !isDryRun) {
            return kept(state, candidate, "waiting, " + planned.reason());
        }
        GroupOutcome outcome = planned.outcome() == null ? GroupOutcome.SKIPPED : planned.outcome();
        boolean mayGoBack = outcome == GroupOutcome.REFUSED && answer.outcome() == null && !isDryRun;
        Optional<GroupWork> back;
        try {
            back = mayGoBack
                    ? new LeftToBad(host, settings, Objects.requireNonNull(seen)).goingBack(candidate, answer.start())
                    : Optional.empty();
        } catch (CloudException e) {
            return unreadable(state, candidate, e);
        }
        if (back.isPresent() && !answer.isOpen()) {
            return waiting(state, candidate, answer);
        }
        return back.map(work -> turn(candidate)
                        .map(wait -> kept(state, candidate, wait))
                        .orElseGet(() -> goingBack(state, candidate, work)))
                .orElseGet(() -> ended(state, candidate, outcome, planned.reason()));
    }

    private StepState goingBack(StepState state, Candidate candidate, GroupWork back) {
        turns.begin(candidate.standing().wave());
        host.log(GroupNames.in(state).of(candidate.group()) + ": going back: " + back.why());
        return FleetWork.begin(RecycleState.with(state, candidate), back);
    }

    private StepState planned(StepState state, Candidate candidate, PlannedGroup entry, WindowGate.Answer answer) {
        if (settings.isDryRun()) {
            SavedPlan.add(host, entry);
        }
        String when = answer.isOpen() ? "" : "; " + answer.reason();
        return ended(state, candidate, GroupOutcome.SKIPPED, PlanEntries.WOULD + entry.reason() + when);
    }

    private StepState begin(
            StepState state, LocatedGroup located, Candidate candidate, Planned planned, WindowGate.Answer answer) {
        RefreshRecord record = Objects.requireNonNull(planned.record());
        RefreshPlan plan = Objects.requireNonNull(planned.plan());
        turns.begin(candidate.standing().wave());
        String start = planned.bad().isEmpty() ? "starting, " : "going back, " + planned.bad() + "; ";
        String line = (planned.isIdle() ? "waiting for what it is to replace, " : start)
                + (answer.missed().isEmpty() ? "" : answer.missed() + "; ")
                + planned.reason();
        host.log(GroupNames.in(state).of(candidate.group()) + ": " + line);
        story.said(candidate.group(), line, null);
        GroupLabels labels = new GroupLabels(candidate.environment(), candidate.family(), answer.start());
        GroupWork begun = GroupWork.refresh(
                        located,
                        labels,
                        record,
                        plan,
                        record.hasWayBack() ? settings.onFailure() : GroupWork.OnFailure.STOP,
                        host.clock().instant())
                .allowing(settings.allowed())
                .remarking(Stream.of(answer.missed(), planned.remark())
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("; ")));
        // What an earlier window left half-way is no group that nothing was done to.
        boolean goesOn = FleetWork.hasBegun(state, candidate.group());
        GroupWork work = LeftRefresh.taken(host, located, goesOn ? begun.asChanged() : begun);
        return FleetWork.begin(RecycleState.with(state, candidate), Canaries.goingOn(host, work, planned.bad()));
    }

    private StepState waiting(StepState state, Candidate candidate, WindowGate.Answer answer) {
        String line = seen(candidate)
                .map(group -> WindowGate.line(host, group, answer))
                .orElse(answer.reason());
        if (!answer.missed().isEmpty() && !line.equals(candidate.line())) {
            host.log(GroupNames.in(state).of(candidate.group()) + ": missed: " + answer.missed());
        }
        say(state, candidate, line, line, answer.lookAt());
        return RecycleState.with(
                state, candidate.with(candidate.standing().due(answer.start())).waiting(line, answer.lookAt()));
    }

    private StepState kept(StepState state, Candidate candidate, String line) {
        return kept(state, candidate, new Turns.Wait(line, line, host.clock().instant()));
    }

    /** Thousands may wait for one: what says the same is not written down again at each tick. */
    private StepState kept(StepState state, Candidate candidate, Turns.Wait wait) {
        say(state, candidate, wait.line(), wait.why(), null);
        boolean isKnown = RecycleState.candidate(state, candidate.group())
                .filter(known -> known.isKeptAlike(candidate, wait.line(), wait.until()))
                .isPresent();
        if (isKnown) {
            return state;
        }
        return RecycleState.with(state, candidate.kept(wait.line(), wait.why(), wait.until()));
    }

    /** @param why what of the line does not change often: thousands may wait for one */
    private void say(StepState state, Candidate candidate, String line, String why, @Nullable Instant until) {
        if (!line.equals(candidate.line())) {
            host.log(GroupNames.in(state).of(candidate.group()) + ": " + line);
            if (!why.equals(candidate.keptBy())) {
                story.said(candidate.group(), why, until);
            }
        }
    }

    /** A group that is left alone and does not follow its alias any more is told of. */
    private StepState ended(StepState state, Candidate candidate, GroupOutcome outcome, String reason) {
        Optional<GroupWork> unfinished = FleetWork.work(state, candidate.group());
        if (unfinished.isPresent()) {
            return Halfway.ended(state, work, unfinished.get(), reason, host);
        }
        if (settings.isDryRun() && !PlanEntries.isPlanned(reason)) {
            SavedPlan.add(host, PlanEntries.left(settings, candidate, outcome, reason));
        }
        String pin = seen(candidate).map(group -> Pins.of(host, group)).orElse("");
        // Whoever was due after it asks when it would have been its turn.
        StepState known = settings.waves().areGiven() ? RecycleState.with(state, candidate) : state;
        return Unstarted.ended(known, work, host, candidate, outcome, pin.isEmpty() ? reason : reason + "; " + pin);
    }

    private Optional<GroupObservation> seen(Candidate candidate) {
        return seen == null ? Optional.empty() : seen.group(candidate.group()).map(LocatedGroup::group);
    }
}
