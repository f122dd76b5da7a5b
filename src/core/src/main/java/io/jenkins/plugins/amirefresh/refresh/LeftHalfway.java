package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A group that was left between two versions and does not serve as it was left: its new instances broke while nobody worked
 * on it.
 *
 * @param text what is wrong, in one line
 * @param blamesVersion as in {@link RefreshDecision.Failed}
 * @param bearable how long that may last before the group goes back
 */
public record LeftHalfway(String text, boolean blamesVersion, Duration bearable) {

    /** Empty while enough serve; where no old instance does either, it is what all share. */
    public static Optional<LeftHalfway> of(RefreshPlan plan, GroupSight sight, RefreshState state) {
        Tick tick = new Tick(plan, sight, state, sight.group().at());
        GroupHealth health = tick.health();
        List<InstanceObservation> old =
                health.staying().stream().filter(health::isOutdated).toList();
        boolean isServedByOld = old.stream().anyMatch(health::serves);
        String text = old.isEmpty() || isServedByOld ? Broken.sinceItsEnd(tick) : "";
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new LeftHalfway(text, isServedByOld && isAtFault(health), bearable(tick)));
    }

    private static boolean isAtFault(GroupHealth health) {
        return health.current().stream()
                .flatMap(instance -> health.ailment(instance).stream())
                .anyMatch(ailment -> ailment.evidence() == Ailment.Evidence.FAULT);
    }

    /** What takes an instance's place has the time to start that its group gives, unless half of the floor is gone. */
    private static Duration bearable(Tick tick) {
        Duration grace = tick.group().healthCheckGracePeriod();
        boolean isHalfGone = 2 * tick.health().serving() <= tick.plan().floor();
        return isHalfGone || grace.compareTo(Broken.ALONE) < 0 ? Broken.ALONE : grace;
    }
}
