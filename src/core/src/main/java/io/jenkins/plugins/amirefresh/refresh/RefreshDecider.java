package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.refresh.GroupSight.Read;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what comes next for one group, from one sight of it. The same plan, sight, state and moment always give the same
 * decision; whatever comes of it is learnt from a later sight.
 */
public final class RefreshDecider {

    private RefreshDecider() {}

    /** What a sight for this plan, group and state has to contain beside the group. */
    public static Set<Read> needs(RefreshPlan plan, GroupObservation group, RefreshState state) {
        Set<Read> reads = EnumSet.of(Read.TARGET_HEALTH);
        GroupHealth listed = new GroupHealth(plan, GroupSight.of(group), state);
        int staying = InstanceObservation.units(listed.staying());
        // A launch that failed leaves an instance missing.
        boolean isMissing = staying < group.capacity().desired();
        boolean isGone = !gone(plan, group, state).isEmpty();
        boolean isMoved = Settlement.isMovedInTheSurge(state, group.capacity().desired());
        if (isMissing || isGone || isMoved || Settlement.isInDoubt(state)) {
            reads.add(Read.ACTIVITIES);
        }
        if (isGone) {
            reads.add(Read.STATE_REASONS);
        }
        // AWS's own refresh brings it along; where nobody is in service it is all there is to bring.
        if (plan.strategy() == RefreshStrategy.INSTANCE_REFRESH
                && group.hasWarmPool()
                && listed.outdated().isEmpty()) {
            reads.add(Read.WARM_POOL);
        }
        if (plan.strategy() == RefreshStrategy.INSTANCE_REFRESH
                || state.drivenRefresh().isPresent()
                || isStarting(state)) {
            reads.add(Read.INSTANCE_REFRESHES);
        }
        OthersAtWork.needs(reads, listed, GroupSight.of(group), state);
        if (OthersVersion.isToBeAsked(plan, group, state)) {
            reads.add(Read.MEANT_VERSIONS);
        }
        return reads;
    }

    /** AWS's own refresh was asked for, and nobody knows whether it began. */
    private static boolean isStarting(RefreshState state) {
        return state.pendingChanges()
                .filter(pending -> pending.changes().stream().anyMatch(Change.StartInstanceRefresh.class::isInstance))
                .isPresent();
    }

    /** New instances that went since the last look: whose end has to be explained. */
    public static List<InstanceId> gone(RefreshPlan plan, GroupObservation group, RefreshState state) {
        return Losses.gone(new Tick(plan, GroupSight.of(group), state, group.at()))
                .toList();
    }

    /**
     * Whether a decision of {@link #decide} is only good when no instance refresh of others is under way, and nobody looked
     * yet: then the sight has to contain them.
     */
    public static boolean asksForOthers(RefreshPlan plan, GroupSight sight, RefreshState before, Decided decided) {
        return OthersAtWork.isToBeLookedAt(
                new Tick(plan, sight, before, sight.group().at()), decided);
    }

    /**
     * The next step.
     *
     * @param state as the last decision left it
     * @param now the host's clock
     */
    public static Decided decide(RefreshPlan plan, GroupSight sight, RefreshState state, Instant now) {
        Tick tick = new Tick(plan, sight, state.notAfter(now), now);
        Optional<Decided> unsettled = Settlement.unsettled(tick);
        if (unsettled.isPresent()) {
            return unsettled.get();
        }
        Tick made = tick.with(Settlement.settle(tick));
        Tick changed = made.with(ScaleIn.look(made));
        Optional<Decided> unexplained = Settlement.unexplained(changed);
        if (unexplained.isPresent()) {
            return unexplained.get();
        }
        Tick afterwards = changed.with(Settlement.account(changed));
        Tick settled = afterwards.with(Balancers.look(afterwards));
        if (settled.state().unseen() >= Settlement.ATTEMPTS
                && settled.state().temporary().undoing() == null) {
            return settled.failed("AWS did not show a change in " + Settlement.ATTEMPTS + " attempts");
        }
        Tick seen = settled.with(Sightings.update(settled));
        Tick waited = seen.with(Waited.update(seen));
        Tick watched = waited.with(Watch.look(waited));
        Tick current = watched.with(OthersAtWork.look(watched));
        if (sight.group().deleting()) {
            return current.failed("the group is being deleted");
        }
        Optional<RefreshDecision.Failed> tooLate = Trouble.groupTimeLimit(current);
        boolean cancelsFirst = plan.strategy() == RefreshStrategy.INSTANCE_REFRESH
                && current.state().drivenRefresh().isPresent();
        boolean isOver = current.isEnding(Ending.Way.LEAVE) || Undo.isAllThatIsLeft(current);
        if (tooLate.isPresent() && !cancelsFirst && !isOver) {
            return OthersAtWork.late(current, tooLate.get());
        }
        Decided next = next(current);
        return Undoing.givenUp(current, next)
                .map(current::failed)
                .orElseGet(() -> Suspicion.weigh(current, OthersAtWork.held(current, next)));
    }

    private static Decided next(Tick current) {
        RefreshPlan plan = current.plan();
        if (plan.strategy() == RefreshStrategy.INSTANCE_REFRESH) {
            return strategy(plan).decide(current);
        }
        Optional<Decided> ofAws = InstanceRefreshStrategy.endFirst(current);
        if (ofAws.isPresent()) {
            return ofAws.get();
        }
        Tick ours = current.with(current.state().with((DrivenRefresh) null));
        Tick own = ours.with(OthersVersion.look(ours));
        return OthersVersion.decide(own)
                .or(() -> retagged(own))
                .or(() -> sentToZero(own))
                .or(() -> replaceBroken(own))
                .orElseGet(() -> pointedBack(own, Balancers.hold(own, strategy(own))));
    }

