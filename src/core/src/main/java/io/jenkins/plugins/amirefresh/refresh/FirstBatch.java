package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
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
 */
public record FirstBatch(@Nullable Instant outrunSince, boolean outran, boolean served) {

    private static final FirstBatch SEEN = new FirstBatch(null, false, false);
    /** For the cancel, so that the verdict comes before AWS goes on. */
    private static final Duration MARGIN = Duration.ofMinutes(3);
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
        List<InstanceObservation> current = tick.health().current();
        if (!tick.plan().policy().managed().awaitsService() || current.isEmpty()) {
            return known;
        }
        FirstBatch before = known == null ? SEEN : known;
        if (before.outran || before.served) {
            return before;
        }
        boolean isOutrun =
                Watch.unseen(tick).stream().anyMatch(instance -> !tick.health().isOutdated(instance));
        if (!isOutrun) {
            return new FirstBatch(null, false, tick.health().healthy(current) == current.size());
        }
        Instant at = tick.group().at();
        Instant since = before.outrunSince == null ? at : before.outrunSince;
        return new FirstBatch(since, at.isAfter(since), false);
    }

    /** They serve, later than AWS would have waited: the next ones would too, and AWS would not wait for those. */
    static Optional<Failed> outrun(Tick tick) {
        FirstBatch first = tick.state().watching().first();
        List<InstanceObservation> current = tick.health().current();
        if (first == null
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
