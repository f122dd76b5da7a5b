package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.Instances;
import io.jenkins.plugins.amirefresh.model.ClassicState;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.InstanceRefresh;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.model.TargetGroupArn;
import io.jenkins.plugins.amirefresh.model.TargetState;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.refresh.Decided;
import io.jenkins.plugins.amirefresh.refresh.GroupSight;
import io.jenkins.plugins.amirefresh.refresh.GroupSight.Read;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecider;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds to an observation of a group the reads a decision needs. */
final class GroupReader {

    private GroupReader() {}

    static GroupSight read(Cloud cloud, GroupObservation group, GroupWork work) {
        return read(
                cloud,
                group,
                RefreshDecider.needs(work.plan(), group, work.state()),
                work.state().startedAt(),
                RefreshDecider.gone(work.plan(), group, work.state()));
    }

    private static GroupSight read(
            Cloud cloud, GroupObservation group, Set<Read> reads, Instant since, Collection<InstanceId> gone) {
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
        Map<InstanceId, String> stateReasons =
                reads.contains(Read.STATE_REASONS) ? stateReasons(cloud, gone) : Map.of();
        GroupSight sight = new GroupSight(group, targets, classic, activities, refreshes, Map.of(), stateReasons);
        if (reads.contains(Read.MEANT_VERSIONS)) {
            sight = sight.launching(meant(cloud, group.launchSource()));
        }
        return reads.contains(Read.WARM_POOL) ? sight.withWarmPool(warmPool(cloud, group)) : sight;
    }

    /** Who may not ask believes that an alias means another version. */
    private static LaunchSource meant(Cloud cloud, LaunchSource named) {
        LaunchSource meant = named;
        for (LaunchSource.Template use : named.templates()) {
            if (!(use.version() instanceof VersionReference.Numbered) && named.names(use.id(), use.version())) {
                Optional<LaunchTemplateVersion> number = number(cloud, use);
                meant = number.isPresent() ? meant.with(use.id(), VersionReference.of(number.get())) : meant;
            }
        }
        return meant;
    }

    private static Optional<LaunchTemplateVersion> number(Cloud cloud, LaunchSource.Template use) {
        try {
            return cloud.launchTemplates().version(use.id(), use.version()).map(LaunchTemplateVersionData::version);
        } catch (CloudException.AccessDenied e) {
            return Optional.empty();
        }
    }

    /** The next step; what launches or ends instances is decided again after a look at the refreshes of others. */
    static Decided decide(Cloud cloud, GroupSight sight, GroupWork work, Instant now) {
        Decided decided = RefreshDecider.decide(work.plan(), sight, work.state(), now);
        return RefreshDecider.asksForOthers(work.plan(), sight, work.state(), decided)
                ? RefreshDecider.decide(work.plan(), withOthers(cloud, sight), work.state(), now)
                : decided;
    }

    /** With the refreshes of others; who may not ask for them can know of none. */
    private static GroupSight withOthers(Cloud cloud, GroupSight sight) {
        try {
            return sight.withInstanceRefreshes(
                    cloud.instanceRefreshes().of(sight.group().key().name()));
        } catch (CloudException.AccessDenied e) {
            return sight;
        }
    }

    /** Who may not ask believes AWS's own refresh, which brings it along. */
    private static List<InstanceObservation> warmPool(Cloud cloud, GroupObservation group) {
        try {
            return cloud.autoScalingGroups().warmPool(group.key().name());
        } catch (CloudException.AccessDenied e) {
            return List.of();
        }
    }

    /** Nothing but words hangs on it: who may not ask goes without. */
    private static Map<InstanceId, String> stateReasons(Cloud cloud, Collection<InstanceId> gone) {
        try {
            return cloud.instances().describe(gone).stream()
                    .filter(instance -> !instance.stateReason().isEmpty())
                    .collect(Collectors.toMap(Instances.Instance::id, Instances.Instance::stateReason, (a, b) -> b));
        } catch (CloudException.AccessDenied e) {
            return Map.of();
        }
    }
}
