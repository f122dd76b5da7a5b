package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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
        Instant madeGood = tick.sight().activities().stream()
                .filter(activity -> activity.isLaunch() && !activity.isFailed())
                .map(ScalingActivity::startedAt)
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

    /** One is enough, when AWS had the time to try elsewhere. */
    static Optional<Failed> failure(Tick tick) {
        List<ScalingActivity> failed = of(tick);
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        Instant first = failed.stream()
                .map(ScalingActivity::startedAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        boolean mayGoElsewhere = tick.group().availabilityZones().size() > 1;
        return mayGoElsewhere && tick.group().at().isBefore(first.plus(ELSEWHERE))
                ? Optional.empty()
                : Optional.of(new Failed("a launch failed: " + Losses.words(tick, failed.get(0))));
    }
}
