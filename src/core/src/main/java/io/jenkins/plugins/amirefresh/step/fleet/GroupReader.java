package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.model.ClassicState;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceRefresh;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.model.TargetGroupArn;
import io.jenkins.plugins.amirefresh.model.TargetState;
import io.jenkins.plugins.amirefresh.refresh.GroupSight;
import io.jenkins.plugins.amirefresh.refresh.GroupSight.Read;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds to an observation of a group the reads a decision needs. */
final class GroupReader {

    private GroupReader() {}

    static GroupSight read(Cloud cloud, GroupObservation group, Set<Read> reads, Instant since) {
        Map<TargetGroupArn, Map<InstanceId, TargetState>> targets = new LinkedHashMap<>();
        Map<String, Map<InstanceId, ClassicState>> classic = new LinkedHashMap<>();
        if (reads.contains(Read.TARGET_HEALTH)) {
            group.classicLoadBalancers()
                    .forEach(name ->
                            classic.put(name, cloud.classicLoadBalancers().health(name)));
            group.targetGroups()
                    .forEach(arn -> targets.put(arn, cloud.targetGroups().health(arn)));
        }
        List<ScalingActivity> activities = reads.contains(Read.ACTIVITIES)
                ? cloud.autoScalingGroups().activities(group.key().name(), since)
                : List.of();
        List<InstanceRefresh> refreshes = reads.contains(Read.INSTANCE_REFRESHES)
                ? cloud.instanceRefreshes().of(group.key().name())
                : List.of();
        return new GroupSight(group, targets, classic, activities, refreshes, Map.of());
    }
}
