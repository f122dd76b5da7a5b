package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.powercycle.PowerDecider;
import io.jenkins.plugins.amirefresh.powercycle.Schedules;
import java.util.List;

/**
 * What has a schedule in one account and region, with who decides about it.
 *
 * @param targets groups first
 */
record PlaceTargets(PowerDecider decider, Schedules schedules, List<LocatedTarget> targets) {

    /** Copies the list. */
    PlaceTargets {
        targets = List.copyOf(targets);
    }
}
