package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LifecycleHook;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeWarmPoolResponse;
import software.amazon.awssdk.services.autoscaling.model.Filter;
import software.amazon.awssdk.services.autoscaling.model.MixedInstancesPolicy;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/** Auto Scaling groups over the AWS SDK. */
final class AwsAutoScalingGroups implements AutoScalingGroups {

    // 50 is the default and 100 the maximum; more than 50 names are only answered with MaxRecords=100 in the same call.
    // Source: EC2 Auto Scaling API reference, DescribeAutoScalingGroups.
    private static final int PAGE = 100;
    private static final int WARM_PAGE = 50;
    // Source: EC2 Auto Scaling API reference, SetInstanceProtection.
    private static final int PROTECTION_PAGE = 50;

    private final AwsCalls calls;
    private final AwsClients clients;
    private final LaunchSources sources;
    private final Supplier<AccountId> account;
    private final AwsRegion region;
    private final Clock clock;

    AwsAutoScalingGroups(
            AwsCalls calls,
            AwsClients clients,
            LaunchSources sources,
            Supplier<AccountId> account,
            AwsRegion region,
            Clock clock) {
        this.calls = calls;
        this.clients = clients;
        this.sources = sources;
        this.account = account;
        this.region = region;
        this.clock = clock;
    }

    @Override
    public List<GroupObservation> all() {
        return all(request -> {});
    }

    @Override
    public List<GroupObservation> outlines() {
        return all(request -> request.includeInstances(false));
    }

    // Source: EC2 Auto Scaling API Reference, Filter: tag-key is one of its names.
    @Override
    public List<GroupObservation> outlines(Collection<String> tags) {
        Filter tagged = Filter.builder()
                .name("tag-key")
                .values(tags.stream().sorted().toList())
                .build();
        return all(request -> request.includeInstances(false).filters(tagged));
    }

    private List<GroupObservation> all(Consumer<DescribeAutoScalingGroupsRequest.Builder> which) {
        AccountId owner = account.get();
        List<GroupObservation> observations = new ArrayList<>();
        Pages.all(
                token -> {
                    var answer = calls.call("DescribeAutoScalingGroups", "", () -> clients.autoScaling()
                            .describeAutoScalingGroups(request ->
                                    which.accept(request.maxRecords(PAGE).nextToken(token))));
                    observations.addAll(observed(owner, answer));
                    return answer;
                },
                DescribeAutoScalingGroupsResponse::nextToken);
        return List.copyOf(observations);
    }

    @Override
    public List<GroupObservation> named(Collection<AutoScalingGroupName> names) {
        AccountId owner = account.get();
        return Pages.of(names, PAGE).stream()
                .flatMap(page -> observed(owner, described(page)).stream())
                .toList();
    }

    private DescribeAutoScalingGroupsResponse described(List<AutoScalingGroupName> names) {
        List<String> texts = names.stream().map(AutoScalingGroupName::value).toList();
        return calls.call("DescribeAutoScalingGroups", subject(texts), () -> clients.autoScaling()
                .describeAutoScalingGroups(
                        request -> request.autoScalingGroupNames(texts).maxRecords(PAGE)));
    }

    private static String subject(List<String> names) {
        return names.size() == 1 ? names.get(0) : names.size() + " groups";
    }

    private List<GroupObservation> observed(AccountId owner, DescribeAutoScalingGroupsResponse answer) {
        Instant at = clock.instant();
        return answer.autoScalingGroups().stream()
                .map(group -> GroupObservations.of(
                        new GroupKey(owner, region, GroupObservations.name(group)), group, sources.read(group), at))
                .toList();
    }

    @Override
    public List<ScalingActivity> activities(AutoScalingGroupName group, Instant since) {
        return calls
                .call("DescribeScalingActivities", group.value(), () -> clients.autoScaling()
                        .describeScalingActivities(request ->
                                request.autoScalingGroupName(group.value()).maxRecords(PAGE)))
                .activities()
                .stream()
                .map(AwsAutoScalingGroups::activity)
                .filter(activity -> !activity.startedAt().isBefore(since) || failedSince(activity, since))
                .toList();
    }

    private static boolean failedSince(ScalingActivity activity, Instant since) {
        Instant end = activity.endedAt();
        return activity.isLaunch() && activity.isFailed() && end != null && !end.isBefore(since);
    }

