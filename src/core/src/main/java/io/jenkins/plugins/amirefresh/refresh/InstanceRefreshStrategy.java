package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceMaintenancePolicy;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.InstanceRefresh;
import io.jenkins.plugins.amirefresh.model.InstanceRefreshPreferences;
import io.jenkins.plugins.amirefresh.model.InstanceRefreshStatus;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts AWS's own refresh, or adopts a running one that wants the same version, and answers each of its ten states. A
 * refresh that others started is never cancelled.
 */
final class InstanceRefreshStrategy implements Strategy {

    @Override
    public Decided decide(Tick tick) {
        return tick.state()
                .drivenRefresh()
                .map(driven -> drive(watched(tick), driven))
                .orElseGet(() -> begin(tick));
    }

    /** An earlier run of ours began it, and is gone: it is watched from now on. */
    private static Tick watched(Tick tick) {
        return tick.plan().wayBack() || tick.state().watching().servedAtStart() >= 0
                ? tick
                : tick.with(Watch.begin(tick));
    }

    /** The group goes back while the refresh that brought it forward still runs: ours ends first, others' goes on. */
    private static Decided supersede(Tick tick, DrivenRefresh driven, InstanceRefresh refresh) {
        if (driven.adopted() || !ManagedRefreshes.isActive(refresh.status())) {
            return begin(tick.with(tick.state().with((DrivenRefresh) null)));
        }
        return refresh.status() == InstanceRefreshStatus.ROLLBACK_IN_PROGRESS
                ? tick.waiting(line(refresh))
                : cancel(tick, false, "the group goes to version " + tick.plan().to());
    }

    /** AWS's refresh, which an own strategy goes on from, ends first; empty when none is under way. */
    static Optional<Decided> endFirst(Tick tick) {
        return tick.state().drivenRefresh().flatMap(driven -> endFirst(tick, driven));
    }

    private static Optional<Decided> endFirst(Tick tick, DrivenRefresh driven) {
        Optional<InstanceRefresh> found = listed(tick, driven);
        if (found.isEmpty()) {
            return Optional.of(tick.waiting("waiting until AWS lists instance refresh " + driven.id()));
        }
        if (!ManagedRefreshes.isActive(found.get().status())) {
            return Optional.empty();
        }
        return Optional.of(
                driven.adopted()
                        ? tick.failed("instance refresh " + driven.id() + " was started by others and goes on; wait for"
                                + " its end or cancel it, then try again")
                        : supersede(tick, driven, found.get()));
    }

    private static Optional<InstanceRefresh> listed(Tick tick, DrivenRefresh driven) {
        return tick.sight().instanceRefreshes().stream()
                .filter(refresh -> refresh.id().equals(driven.id()))
                .findFirst();
    }

    private static Decided begin(Tick tick) {
        LaunchSource wanted = tick.plan().target(tick.group().launchSource());
        if (tick.state().earlyEnding().isPresent()) {
            return Undo.stop(tick);
        }
        Optional<InstanceRefresh> active = ManagedRefreshes.active(tick.sight().instanceRefreshes());
        if (active.isPresent()) {
            return ManagedRefreshes.wants(active.get(), wanted)
                    ? drive(tick.with(
                            Watch.begin(tick).with(DrivenRefresh.of(active.get().id(), true))))
                    : tick.failed("instance refresh " + active.get().id() + " is "
                            + active.get().status().awsName() + " and brings the group to another version;"
                            + " wait for its end or cancel it, then try again");
        }
        List<InstanceObservation> pooled = tick.health().outdatedInPool();
        if (tick.health().replaceable().isEmpty()
                && tick.health().replaceableInStandby().isEmpty()
                && pooled.isEmpty()) {
            return Standby.orFinish(tick);
        }
        Optional<Decided> halted = Balancers.halt(tick).or(() -> withoutService(tick));
        if (halted.isPresent()) {
            return halted.get();
        }
        Change start = new Change.StartInstanceRefresh(wanted, preferences(tick), tick.now());
        return tick.with(Watch.begin(tick).withBatchSince(tick.now()))
                .acting(
                        List.of(start),
                        "starting an instance refresh to version " + tick.plan().to() + " for "
                                + Tick.count(tick.health().outdated().size(), "outdated instance")
                                + (pooled.isEmpty() ? "" : " and " + pooled.size() + " of its warm pool"));
    }

