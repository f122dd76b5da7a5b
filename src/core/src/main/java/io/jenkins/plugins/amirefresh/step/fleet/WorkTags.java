package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RestoreTag;
import io.jenkins.plugins.amirefresh.step.preflight.Risk;
import java.util.Set;
import java.util.TreeSet;

/** The names of the tags that work on a group writes there. */
public final class WorkTags {

    private WorkTags() {}

    /**
     * Those of a refresh, and of its way back.
     *
     * @param allowed with {@link Risk#FREE_TAGS} the record of the way back is left out where it has no room
     */
    public static Set<String> toRefresh(String controller, RefreshPlan plan, Set<Risk> allowed) {
        Set<String> names = toGoBack(controller, plan);
        if (!allowed.contains(Risk.FREE_TAGS)) {
            names.add(RecordTag.NAME);
        }
        return names;
    }

    /** Those of a rollback, which has its record already. */
    public static Set<String> toGoBack(String controller, RefreshPlan plan) {
        Set<String> names = new TreeSet<>(Set.of(Lease.PREFIX + controller));
        if (plan.makesTemporaryChanges()) {
            names.add(RestoreTag.NAME);
        }
        return names;
    }
}
