package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Ending;
import io.jenkins.plugins.amirefresh.refresh.Watch.CanaryState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One replacement alone, watched for a while; then the rest in batches. A canary that goes is followed by another one. In a
 * group of one that launches first, whom it replaces stays until it stood its watch; others can do without, and what they
 * hold back of a quota may be what another group needs.
 */
final class Canary implements Strategy {

    @Override
    public Decided decide(Tick tick) {
        boolean isEnding = tick.isEnding(Ending.Way.LEAVE) || tick.isEnding(Ending.Way.FINISH_BATCH);
        return tick.state().watching().canary() == CanaryState.LEFT && !isEnding
                ? LeftCanary.decide(tick).orElseGet(() -> goOn(LeftCanary.after(tick)))
                : goOn(tick);
    }

    private static Decided goOn(Tick tick) {
        Strategy alone = tick.plan().launchesFirst() ? new OutIn(1) : new InOut(1);
        boolean isEnding = tick.isEnding(Ending.Way.LEAVE) || tick.isEnding(Ending.Way.FINISH_BATCH);
        GroupHealth health = tick.health();
        boolean isMoving = tick.state().temporary().surge() > 0
                || tick.state().temporary().suspended().contains(ScalingProcess.LAUNCH)
                || health.staying().size() < tick.desired();
        CanaryState known = tick.state().watching().canary();
        // A way back is to what is proven, and whoever is left alone is no canary.
        boolean isNone = health.current().isEmpty()
                && (!health.leftAlone().isEmpty() || (tick.plan().wayBack() && tick.desired() == 0));
        boolean isUnproven = known == CanaryState.BEGUN && !isNone;
        boolean isHeld = !isEnding && isHeld(tick);
        if (isEnding || (isMoving && !isHeld) || (health.replaceable().isEmpty() && !isUnproven)) {
            return batches(tick, health).decide(tick);
        }
        List<InstanceObservation> current = health.current();
        if (current.isEmpty()) {
            return health.replaceable().isEmpty()
                    ? tick.failed("the group was sent to 0 before its canary was proven")
                    : alone.decide(
                            tick.with(tick.state().with(tick.state().watching().with(CanaryState.BEGUN))));
        }
        return watch(tick, current);
    }

    /** The canary is there and serves or did, and so is the only instance, which it was launched for. */
    private static boolean isHeld(Tick tick) {
        GroupHealth health = tick.health();
        return tick.plan().launchesFirst()
                && !tick.plan().wayBack()
                && tick.state().watching().canary() == CanaryState.BEGUN
                && tick.state().temporary().surge() > 0
                && tick.desired() - tick.state().temporary().surge() == 1
                && !tick.state().temporary().suspended().contains(ScalingProcess.LAUNCH)
                && tick.launchesTarget()
                && health.staying().size() >= tick.desired()
                && !health.replaceable().isEmpty()
                && watchedUntil(tick, health.current()).isPresent();
    }

    private static Decided watch(Tick tick, List<InstanceObservation> current) {
        GroupHealth health = tick.health();
        Optional<Instant> until = watchedUntil(tick, current);
        if (until.isEmpty() || tick.now().isBefore(until.get())) {
            Tick watching = until.isEmpty() ? tick : tick.with(tick.state().withBatchSince(null));
            return Broken.canary(watching)
                    .or(() -> Trouble.of(watching))
                    .map(watching::failed)
                    .orElseGet(() -> watching.waiting(progress(watching, current, until)));
        }
        if (health.healthy(current) == 0) {
            Ailment ailment = Losses.last(tick.state(), current.get(0).id());
            return tick.failed(new Failed(
                    "canary " + Tick.names(current) + " did not stay healthy: " + health.whyNot(current.get(0)),
                    tick.state().findings().blames(ailment)));
        }
        if (tick.state().temporary().surge() > 0) {
            return batches(tick, health).decide(tick);
        }
        Tick proven = tick.with(tick.state().with(tick.state().watching().with(CanaryState.PROVEN)));
        return tick.plan().policy().stopsAfterCanary() && !health.replaceable().isEmpty()
                ? Undo.pause(proven.with(proven.state().withBatchSince(null)))
                : batches(proven, health).decide(proven);
    }

    /** A batch that has begun is ended as it began; the canary's is the first. */
    private static Strategy batches(Tick tick, GroupHealth health) {
        boolean isWatched = watchedUntil(tick, health.current())
                .filter(until -> !tick.now().isBefore(until))
                .isPresent();
        int batch = isWatched ? tick.plan().batch() : 1;
        return tick.plan().launchesFirst() ? new OutIn(batch) : new InOut(batch);
    }

    /** Until when the first of the new instances is watched; empty before it has warmed up. */
    private static Optional<Instant> watchedUntil(Tick tick, List<InstanceObservation> current) {
        Duration delay = tick.plan().policy().checkpointDelay();
        return current.stream()
                .map(instance -> tick.state().sightings().get(instance.id()))
                .filter(Objects::nonNull)
                .filter(Sighting::proven)
                .map(Sighting::warmAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .map(warm -> warm.plus(delay));
    }

    private static String progress(Tick tick, List<InstanceObservation> current, Optional<Instant> until) {
        String names = Tick.names(current);
        return until.map(end -> "watching canary " + names + " until " + end)
                .orElseGet(() ->
                        "waiting for canary " + names + ": " + tick.health().whyNot(current.get(0)));
    }
}