    private static ScalingActivity activity(Activity activity) {
        return new ScalingActivity(
                activity.activityId(),
                activity.startTime(),
                activity.endTime(),
                Pages.text(activity.statusCodeAsString()),
                Pages.text(activity.description()),
                Pages.text(activity.cause()),
                Pages.text(activity.statusMessage()));
    }

    @Override
    public List<LifecycleHook> lifecycleHooks(AutoScalingGroupName group) {
        return calls
                .call("DescribeLifecycleHooks", group.value(), () -> clients.autoScaling()
                        .describeLifecycleHooks(request -> request.autoScalingGroupName(group.value())))
                .lifecycleHooks()
                .stream()
                .map(hook -> new LifecycleHook(
                        Pages.text(hook.lifecycleHookName()),
                        LifecycleHook.Transition.parse(Pages.text(hook.lifecycleTransition())),
                        Duration.ofSeconds(Pages.number(hook.heartbeatTimeout())),
                        Pages.text(hook.defaultResult()),
                        Duration.ofSeconds(Pages.number(hook.globalTimeout()))))
                .toList();
    }

    @Override
    public List<InstanceObservation> warmPool(AutoScalingGroupName group) {
        List<InstanceObservation> instances = new ArrayList<>();
        Pages.all(
                token -> {
                    var answer = calls.call("DescribeWarmPool", group.value(), () -> clients.autoScaling()
                            .describeWarmPool(request -> request.autoScalingGroupName(group.value())
                                    .maxRecords(WARM_PAGE)
                                    .nextToken(token)));
                    answer.instances().forEach(instance -> instances.add(GroupObservations.instance(instance)));
                    return answer;
                },
                DescribeWarmPoolResponse::nextToken);
        return List.copyOf(instances);
    }

    @Override
    public void setDesiredCapacity(AutoScalingGroupName group, int desired) {
        calls.call("SetDesiredCapacity", group.value(), () -> clients.autoScaling()
                .setDesiredCapacity(request -> request.autoScalingGroupName(group.value())
                        .desiredCapacity(desired)
                        .honorCooldown(false)));
    }

    @Override
    public void setMaxSize(AutoScalingGroupName group, int max) {
        update(group, request -> request.maxSize(max));
    }

    @Override
    public void setMinSize(AutoScalingGroupName group, int min) {
        update(group, request -> request.minSize(min));
    }

    @Override
    public void setSizes(AutoScalingGroupName group, int min, int desired) {
        update(group, request -> request.minSize(min).desiredCapacity(desired));
    }

    @Override
    public void setLaunchSource(AutoScalingGroupName group, LaunchSource source) {
        if (source instanceof LaunchSource.Template template) {
            update(group, request -> request.launchTemplate(LaunchSources.specification(template)));
        } else if (source instanceof LaunchSource.MixedInstancesPolicy policy) {
            MixedInstancesPolicy whole = LaunchSources.withTemplates(currentPolicy(group), policy);
            update(group, request -> request.mixedInstancesPolicy(whole));
        } else {
            throw new IllegalArgumentException(group + ": a launch configuration is read, never written");
        }
    }

    /** The group's mixed instances policy as it was last read, read now when it never was. */
    MixedInstancesPolicy currentPolicy(AutoScalingGroupName group) {
        return sources.lastRead(group).orElseGet(() -> described(List.of(group)).autoScalingGroups().stream()
                .map(AutoScalingGroup::mixedInstancesPolicy)
                .filter(policy -> policy != null)
                .findFirst()
                .orElseThrow(() -> new CloudException.NotFound(
                        "DescribeAutoScalingGroups of " + group + " in " + region
                                + ": there is no such group with a mixed instances policy",
                        "",
                        null)));
    }

    private void update(AutoScalingGroupName group, Consumer<UpdateAutoScalingGroupRequest.Builder> change) {
        calls.call("UpdateAutoScalingGroup", group.value(), () -> clients.autoScaling()
                .updateAutoScalingGroup(request -> change.accept(request.autoScalingGroupName(group.value()))));
    }

