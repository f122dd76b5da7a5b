package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Launches that failed and that nothing made good. They count while capacity is missing, and since the group launches what the
 * attempt wants; one that was to even out zones never does.
 */
final class FailedLaunches {

    /** How long AWS may take to try another zone. */
    private static final Duration ELSEWHERE = Duration.ofMinutes(1);

    private FailedLaunches() {}

    /** Those that count, newest first. A launch that a hook ended had an instance, whose loss counts. */
    static List<ScalingActivity> of(Tick tick) {
        if (InstanceObservation.units(tick.health().staying()) >= tick.desired()) {
            return List.of();
        }
        if (waitsForSlots(tick)) {
            return List.of();
        }
        Instant madeGood = tick.sight().activities().stream()
                .filter(activity -> (activity.isLaunch() && !activity.isFailed()) || freesSlot(tick, activity))
                .map(activity -> activity.isLaunch() ? activity.startedAt() : activity.endedAt())
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        Instant launching = tick.state().findings().launchesSince();
        Instant since = launching == null ? tick.state().startedAt() : launching;
        return tick.sight().activities().stream()
                .filter(activity -> activity.isLaunch() && activity.isFailed())
                .filter(activity -> !activity.isAbandoned() && !activity.isRebalancing())
                .filter(activity -> !activity.startedAt().isBefore(since)
                        && activity.startedAt().isAfter(madeGood))
                .toList();
    }

    /** Nothing is left to go back from, and AWS tries again by itself: quota and capacity come back in minutes. */
    private static boolean isAllBack(Tick tick) {
        GroupHealth health = tick.health();
        return tick.plan().wayBack()
                && tick.launchesTarget()
                && !health.listsOutdated()
                && !health.current().isEmpty();
    }

    /** What leaves still holds the slot of its reservation: AWS's own refresh asks for its replacement before it is free. */
    private static boolean waitsForSlots(Tick tick) {
        return tick.plan().reusesSlots()
                && tick.group().instances().stream()
                        .anyMatch(instance -> instance.lifecycleState().isLeaving());
    }

    private static boolean freesSlot(Tick tick, ScalingActivity activity) {
        return tick.plan().reusesSlots() && activity.isTermination();
    }

    /** One is enough, when AWS had the time to try elsewhere, or again where a slot was to be free first. */
    static Optional<Failed> failure(Tick tick) {
        List<ScalingActivity> failed = of(tick);
        if (failed.isEmpty() || isAllBack(tick)) {
            return Optional.empty();
        }
        Instant first = failed.stream()
                .map(ScalingActivity::startedAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        boolean mayTryAgain =
                tick.group().availabilityZones().size() > 1 || tick.plan().reusesSlots();
        return mayTryAgain && tick.group().at().isBefore(first.plus(ELSEWHERE))
                ? Optional.empty()
                : Optional.of(new Failed("a launch failed: " + Losses.words(tick, failed.get(0))));
    }
}
