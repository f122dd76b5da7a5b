package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.HealthStatus;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What ends an attempt while instances are being replaced. */
final class Trouble {

    /** New instances that may go at the least, for a zone rebalanced or a Spot instance taken back. */
    private static final int LOST = 2;

    private Trouble() {}

    /** The first reason to give up, empty while there is none. */
    static Optional<Failed> of(Tick tick) {
        return failedLaunch(tick).or(() -> badInstance(tick)).or(() -> tooLate(tick));
    }

    /** The whole group took too long. */
    static Optional<Failed> groupTimeLimit(Tick tick) {
        Duration limit = tick.plan().policy().groupTimeLimit();
        return isOver(tick.state().startedAt(), limit, tick.now())
                ? Optional.of(new Failed("not finished within the group's time limit of " + text(limit)))
                : Optional.empty();
    }

    private static Optional<Failed> failedLaunch(Tick tick) {
        return tick.sight().activities().stream()
                .filter(activity -> activity.isFailed()
                        && activity.description().startsWith("Launching")
                        && !activity.startedAt().isBefore(tick.state().startedAt()))
                .map(ScalingActivity::statusMessage)
                .findFirst()
                .map(message -> new Failed("a launch failed: " + message));
    }

    private static Optional<Failed> badInstance(Tick tick) {
        if (tick.state().lost() >= Math.max(LOST, (tick.desired() + 9) / 10)) {
            return Optional.of(
                    new Failed(Tick.count(tick.state().lost(), "new instance") + " went away or broke", broke(tick)));
        }
        GroupHealth health = tick.health();
        Duration limit = tick.plan().policy().instanceTimeLimit();
        for (InstanceObservation instance : health.current()) {
            Sighting sighting = tick.state().sightings().get(instance.id());
            if (sighting == null || sighting.proven()) {
                continue;
            }
            if (instance.healthStatus() == HealthStatus.UNHEALTHY) {
                return bad("new instance " + instance.id() + " was marked unhealthy by its group");
            }
            if (isOver(sighting.firstSeen(), limit.plus(tick.plan().warmup()), tick.now())
                    && !health.isHealthy(instance)) {
                return bad("new instance " + instance.id() + " is not healthy after " + text(limit)
                        + " and its warmup: " + health.whyNot(instance));
            }
        }
        return Optional.empty();
    }

    /** A Spot instance that was taken back is unhealthy too, and says nothing of its version. */
    private static boolean broke(Tick tick) {
        return tick.group().launchSource() instanceof LaunchSource.Template
                && tick.group().instances().stream()
                        .anyMatch(instance -> instance.healthStatus() == HealthStatus.UNHEALTHY
                                && !tick.health().isOutdated(instance));
    }

    private static Optional<Failed> bad(String reason) {
        return Optional.of(new Failed(reason, true));
    }

    private static Optional<Failed> tooLate(Tick tick) {
        Instant since = tick.state().batchSince();
        Duration limit = tick.plan().policy().batchTimeLimit();
        return since != null && isOver(since, limit, tick.now())
                ? Optional.of(new Failed("a batch is not finished within its time limit of " + text(limit)))
                : Optional.empty();
    }

    private static boolean isOver(Instant since, Duration limit, Instant now) {
        return now.isAfter(since.plus(limit));
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
