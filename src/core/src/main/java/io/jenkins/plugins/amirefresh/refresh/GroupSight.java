package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.ClassicState;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.InstanceRefresh;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.model.TargetGroupArn;
import io.jenkins.plugins.amirefresh.model.TargetState;
import java.util.List;
import java.util.Map;

/**
 * Everything one tick saw of a group.
 *
 * @param targetHealth for each target group of the group, the targets registered in it
 * @param classicHealth for each classic load balancer of the group, the instances registered with it
 * @param activities newest first, since the attempt started; empty when {@link RefreshDecider#needs} did not ask for them
 * @param instanceRefreshes newest first; empty when they were not asked for
 * @param checks how new instances stand to their checks; empty where none are asked
 * @param stateReasons why EC2 says that instances which went are as they are; empty when it was not asked
 * @param warmPool the instances of its warm pool; empty when they were not asked for
 * @param launches what the group launches from, with the numbers of versions that it names otherwise, where they were asked for
 * @param standstill a process that others suspended and the work cannot do without, and what to do; empty for none
 */
public record GroupSight(
        GroupObservation group,
        Map<TargetGroupArn, Map<InstanceId, TargetState>> targetHealth,
        Map<String, Map<InstanceId, ClassicState>> classicHealth,
        List<ScalingActivity> activities,
        List<InstanceRefresh> instanceRefreshes,
        Map<InstanceId, CheckSight> checks,
        Map<InstanceId, String> stateReasons,
        List<InstanceObservation> warmPool,
        LaunchSource launches,
        String standstill) {

    /** Copies the collections. */
    public GroupSight {
        targetHealth = Map.copyOf(targetHealth);
        classicHealth = Map.copyOf(classicHealth);
        activities = List.copyOf(activities);
        instanceRefreshes = List.copyOf(instanceRefreshes);
        checks = Map.copyOf(checks);
        stateReasons = Map.copyOf(stateReasons);
        warmPool = List.copyOf(warmPool);
    }

    /** Without a look at a warm pool. */
    public GroupSight(
            GroupObservation group,
            Map<TargetGroupArn, Map<InstanceId, TargetState>> targetHealth,
            Map<String, Map<InstanceId, ClassicState>> classicHealth,
            List<ScalingActivity> activities,
            List<InstanceRefresh> instanceRefreshes,
            Map<InstanceId, CheckSight> checks,
            Map<InstanceId, String> stateReasons) {
        this(
                group,
                targetHealth,
                classicHealth,
                activities,
                instanceRefreshes,
                checks,
                stateReasons,
                List.of(),
                group.launchSource(),
                "");
    }

    /** What a read of a group alone saw. */
    public static GroupSight of(GroupObservation group) {
        return new GroupSight(group, Map.of(), Map.of(), List.of(), List.of(), Map.of(), Map.of());
    }

    /** The same with what came of the checks. */
    public GroupSight with(Map<InstanceId, CheckSight> newChecks) {
        return but(instanceRefreshes, newChecks, warmPool, launches, standstill);
    }

    /** The same with the instances of its warm pool. */
    public GroupSight withWarmPool(List<InstanceObservation> instances) {
        return but(instanceRefreshes, checks, instances, launches, standstill);
    }

    /** The same with the numbers that the group's versions mean. */
    public GroupSight launching(LaunchSource meant) {
        return but(instanceRefreshes, checks, warmPool, meant, standstill);
    }

    /** The same with the group's newest instance refreshes. */
    public GroupSight withInstanceRefreshes(List<InstanceRefresh> refreshes) {
        return but(refreshes, checks, warmPool, launches, standstill);
    }

    /** The same with what others suspended. */
    public GroupSight standingStill(String why) {
        return but(instanceRefreshes, checks, warmPool, launches, why);
    }

    private GroupSight but(
            List<InstanceRefresh> refreshes,
            Map<InstanceId, CheckSight> newChecks,
            List<InstanceObservation> pool,
            LaunchSource meant,
            String why) {
        return new GroupSight(
                group, targetHealth, classicHealth, activities, refreshes, newChecks, stateReasons, pool, meant, why);
    }

    /** Further reads a decision can need, beside the group itself. */
    public enum Read {
        /** The health of the group's instances at each of its target groups and classic load balancers. */
        TARGET_HEALTH,
        /** What the group did since the attempt started. */
        ACTIVITIES,
        /** The group's newest instance refreshes. */
        INSTANCE_REFRESHES,
        /** The instances of the group's warm pool. */
        WARM_POOL,
        /** Why EC2 says that the instances of {@link RefreshDecider#gone} are as they are. */
        STATE_REASONS,
        /** Which versions the group's {@code $Latest} and {@code $Default} mean. */
        MEANT_VERSIONS
    }
}
