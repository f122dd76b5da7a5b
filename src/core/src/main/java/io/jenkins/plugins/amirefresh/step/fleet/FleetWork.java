package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.refresh.LeftHalfway;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecider;
import io.jenkins.plugins.amirefresh.refresh.RefreshState;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import io.jenkins.plugins.amirefresh.refresh.Suspicion;
import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Drives any number of groups, each to its own end, with their documents in the step's state: one read of each place a tick,
 * one save for all intents of the tick, then the calls. Keeps nothing itself.
 *
 * <p>A step puts {@link GroupWork} into its state with {@link #begin} and calls {@link #advance} until it is finished; it
 * calls {@link #stop} once when it shall end early, and goes on with {@link #advance}.
 */
public final class FleetWork {

    private static final String PREFIX = "group:";

    private final String step;
    private final SmokeTest checks;

    /** @param step the function name of the step, as the journal names it */
    public FleetWork(String step) {
        this(step, List.of());
    }

    /**
     * With checks that new instances have to pass.
     *
     * @param step the function name of the step, as the journal names it
     */
    public FleetWork(String step, List<Check> checks) {
        this.step = step;
        this.checks = SmokeTest.ofReadiness(checks);
    }

    /** The state in which {@code work} is under way. */
    public static StepState begin(StepState state, GroupWork work) {
        return state.with(PREFIX + work.group(), Json.write(work));
    }

    /** Every group's work, in the order in which they began. */
    public static List<GroupWork> works(StepState state) {
        return state.readAll(PREFIX, GroupWork.class);
    }

    /** The work on one group, empty when none began. */
    public static Optional<GroupWork> work(StepState state, GroupKey group) {
        return state.read(PREFIX + group, GroupWork.class);
    }

    /** Work on the group has begun; it may have ended. */
    public static boolean hasBegun(StepState state, GroupKey group) {
        return state.document(PREFIX + group).isPresent();
    }

    /** The rows of the groups that have ended, in the order in which they began. */
    public static List<GroupResult> results(StepState state) {
        List<GroupResult> results = new ArrayList<>();
        for (GroupWork work : works(state)) {
            GroupResult result = work.result();
            if (work.isEnded() && result != null) {
                results.add(result);
            }
        }
        return List.copyOf(results);
    }

    /**
     * One tick over every group that has no result yet. Mutating calls are made as the groups' decisions ask, each after
     * its intent was saved. Groups of a place that cannot be read wait for it, at most their time limit.
     */
    public FleetProgress advance(StepState state, StepHost host) {
        List<GroupWork> open =
                works(state).stream().filter(work -> !work.isEnded()).toList();
        if (open.isEmpty()) {
            return new FleetProgress(state, true, Duration.ZERO);
        }
        Fleet fleet =
                Fleet.readWhatAnswers(host, open.stream().map(GroupWork::place).toList());
        FleetTick tick = new FleetTick(step, host, fleet, host.clock().instant(), new SharedBalancers(fleet, open));
        GroupNames names = GroupNames.in(state);
        List<GroupTick> ticks = open.stream()
                .map(work -> new GroupTick(tick, names.of(work.group()), work, checks))
                .toList();
        ticks.forEach(GroupTick::decide);
        tell(ticks, host);
        // Before the state says that they have ended: nobody looks at those again when the host dies among the calls.
        ticks.forEach(GroupTick::record);
        StepState decided = documents(state, ticks);
        if (ticks.stream().anyMatch(GroupTick::hasChanges)) {
            host.save(decided);
            ticks.forEach(GroupTick::act);
        }
        ticks.forEach(GroupTick::record);
        tell(ticks, host);
        boolean isFinished = ticks.stream().allMatch(one -> one.work().isEnded());
        return new FleetProgress(
                documents(decided, ticks), isFinished, host.observer().interval());
    }

    /** Tells every group that has no result yet to end early; it gets one at a later {@link #advance}. */
    public StepState stop(StepState state, OnAbort way, String reason, StepHost host) {
        Instant now = host.clock().instant();
        StepState stopped = state;
        for (GroupWork work : works(state)) {
            if (!work.isEnded()) {
                stopped = begin(stopped, stopped(work, way, reason, now));
            }
        }
        return stopped;
    }

    /** The state in which a group ends early, since its window is over, or goes back. */
    public static StepState overrun(StepState state, GroupWork work, OnAbort way, String reason, Instant now) {
        return begin(
                state,
                way == OnAbort.FINISH_BATCH
                        ? work.with(work.state().overrun(reason))
                        : stopped(work, way, reason, now));
    }

    private static GroupWork stopped(GroupWork work, OnAbort way, String reason, Instant now) {
        if (work.phase() != GroupWork.Phase.REFRESHING) {
            return work;
        }
        RefreshState state = work.state();
        return switch (way) {
            case ROLL_BACK ->
                work.changed() ? work.rollingBack(reason, now) : work.with(state.endingBy(Ending.Way.LEAVE, reason));
            case FINISH_BATCH -> work.with(state.endingBy(Ending.Way.FINISH_BATCH, reason));
            case LEAVE -> work.with(state.endingBy(Ending.Way.LEAVE, reason));
        };
    }

    /**
     * The state in which work that has changed nothing yet is given up; a lease that was claimed goes at the next {@link
     * #advance}.
     */
    public StepState leave(StepState state, GroupWork work, GroupOutcome outcome, String reason, StepHost host) {
        if (!work.isBeforeItsFirstChange()) {
            throw new IllegalStateException("work on " + work.group() + " has changed it");
        }
        GroupWork left = work.ended(outcome, reason, host.clock().instant());
        GroupResult row = left.result();
        host.log(GroupNames.in(state).of(work.group()) + ": " + outcome.text() + ": " + reason);
        if (left.isEnded() && row != null) {
            record(row, host);
            host.locks().release(work.group(), host.run().lockHolder());
        }
        return begin(state, left);
    }

    /** Writes a group's row to the journal; repeating it is safe. */
    public void record(GroupResult result, StepHost host) {
        record(new JournalFact.GroupEnded(result), host);
    }

    void record(JournalFact.GroupEnded ended, StepHost host) {
        GroupResult result = ended.result();
        String key = host.run().stepId() + ":" + result.group() + ":ended:"
                + result.outcome().text();
        if (result.outcome() == GroupOutcome.UNFINISHED) {
            key += ":" + result.endedAt();
        }
        Instant at = result.endedAt() == null ? host.clock().instant() : result.endedAt();
        host.journal().append(new JournalEvent(key, at, step, ended));
    }

    /** What broke since the work on a group ended, so that too few serve; empty when enough do, or nobody can tell. */
    public static String broken(StepHost host, GroupWork work, GroupObservation group) {
        return RefreshDecider.broken(work.plan(), GroupReader.read(cloud(host, work), group, work), work.state());
    }

    /** The same of a group that was left half-way, where what it ran before is seen to serve, or is not there any more. */
    public static Optional<LeftHalfway> leftHalfway(StepHost host, GroupWork work, GroupObservation group) {
        return LeftHalfway.of(work.plan(), GroupReader.read(cloud(host, work), group, work), work.state());
    }

    /** As many serve as are wanted, none of them of the version that it was brought to. */
    public static boolean isServedByOld(StepHost host, GroupWork work, GroupObservation group) {
        RefreshDecider.Serving serving =
                RefreshDecider.serving(work.plan(), GroupReader.read(cloud(host, work), group, work), work.state());
        return serving.current().isEmpty()
                && serving.outdatedServing().size() >= group.capacity().desired();
    }

    /** The state in which a group that had ended goes back; where it may not, it is left as failed. */
    public static StepState goingBack(StepState state, GroupWork work, String why, boolean blames, Instant now) {
        GroupWork again = work.again(null);
        if (again.onFailure() != GroupWork.OnFailure.ROLL_BACK) {
            return begin(state, again.withWhy(why).with(again.state().endingBy(Ending.Way.LEAVE, why)));
        }
        GroupWork back = again.rollingBack(why, now);
        return begin(state, blames ? back.with(Suspicion.begun(back.state(), now, null)) : back);
    }

    /** The state in which a group that had ended has another row, since others went on with it. */
    public StepState overtaken(StepState state, GroupWork work, GroupResult row, StepHost host) {
        record(row, host);
        return begin(state, work.again(row));
    }

    static Cloud cloud(StepHost host, GroupWork work) {
        return host.cloud(work.place().access(), work.place().region());
    }

    private static void tell(List<GroupTick> ticks, StepHost host) {
        List<JournalEvent> told =
                ticks.stream().flatMap(tick -> tick.story.drain().stream()).toList();
        if (!told.isEmpty()) {
            host.journal().appendAll(told);
        }
    }

    private static StepState documents(StepState state, List<GroupTick> ticks) {
        Map<String, String> changed = new LinkedHashMap<>();
        ticks.forEach(tick -> changed.put(PREFIX + tick.work().group(), Json.write(tick.work())));
        return state.withAll(changed);
    }
}