    /**
     * Every instance is on the wanted version and healthy and nothing is temporary, however late it is; what ended early does
     * not wait for those that are leaving.
     */
    public static boolean isProven(RefreshPlan plan, GroupSight sight, RefreshState state, Instant now) {
        Tick tick = new Tick(plan, sight, state, now);
        Tick told = tick.with(Balancers.look(tick));
        Tick seen = told.with(Sightings.update(told));
        return state.earlyEnding().isPresent()
                ? Undo.isWhole(seen)
                : Undo.finish(seen).decision() instanceof RefreshDecision.Done;
    }

    /** From how many instances on that went from a group of this size its image has to be looked at. */
    public static int tooManyLost(int desired) {
        return Trouble.tooMany(desired);
    }

    /** What broke in a group that was done, so that too few serve; empty when enough do, or nobody can tell. */
    public static String broken(RefreshPlan plan, GroupSight sight, RefreshState state) {
        return Broken.sinceItsEnd(new Tick(plan, sight, state, sight.group().at()));
    }

    /** Whom the checks of a group are asked: those that serve, as far as AWS can tell. */
    public static Serving serving(RefreshPlan plan, GroupSight sight, RefreshState state) {
        GroupHealth health = new GroupHealth(plan, sight, state);
        return new Serving(
                Tick.ids(health.current()),
                Tick.ids(health.current().stream().filter(health::serves).toList()),
                Tick.ids(health.outdated().stream().filter(health::serves).toList()));
    }

    /**
     * Who serves.
     *
     * @param current every instance on the wanted version that stays
     * @param currentServing those of them that are in service and healthy to the group and its load balancers
     * @param outdatedServing the same of those to replace
     */
    public record Serving(
            List<InstanceId> current, List<InstanceId> currentServing, List<InstanceId> outdatedServing) {}

    /** Others moved desired capacity: should this build be gone for good, their part is not to be undone with ours. */
    private static Optional<Decided> retagged(Tick tick) {
        Temporary temporary = tick.state().temporary();
        int base = tick.desired() - temporary.surge();
        boolean isDue = temporary.tagged()
                && tick.launchesTarget()
                && !tick.isEnding(Ending.Way.LEAVE)
                && RestoreTag.isOutdated(tick.group(), base);
        String tag = new RestoreTag(tick.plan().runId(), temporary, base).text();
        return isDue
                ? Optional.of(tick.acting(
                        List.of(new Change.PutTags(Map.of(RestoreTag.NAME, tag))),
                        "writing down what is ours of desired capacity " + tick.desired()))
                : Optional.empty();
    }

    /** Others want no instances, and AWS is about to end those that are there: nothing is launched into such a group. */
    private static Optional<Decided> sentToZero(Tick tick) {
        List<InstanceObservation> old = tick.health().replaceable();
        boolean isOver = tick.desired() > 0
                || tick.state().temporary().surge() > 0
                || tick.state().earlyEnding().isPresent()
                || old.isEmpty()
                || old.stream().anyMatch(InstanceObservation::protectedFromScaleIn);
        return isOver
                ? Optional.empty()
                : Optional.of(Trouble.of(tick)
                        .map(tick::failed)
                        .orElseGet(() ->
                                tick.waiting("desired capacity is 0, waiting until " + Tick.names(old) + " are gone")));
    }

    /** A failure that is borne is a failure all the same: its instance goes, and the group launches another one. */
    private static Optional<Decided> replaceBroken(Tick tick) {
        List<InstanceObservation> broken =
                tick.state().earlyEnding().isPresent() ? List.of() : Trouble.replaceable(tick);
        if (broken.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(tick.acting(
                List.of(new Change.Replace(Tick.ids(broken))),
                "terminating " + Tick.names(broken) + ", not healthy in time: "
                        + tick.health().whyNot(broken.get(0))));
    }

    /** Before a way back waits for anything the group launches what it goes back to: the other version may launch no more. */
    private static Decided pointedBack(Tick tick, Decided decided) {
        boolean isDue = decided.decision() instanceof RefreshDecision.Wait
                && tick.plan().wayBack()
                && !tick.launchesTarget()
                && tick.state().earlyEnding().isEmpty();
        return isDue
                ? tick.with(decided.state())
                        .acting(
                                tick.sourceChanges(),
                                "launching from version " + tick.plan().to() + ", then "
                                        + ((RefreshDecision.Wait) decided.decision()).reason())
                : decided;
    }

    private static Strategy strategy(Tick tick) {
        RefreshPlan plan = tick.plan();
        // What another run raised is lowered first, whatever comes after that.
        return tick.state().temporary().surge() > 0 && !plan.launchesFirst() ? new OutIn(plan.batch()) : strategy(plan);
    }

    private static Strategy strategy(RefreshPlan plan) {
        return switch (plan.strategy()) {
            case INSTANCE_REFRESH -> new InstanceRefreshStrategy();
            case OUT_IN -> new OutIn(plan.batch());
            case IN_OUT -> new InOut(plan.batch());
            case ROLLING -> plan.launchesFirst() ? new OutIn(plan.batch()) : new InOut(plan.batch());
            case CANARY -> new Canary();
        };
    }
}
