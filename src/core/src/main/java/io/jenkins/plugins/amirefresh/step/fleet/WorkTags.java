package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RestoreTag;
import java.util.Set;
import java.util.TreeSet;

/** The names of the tags that work on a group writes there. */
public final class WorkTags {

    private WorkTags() {}

    /** Those of a refresh, and of its way back. */
    public static Set<String> toRefresh(String controller, RefreshPlan plan) {
        Set<String> names = toGoBack(controller, plan);
        names.add(RecordTag.NAME);
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
