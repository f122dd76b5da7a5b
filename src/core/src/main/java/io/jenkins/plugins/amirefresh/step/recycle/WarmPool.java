package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import java.util.List;

/**
 * What a group holds ready for its next scale-out. Looked at only where nothing in service is outdated: else AWS's own refresh
 * brings it along anyway.
 *
 * @param isCurrent nothing of it has to be replaced, as far as is known
 * @param note for the plan or the row, empty for nothing
 */
record WarmPool(boolean isCurrent, String note) {

    /** The group has none, or it is not in question. */
    static final WarmPool NONE = new WarmPool(true, "");

    /** One call for a group that has one, none for others. */
    static WarmPool of(Cloud cloud, GroupObservation group, RefreshPlan plan) {
        if (!group.hasWarmPool()) {
            return NONE;
        }
        List<InstanceObservation> pool;
        try {
            pool = cloud.autoScalingGroups().warmPool(group.key().name());
        } catch (CloudException.AccessDenied e) {
            return new WarmPool(true, "whether its warm pool is outdated is not known: " + e.getMessage());
        }
        long staying = pool.stream()
                .filter(instance -> !instance.lifecycleState().isLeaving())
                .count();
        long outdated = pool.stream()
                .filter(instance -> !instance.lifecycleState().isLeaving())
                .filter(instance -> plan.isOutdated(instance, group.launchSource()))
                .count();
        if (staying == 0) {
            return NONE;
        }
        return outdated == 0
                ? new WarmPool(true, "its warm pool of " + staying + " is current")
                : new WarmPool(false, outdated + " of " + staying + " instances of its warm pool outdated");
    }
}