    /** It is half-way already, and AWS would go on beside those that do not serve. */
    private static Optional<Decided> withoutService(Tick tick) {
        GroupHealth health = tick.health();
        Optional<InstanceObservation> idle = tick.plan().wayBack() || !health.isBehindBalancer()
                ? Optional.empty()
                : health.current().stream()
                        .filter(instance -> !health.serves(instance))
                        .findFirst();
        return idle.map(instance -> Trouble.of(tick)
                .map(tick::failed)
                .orElseGet(() -> tick.waiting("waiting until all that are on version "
                        + tick.plan().to() + " serve, before AWS goes on: " + instance.id() + " "
                        + health.whyNot(instance))));
    }

    private static InstanceRefreshPreferences preferences(Tick tick) {
        RefreshPlan plan = tick.plan();
        RefreshPolicy policy = plan.policy();
        return new InstanceRefreshPreferences(
                minHealthyPercentage(policy, tick),
                policy.maxHealthyPercentage(),
                plan.warmup(),
                policy.managed().checkpointPercentages(),
                policy.managed().checkpointPercentages().isEmpty() ? null : policy.checkpointDelay(),
                !plan.hasUnlikeInstances(),
                policy.managed().autoRollback(),
                policy.scaleInProtectedInstances(),
                policy.standbyInstances(),
                policy.managed().alarms(),
                policy.managed().bakeTime());
    }

    /** AWS takes a most only beside a least, at most 100 apart: the group's own, else its default. */
    private static @Nullable Integer minHealthyPercentage(RefreshPolicy policy, Tick tick) {
        Integer min = policy.minHealthyPercentage();
        Integer max = policy.maxHealthyPercentage();
        if (min != null || max == null) {
            return min;
        }
        InstanceMaintenancePolicy own = tick.group().maintenancePolicy();
        return Math.max(own.isSet() ? own.minHealthyPercentage() : 90, max - 100);
    }

    private static Decided drive(Tick tick) {
        return drive(tick, tick.state().drivenRefresh().orElseThrow());
    }

    private static Decided drive(Tick tick, DrivenRefresh driven) {
        Optional<InstanceRefresh> found = listed(tick, driven);
        if (found.isEmpty()) {
            return tick.waiting("waiting until AWS lists instance refresh " + driven.id());
        }
        InstanceRefresh refresh = found.get();
        if (!ManagedRefreshes.wants(refresh, tick.plan().target(tick.group().launchSource()))) {
            return supersede(tick, driven, refresh);
        }
        return switch (refresh.status()) {
            case PENDING, IN_PROGRESS, BAKING, UNRECOGNISED -> running(noting(tick, driven, refresh), driven, refresh);
            case CANCELLING -> cancelling(tick, driven, refresh);
            case ROLLBACK_IN_PROGRESS -> tick.waiting(line(refresh));
            case SUCCESSFUL -> successful(tick, driven);
            case CANCELLED -> cancelled(tick, driven, refresh);
            case FAILED, ROLLBACK_FAILED, ROLLBACK_SUCCESSFUL ->
                Standby.isAllThatIsLeft(tick) ? leave(tick, refresh) : failed(tick, Trouble.byAws(tick, line(refresh)));
        };
    }

    /** AWS gave up over instances that nobody may touch; the group launches what the others run before it is left so. */
    private static Decided leave(Tick tick, InstanceRefresh refresh) {
        if (tick.isEnding(Ending.Way.LEAVE)) {
            return Undo.stop(tick);
        }
        return tick.launchesTarget()
                ? tick.failed(Trouble.byAws(tick, line(refresh)))
                : tick.acting(tick.sourceChanges(), "launching what all but those run that may not be touched");
    }

