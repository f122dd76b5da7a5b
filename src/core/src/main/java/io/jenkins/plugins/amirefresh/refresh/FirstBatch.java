package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LifecycleState;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first new instances of AWS's own refresh in a group whose load balancer AWS does not look at: AWS is told to wait after
 * them for as long as they may take to serve. What it would have gone on without costs no second batch.
 *
 * @param outrunSince the look at which AWS first counted one of them as healthy that did not serve; null while there is none
 * @param outran it did so at two looks: it would have gone on
 * @param served all of them served, none too late
 * @param notBefore the last look at which none of them was in service, when AWS cannot have begun to wait; null in state
 *     files of older versions
 * @param shown the first look at which one was; null while none is
 */
public record FirstBatch(
        @Nullable Instant outrunSince,
        boolean outran,
        boolean served,
        @Nullable Instant notBefore,
        @Nullable Instant shown) {

    private static final FirstBatch NONE = new FirstBatch(null, false, false, null, null);
    /** For the cancel after a gap, where AWS's own wait is all that counts. */
    private static final Duration LAST_CALL = Duration.ofMinutes(2);
    /** For the cancel, so that the verdict comes before AWS goes on. */
    private static final Duration MARGIN = Duration.ofMinutes(3);
    /** Checkpoints that somebody chose: within a shorter wait nobody can tell late from broken. */
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    /** Source: EC2 Auto Scaling API Reference, "RefreshPreferences", CheckpointDelay. */
    private static final Duration LONGEST = Duration.ofDays(2);

    /** The plan with a wait after the first new instances, where AWS would go on blindly and nobody chose checkpoints. */
    public static RefreshPlan awaited(RefreshPlan plan, GroupObservation group) {
        RefreshPolicy policy = plan.policy();
        boolean hasNew = group.instances().stream()
                .anyMatch(instance ->
                        !instance.lifecycleState().isLeaving() && !plan.isOutdated(instance, group.launchSource()));
        if (plan.strategy() != RefreshStrategy.INSTANCE_REFRESH
                || !AwsReadiness.isBlind(group)
                || !policy.managed().checkpointPercentages().isEmpty()
                || hasNew) {
            return plan;
        }
        Duration delay = policy.instanceTimeLimit().plus(plan.warmup()).plus(MARGIN);
        return plan.with(policy.but()
                .managed(policy.managed().awaitingService())
                .checkpointDelay(delay.compareTo(LONGEST) > 0 ? LONGEST : delay)
                .build());
    }

    static @Nullable FirstBatch after(@Nullable FirstBatch known, Tick tick) {
        if (!isOurs(tick) && !isOwners(tick)) {
            return known;
        }
        List<InstanceObservation> current = tick.health().current();
        FirstBatch before = (known == null ? NONE : known).seeing(tick);
        if (current.isEmpty() || before.outran || before.served) {
            return before;
        }
        boolean isOutrun =
                Watch.unseen(tick).stream().anyMatch(instance -> !tick.health().isOutdated(instance));
        if (!isOutrun) {
            boolean serves = tick.health().healthy(current) == current.size();
            return new FirstBatch(null, false, serves, before.notBefore, before.shown);
        }
        Instant at = tick.group().at();
        Instant since = before.outrunSince == null ? at : before.outrunSince;
        return new FirstBatch(since, at.isAfter(since), false, before.notBefore, before.shown);
    }

    /** AWS waits since we told it to. */
    private static boolean isOurs(Tick tick) {
        return tick.plan().policy().managed().awaitsService();
    }

    /** AWS waits, long enough to be judged before it goes on, since somebody chose checkpoints. */
    private static boolean isOwners(Tick tick) {
        RefreshPolicy policy = tick.plan().policy();
        return !policy.managed().checkpointPercentages().isEmpty()
                && policy.checkpointDelay().compareTo(SHORTEST) >= 0
                && AwsReadiness.isBlind(tick.group());
    }

    private FirstBatch seeing(Tick tick) {
        Instant at = tick.group().at();
        boolean isThere = tick.health().current().stream()
                .anyMatch(instance -> instance.lifecycleState() == LifecycleState.IN_SERVICE);
        if (shown != null) {
            boolean isGone = !served && tick.health().current().isEmpty();
            return isGone ? new FirstBatch(null, outran, false, at, null) : this;
        }
        Instant batch = tick.state().batchSince();
        Instant begun = batch == null ? tick.state().startedAt() : batch;
        return isThere
                ? new FirstBatch(outrunSince, outran, served, notBefore == null ? begun : notBefore, at)
                : new FirstBatch(outrunSince, outran, served, at, null);
    }

    /**
     * AWS goes on after its wait though nobody could look meanwhile, which no limit of ours counts: none of them serves, and
     * they had their time, or nobody will know before it goes on.
     */
    static Optional<Failed> expiring(Tick tick) {
        FirstBatch first = tick.state().watching().first();
        GroupHealth health = tick.health();
        List<InstanceObservation> current = health.current();
        if (first == null
                || first.served
                || first.notBefore == null
                || first.shown == null
                || tick.state().drivenRefresh().filter(DrivenRefresh::adopted).isPresent()
                || current.isEmpty()
                || current.stream().anyMatch(health::serves)) {
            return Optional.empty();
        }
        RefreshPolicy policy = tick.plan().policy();
        Instant at = tick.group().at();
        if (at.isBefore(first.notBefore.plus(policy.checkpointDelay()).minus(LAST_CALL))
                || (!isOurs(tick) && !Watch.isAtLeast(tick))) {
            return Optional.empty();
        }
        InstanceObservation one = current.get(0);
        Ailment last = Losses.last(tick.state(), one.id());
        Findings findings = tick.state().findings();
        Sighting sighting = tick.state().sightings().get(one.id());
        Instant warmAt = sighting == null ? null : sighting.warmAt();
        boolean hadItsTime = warmAt != null && !at.isBefore(warmAt.plus(policy.instanceTimeLimit()));
        boolean blames = hadItsTime && findings.blames(last);
        String told = hadItsTime && !Findings.saysNothing(last)
                ? findings.inconclusive(last)
                : tick.inconclusive("it may still have been starting, look at that, then try again");
        return Optional.of(new Failed(
                "new instance " + one.id() + " does not serve, and AWS goes on after its wait of "
                        + Trouble.text(policy.checkpointDelay()) + ": " + health.whyNot(one) + (blames ? "" : told),
                blames,
                Lateness.of(tick, one)));
    }

    /** They serve, later than AWS would have waited: the next ones would too, and AWS would not wait for those. */
    static Optional<Failed> outrun(Tick tick) {
        FirstBatch first = tick.state().watching().first();
        List<InstanceObservation> current = tick.health().current();
        if (first == null
                || !isOurs(tick)
                || !first.outran
                || current.isEmpty()
                || !current.stream().allMatch(tick.health()::serves)) {
            return Optional.empty();
        }
        String took = Trouble.text(took(tick, current.get(0)));
        return Optional.of(new Failed("AWS would have gone on after a warmup of "
                + Trouble.text(tick.plan().warmup()) + ", and new instance "
                + current.get(0).id() + " served only after " + took + "; set instanceWarmup to more than " + took
                + ", or the group's health check type to ELB"));
    }

    private static Duration took(Tick tick, InstanceObservation instance) {
        Sighting sighting = tick.state().sightings().get(instance.id());
        Instant warmAt = sighting == null ? null : sighting.warmAt();
        return warmAt == null
                ? tick.plan().warmup()
                : Duration.between(
                        warmAt.minus(tick.plan().warmup()), tick.group().at());
    }
}
