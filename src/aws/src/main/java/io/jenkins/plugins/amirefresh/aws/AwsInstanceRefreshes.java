package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.InstanceRefreshes;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.InstanceRefresh;
import io.jenkins.plugins.amirefresh.model.InstanceRefreshId;
import io.jenkins.plugins.amirefresh.model.InstanceRefreshPreferences;
import io.jenkins.plugins.amirefresh.model.InstanceRefreshStatus;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.DesiredConfiguration;
import software.amazon.awssdk.services.autoscaling.model.RefreshPreferences;

/** Instance refreshes over the AWS SDK. */
final class AwsInstanceRefreshes implements InstanceRefreshes {

    // The newest are what anyone asks for; AWS keeps six weeks. Source: API reference, DescribeInstanceRefreshes.
    private static final int PAGE = 20;

    private final AwsCalls calls;
    private final AwsClients clients;
    private final AwsAutoScalingGroups groups;
    private final LaunchSources sources;

    AwsInstanceRefreshes(AwsCalls calls, AwsClients clients, AwsAutoScalingGroups groups, LaunchSources sources) {
        this.calls = calls;
        this.clients = clients;
        this.groups = groups;
        this.sources = sources;
    }

    @Override
    public List<InstanceRefresh> of(AutoScalingGroupName group) {
        return calls
                .call("DescribeInstanceRefreshes", group.value(), () -> clients.autoScaling()
                        .describeInstanceRefreshes(request ->
                                request.autoScalingGroupName(group.value()).maxRecords(PAGE)))
                .instanceRefreshes()
                .stream()
                .map(this::refresh)
                .toList();
    }

    private InstanceRefresh refresh(software.amazon.awssdk.services.autoscaling.model.InstanceRefresh refresh) {
        return new InstanceRefresh(
                new InstanceRefreshId(refresh.instanceRefreshId()),
                InstanceRefreshStatus.parse(Pages.text(refresh.statusAsString())),
                Pages.text(refresh.statusReason()),
                refresh.startTime(),
                refresh.endTime(),
                Pages.number(refresh.percentageComplete()),
                Pages.number(refresh.instancesToUpdate()),
                desired(refresh.desiredConfiguration()));
    }

    private @Nullable LaunchSource desired(@Nullable DesiredConfiguration configuration) {
        return configuration == null
                ? null
                : sources.of(configuration.launchTemplate(), configuration.mixedInstancesPolicy())
                        .orElse(null);
    }

    @Override
    public InstanceRefreshId start(
            AutoScalingGroupName group, LaunchSource desired, InstanceRefreshPreferences preferences) {
        DesiredConfiguration configuration = configuration(group, desired);
        return new InstanceRefreshId(calls.call("StartInstanceRefresh", group.value(), () -> clients.autoScalingOnce()
                        .startInstanceRefresh(request -> request.autoScalingGroupName(group.value())
                                .strategy("Rolling")
                                .desiredConfiguration(configuration)
                                .preferences(preferences(preferences))))
                .instanceRefreshId());
    }

    private DesiredConfiguration configuration(AutoScalingGroupName group, LaunchSource desired) {
        if (desired instanceof LaunchSource.Template template) {
            return DesiredConfiguration.builder()
                    .launchTemplate(LaunchSources.specification(template))
                    .build();
        }
        if (desired instanceof LaunchSource.MixedInstancesPolicy policy) {
            return DesiredConfiguration.builder()
                    .mixedInstancesPolicy(LaunchSources.withTemplates(groups.currentPolicy(group), policy))
                    .build();
        }
        throw new IllegalArgumentException(group + ": an instance refresh needs a launch template");
    }

    private static RefreshPreferences preferences(InstanceRefreshPreferences wanted) {
        RefreshPreferences.Builder builder = RefreshPreferences.builder()
                .minHealthyPercentage(wanted.minHealthyPercentage())
                .maxHealthyPercentage(wanted.maxHealthyPercentage())
                .instanceWarmup(seconds(wanted.instanceWarmup()))
                .checkpointDelay(seconds(wanted.checkpointDelay()))
                .skipMatching(wanted.skipMatching())
                .autoRollback(wanted.autoRollback())
                .bakeTime(seconds(wanted.bakeTime()));
        if (!wanted.checkpointPercentages().isEmpty()) {
            builder.checkpointPercentages(wanted.checkpointPercentages());
        }
        if (!wanted.alarms().isEmpty()) {
            builder.alarmSpecification(alarms -> alarms.alarms(wanted.alarms()));
        }
        if (wanted.scaleInProtectedInstances() != null) {
            builder.scaleInProtectedInstances(wanted.scaleInProtectedInstances().awsName());
        }
        if (wanted.standbyInstances() != null) {
            builder.standbyInstances(wanted.standbyInstances().awsName());
        }
        return builder.build();
    }

    private static @Nullable Integer seconds(@Nullable Duration duration) {
        return duration == null ? null : (int) duration.toSeconds();
    }

    @Override
    public void cancel(AutoScalingGroupName group, boolean waits) {
        calls.call("CancelInstanceRefresh", group.value(), () -> clients.autoScalingOnce()
                .cancelInstanceRefresh(
                        request -> request.autoScalingGroupName(group.value()).waitForTransitioningInstances(waits)));
    }

    @Override
    public void rollBack(AutoScalingGroupName group) {
        calls.call("RollbackInstanceRefresh", group.value(), () -> clients.autoScalingOnce()
                .rollbackInstanceRefresh(request -> request.autoScalingGroupName(group.value())));
    }
}