    /** AWS sizes the batches: one is as long as nothing more is complete. */
    private static Tick noting(Tick tick, DrivenRefresh driven, InstanceRefresh refresh) {
        if (refresh.percentageComplete() <= driven.percentageComplete()
                || tick.state().batchSince() == null) {
            return tick;
        }
        return tick.with(
                tick.state().with(driven.at(refresh.percentageComplete())).withBatchSince(tick.now()));
    }

    private static Decided running(Tick tick, DrivenRefresh driven, InstanceRefresh refresh) {
        Optional<Ending> ending = tick.state().earlyEnding();
        if (ending.isPresent()) {
            boolean waits = ending.get().way() == Ending.Way.FINISH_BATCH;
            return driven.adopted() ? Undo.stop(tick) : cancel(tick, waits, "ended early");
        }
        Optional<String> blind = Balancers.blind(tick);
        if (blind.isPresent()) {
            return driven.adopted()
                    ? giveUp(tick, driven, Balancers.failure(blind.get()))
                    : cancel(halting(tick), false, blind.get());
        }
        if (Standby.isHeldUp(tick) && !driven.adopted()) {
            return cancel(
                    tick.with(tick.state().with(driven.halting())),
                    false,
                    "it would wait for what may not be touched" + Standby.heldBy(tick));
        }
        List<InstanceObservation> sick = driven.adopted() ? List.of() : Watch.sickOld(tick);
        if (!sick.isEmpty()) {
            return tick.acting(
                    List.of(new Change.Replace(Tick.ids(sick))),
                    "terminating " + Tick.names(sick) + ", which serves nobody while AWS counts it as healthy: "
                            + tick.health().whyNot(sick.get(0)));
        }
        return trouble(tick).map(why -> giveUp(tick, driven, why)).orElseGet(() -> tick.waiting(line(refresh)));
    }

    /** AWS cannot be told to wait, so it ends, and begins again when somebody can tell who serves. */
    private static Tick halting(Tick tick) {
        Watch watch = tick.state().watching();
        Balancers balancers = watch.balancers();
        return balancers == null ? tick : tick.with(tick.state().with(watch.with(balancers.halting())));
    }

    private static Optional<Decided> beginAgain(Tick tick) {
        Watch watch = tick.state().watching();
        Balancers balancers = watch.balancers();
        if (balancers == null || !balancers.halted()) {
            return Optional.empty();
        }
        return Balancers.halt(tick).or(() -> {
            RefreshState again = tick.state().with(watch.with(balancers.goingOn()));
            return Optional.of(begin(tick.with(again.with((DrivenRefresh) null))));
        });
    }

    /** AWS waits for what it has begun, which may never end; then it is cancelled without. */
    private static Decided cancelling(Tick tick, DrivenRefresh driven, InstanceRefresh refresh) {
        if (driven.adopted() && tick.state().earlyEnding().isPresent()) {
            return Undo.stop(tick);
        }
        if (!tick.isEnding(Ending.Way.FAIL)) {
            return trouble(tick).map(why -> giveUp(tick, driven, why)).orElseGet(() -> tick.waiting(line(refresh)));
        }
        return cancel(tick, false, tick.state().earlyEnding().orElseThrow().reason());
    }

    private static Optional<Failed> trouble(Tick tick) {
        return OthersAtWork.blinded(tick)
                .or(() -> Watch.tooFew(tick))
                .or(() -> FirstBatch.outrun(tick))
                .or(() -> FirstBatch.expiring(tick))
                .or(() -> OthersAtWork.tooLong(tick))
                .or(() -> Trouble.of(tick))
                .or(() -> Trouble.groupTimeLimit(tick));
    }

