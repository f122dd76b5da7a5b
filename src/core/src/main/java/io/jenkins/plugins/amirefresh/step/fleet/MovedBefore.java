package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A version that others wrote into a group after it was planned and before the first change: it stays, the plan is void. */
final class MovedBefore {

    /** How long AWS may show what was there before. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private MovedBefore() {}

    /** The number that the group names now and neither named when it was planned nor is to get; empty for most. */
    static Optional<LaunchTemplateVersion> to(GroupWork work, GroupObservation group) {
        boolean isOpen = work.phase() == GroupWork.Phase.REFRESHING && !work.changed();
        if (!isOpen || !(work.record().reference() instanceof VersionReference.Numbered planned)) {
            return Optional.empty();
        }
        return group.launchSource().templates().stream()
                .filter(use -> use.id().equals(work.record().template()))
                .map(LaunchSource.Template::version)
                .filter(VersionReference.Numbered.class::isInstance)
                .map(named -> ((VersionReference.Numbered) named).version())
                .findFirst()
                .filter(named -> !named.equals(planned.version())
                        && !named.equals(work.plan().to()));
    }

    /** It is no old read any more. */
    static boolean isSure(GroupWork work, Instant now) {
        return now.isAfter(work.startedAt().plus(PATIENCE));
    }
}
