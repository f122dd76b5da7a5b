package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceRefresh;
import io.jenkins.plugins.amirefresh.refresh.GroupSight.Read;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Act;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Wait;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import io.jenkins.plugins.amirefresh.refresh.Watch.CanaryState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Others who replace the group's instances too, or who suspend a process that the work cannot do without. Neither knows of
 * us: nothing more is launched or ended until they are done, and what is temporary is put back at any time.
 */
final class OthersAtWork {

    /** How long a process may stay suspended before the group stops: deployments and repairs resume theirs sooner. */
    static final Duration PATIENCE = Duration.ofMinutes(15);

    private OthersAtWork() {}

    /** Instances that go though nobody here ended them, or a refresh of others under way: it is looked at again. */
    static void needs(Set<Read> reads, GroupHealth health, GroupSight sight, RefreshState state) {
        boolean isEndedByOthers = sight.group().instances().stream()
                .anyMatch(instance ->
                        Allowance.isLeaving(instance) && !state.terminated().contains(instance.id()));
        OthersMove others = state.others();
        if ((isEndedByOthers && !health.replaceable().isEmpty()) || (others != null && others.refreshing())) {
            reads.add(Read.INSTANCE_REFRESHES);
        }
    }

    /** The state after this look. */
    static RefreshState look(Tick tick) {
        Optional<InstanceRefresh> theirs = theirs(tick);
        OthersMove others = tick.state().others();
        Instant still = others == null ? null : others.stillSince();
        Instant since = tick.sight().standstill().isEmpty()
                ? null
                : still == null || still.isAfter(tick.now()) ? tick.now() : still;
        // A sight without refreshes is one that saw none: those that are known to be under way are always asked for.
        return tick.state()
                .with(OthersMove.seen(
                        others, theirs.map(found -> found.id().toString()).orElse(null), since));
    }

    private static Optional<InstanceRefresh> theirs(Tick tick) {
        return isAwsDriven(tick)
                ? Optional.empty()
                : ManagedRefreshes.active(tick.sight().instanceRefreshes());
    }

    private static boolean isAwsDriven(Tick tick) {
        return tick.plan().strategy() == RefreshStrategy.INSTANCE_REFRESH
                || tick.state().drivenRefresh().isPresent();
    }

    /** Instances come or go, and nobody has looked yet whether others replace some at the same time. */
    static boolean isToBeLookedAt(Tick tick, Decided decided) {
        boolean isMove = decided.decision() instanceof Act act && moves(act);
        return !isAwsDriven(tick)
                && (isMove || isJoined(tick))
                && !tick.isEnding(Ending.Way.LEAVE)
                && tick.sight().instanceRefreshes().isEmpty();
    }

    /** New instances came while a canary is watched, which nobody here launched. */
    private static boolean isJoined(Tick tick) {
        RefreshState state = tick.state();
        return state.watching().canary() == CanaryState.BEGUN
                && state.temporary().surge() == 0
                && !state.sightings().isEmpty()
                && tick.health().current().stream()
                        .anyMatch(instance -> !state.sightings().containsKey(instance.id()));
    }

    private static boolean moves(Act act) {
        return act.changes().stream()
                .anyMatch(change -> change instanceof Change.StartInstanceRefresh
                        || change instanceof Change.SetDesired
                        || !change.terminates().isEmpty());
    }

    /** What was decided, unless others are at work. */
    static Decided held(Tick tick, Decided decided) {
        if (tick.isEnding(Ending.Way.LEAVE)) {
            return decided;
        }
        boolean isMove = decided.decision() instanceof Act act && moves(act);
        Optional<InstanceRefresh> theirs = theirs(tick);
        if (theirs.isPresent() && isMove) {
            return tick.waiting(waiting(theirs.get()));
        }
        if (theirs.isPresent() && decided.decision() instanceof Failed failed && !failed.blamesVersion()) {
            return late(tick, failed);
        }
        if (tick.sight().standstill().isEmpty()) {
            return decided;
        }
        Optional<Failed> tooLong = isMove || decided.decision() instanceof Wait ? tooLong(tick) : Optional.empty();
        if (isMove && tick.plan().wayBack() && !tick.launchesTarget()) {
            return tick.acting(
                    tick.sourceChanges(),
                    "launching from version " + tick.plan().to() + " from now on");
        }
        if (tooLong.isPresent()) {
            return tick.failed(tooLong.get());
        }
        return isMove ? tick.waiting("waiting, nothing more is launched or ended for now") : decided;
    }

    /** A limit is over while a refresh of others runs: going back now would be two at work again. */
    static Decided late(Tick tick, Failed failed) {
        return theirs(tick)
                .map(theirs -> tick.failed(Failed.byOthers(failed.reason() + "; instance refresh " + theirs.id()
                        + " was started by others and goes on; wait for its end or cancel it, then try again")))
                .orElseGet(() -> tick.failed(failed));
    }

    private static String waiting(InstanceRefresh theirs) {
        return "waiting until instance refresh " + theirs.id() + " of others is over ("
                + theirs.status().awsName() + ", " + theirs.percentageComplete()
                + "% complete); nothing more is launched or ended meanwhile";
    }

    /** At the last look a process was suspended that the work needs. */
    static boolean holdUp(RefreshState state) {
        OthersMove others = state.others();
        return others != null && others.stillSince() != null;
    }

    /** A process is suspended for too long, while something is left to do. */
    static Optional<Failed> tooLong(Tick tick) {
        OthersMove others = tick.state().others();
        Instant since = others == null ? null : others.stillSince();
        boolean isTooLong = since != null && tick.now().isAfter(since.plus(PATIENCE)) && !Undo.isWhole(tick);
        return isTooLong
                ? Optional.of(new Failed("it stands still for " + Trouble.text(PATIENCE) + ", "
                        + tick.sight().standstill()))
                : Optional.empty();
    }

    /** AWS's own refresh would go on with new instances that get no traffic, or of which nobody hears when they fail. */
    static Optional<Failed> blinded(Tick tick) {
        boolean isBlinded = !tick.sight().standstill().isEmpty()
                && !AwsReadiness.suspended(tick.group()).isEmpty();
        return isBlinded
                ? Optional.of(new Failed("AWS would go on without a look at who serves, "
                        + tick.sight().standstill()))
                : Optional.empty();
    }
}