    @Override
    public void terminate(InstanceId instance, DesiredCapacity capacity) {
        boolean decrement =
                switch (capacity) {
                    case KEEP -> false;
                    case DECREMENT -> true;
                };
        calls.paced("TerminateInstanceInAutoScalingGroup", instance.value(), () -> clients.autoScalingOnce()
                .terminateInstanceInAutoScalingGroup(
                        request -> request.instanceId(instance.value()).shouldDecrementDesiredCapacity(decrement)));
    }

    @Override
    public void protectFromScaleIn(AutoScalingGroupName group, Collection<InstanceId> instances) {
        setProtection(group, instances, true);
    }

    @Override
    public void unprotectFromScaleIn(AutoScalingGroupName group, Collection<InstanceId> instances) {
        setProtection(group, instances, false);
    }

    private void setProtection(AutoScalingGroupName group, Collection<InstanceId> instances, boolean wanted) {
        for (List<InstanceId> page : Pages.of(instances, PROTECTION_PAGE)) {
            calls.call("SetInstanceProtection", group.value(), () -> clients.autoScaling()
                    .setInstanceProtection(request -> request.autoScalingGroupName(group.value())
                            .instanceIds(page.stream().map(InstanceId::value).toList())
                            .protectedFromScaleIn(wanted)));
        }
    }

    @Override
    public void suspend(AutoScalingGroupName group, Set<ScalingProcess> processes) {
        List<String> names = names(processes);
        if (!names.isEmpty()) {
            calls.call("SuspendProcesses", group.value(), () -> clients.autoScaling()
                    .suspendProcesses(request ->
                            request.autoScalingGroupName(group.value()).scalingProcesses(names)));
        }
    }

    @Override
    public void resume(AutoScalingGroupName group, Set<ScalingProcess> processes) {
        List<String> names = names(processes);
        if (!names.isEmpty()) {
            calls.call("ResumeProcesses", group.value(), () -> clients.autoScaling()
                    .resumeProcesses(request ->
                            request.autoScalingGroupName(group.value()).scalingProcesses(names)));
        }
    }

    // Without names AWS takes all processes, which nobody here ever means.
    private static List<String> names(Set<ScalingProcess> processes) {
        if (processes.contains(ScalingProcess.UNRECOGNISED)) {
            throw new IllegalArgumentException("a process that is not known here cannot be suspended or resumed");
        }
        return processes.stream().sorted().map(ScalingProcess::awsName).toList();
    }

    @Override
    public void putTags(AutoScalingGroupName group, Map<String, String> tags) {
        List<Tag> wanted = tags.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(tag -> tag(group, tag.getKey())
                        .value(tag.getValue())
                        .propagateAtLaunch(false)
                        .build())
                .toList();
        if (!wanted.isEmpty()) {
            calls.call("CreateOrUpdateTags", group.value(), () -> clients.autoScaling()
                    .createOrUpdateTags(request -> request.tags(wanted)));
        }
    }

    @Override
    public void removeTags(AutoScalingGroupName group, Set<String> names) {
        List<Tag> unwanted =
                names.stream().sorted().map(name -> tag(group, name).build()).toList();
        if (!unwanted.isEmpty()) {
            calls.call("DeleteTags", group.value(), () -> clients.autoScaling()
                    .deleteTags(request -> request.tags(unwanted)));
        }
    }

    @Override
    public void putTag(String name, Map<AutoScalingGroupName, String> values) {
        List<Tag> wanted = values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(value -> tag(value.getKey(), name)
                        .value(value.getValue())
                        .propagateAtLaunch(false)
                        .build())
                .toList();
        calls.call("CreateOrUpdateTags", subject(values.keySet()), () -> clients.autoScaling()
                .createOrUpdateTags(request -> request.tags(wanted)));
    }

    @Override
    public void removeTag(String name, Collection<AutoScalingGroupName> groups) {
        List<Tag> unwanted =
                groups.stream().sorted().map(group -> tag(group, name).build()).toList();
        calls.call("DeleteTags", subject(groups), () -> clients.autoScaling()
                .deleteTags(request -> request.tags(unwanted)));
    }

    private static String subject(Collection<AutoScalingGroupName> groups) {
        return subject(groups.stream().map(AutoScalingGroupName::value).toList());
    }

    private static Tag.Builder tag(AutoScalingGroupName group, String key) {
        return Tag.builder()
                .resourceId(group.value())
                .resourceType("auto-scaling-group")
                .key(key);
    }
}