    private static Decided giveUp(Tick tick, DrivenRefresh driven, Failed why) {
        return driven.adopted()
                ? tick.failed(why.told(
                        why.reason() + "; instance refresh " + driven.id() + " was started by others and goes on",
                        why.blamesVersion()))
                : cancel(tick.with(tick.state().endingBy(why)), false, why.reason());
    }

    private static Decided cancel(Tick tick, boolean waits, String why) {
        List<InstanceObservation> surplus = waits ? List.of() : surplus(tick);
        List<Change> changes = new ArrayList<>();
        if (!surplus.isEmpty()) {
            changes.add(new Change.Replace(Tick.ids(surplus)));
        }
        changes.add(new Change.CancelInstanceRefresh(waits));
        String first = surplus.isEmpty() ? "" : ", terminating " + Tick.names(surplus) + ", which it launched first";
        return tick.acting(changes, "cancelling the instance refresh" + first + ": " + why);
    }

    /**
     * Who serves nobody of those that AWS launched beside the others: once its refresh is over it ends as many as are more than
     * desired, by its termination policy, which may choose old ones that serve.
     */
    private static List<InstanceObservation> surplus(Tick tick) {
        GroupHealth health = tick.health();
        List<InstanceObservation> staying = health.staying();
        int tooMany = tick.group().isWeighted() ? 0 : Math.max(0, staying.size() - tick.desired());
        return staying.stream()
                .filter(instance -> !health.serves(instance) && !instance.protectedFromScaleIn())
                .sorted(Comparator.comparing(health::isOutdated))
                .limit(tooMany)
                .toList();
    }

    private static Decided cancelled(Tick tick, DrivenRefresh driven, InstanceRefresh refresh) {
        Optional<Ending> ending = tick.state().earlyEnding();
        if (ending.isEmpty() && driven.halted()) {
            return begin(tick.with(tick.state().with((DrivenRefresh) null)));
        }
        if (ending.isEmpty()) {
            return beginAgain(tick).orElseGet(() -> tick.failed(line(refresh)));
        }
        return ending.get().way() == Ending.Way.FAIL
                ? failed(
                        tick,
                        new Failed(
                                ending.get().reason(),
                                ending.get().blamesVersion(),
                                ending.get().late()))
                : Undo.stop(tick);
    }

    /** Once AWS gave up on the way back, the group shall launch what it goes back to all the same, whenever AWS can again. */
    private static Decided failed(Tick tick, Failed why) {
        return tick.plan().wayBack() && !tick.launchesTarget()
                ? tick.acting(
                        tick.sourceChanges(), "launching version " + tick.plan().to() + " from now on: " + why.reason())
                : tick.failed(why);
    }

    /**
     * The listing was read before the status, by as much as the observer lets it be, and AWS itself may lag: old instances are
     * believed only when a newer listing still shows them.
     */
    private static Decided successful(Tick tick, DrivenRefresh driven) {
        List<InstanceObservation> old = new ArrayList<>(tick.health().replaceable());
        old.addAll(tick.health().outdatedInPool());
        if (old.isEmpty()) {
            return Balancers.hold(tick, Standby::orFinish);
        }
        Instant since = driven.successfulSince() == null ? tick.now() : driven.successfulSince();
        if (!tick.group().at().isAfter(since.plus(Settlement.PATIENCE))) {
            return tick.with(tick.state().with(driven.successful(since)))
                    .waiting("the instance refresh was successful, waiting until AWS lists no " + Tick.names(old)
                            + " any more");
        }
        return tick.failed("the instance refresh was successful, but " + Tick.names(old) + " did not get to version "
                + tick.plan().to());
    }

    private static String line(InstanceRefresh refresh) {
        // AWS adds an example instance to its reason, which changes at nearly every look.
        String why = refresh.statusReason().split(" For example: ", 2)[0];
        String reason = why.isBlank() ? "" : ": " + why;
        return "instance refresh " + refresh.status().awsName() + ", " + refresh.percentageComplete() + "% complete"
                + reason;
    }
}
