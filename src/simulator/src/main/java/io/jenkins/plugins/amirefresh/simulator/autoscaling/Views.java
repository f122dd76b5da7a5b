package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Activity;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.GroupTag;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LaunchConfigurations;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.TemplateVersion;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.WarmPool;
import io.jenkins.plugins.amirefresh.simulator.elb.ClassicBalancer;

/** Groups, instances, tags and activities as AWS shows them. */
final class Views {

    private Views() {}

    static ObjectNode group(Group group, boolean withInstances) {
        ObjectNode view = group.settings().deepCopy();
        view.put("AutoScalingGroupName", group.name()).put("AutoScalingGroupARN", group.arn());
        view.put("MinSize", group.min()).put("MaxSize", group.max()).put("DesiredCapacity", group.desired());
        view.put("CreatedTime", group.created().toString());
        view.set("AvailabilityZones", Fields.texts(group.zones()));
        ArrayNode classics = view.putArray("LoadBalancerNames");
        ArrayNode arns = view.putArray("TargetGroupARNs");
        ArrayNode sources = view.putArray("TrafficSources");
        for (String key : group.balancers().keySet()) {
            boolean classic = ClassicBalancer.isKey(key);
            (classic ? classics : arns).add(identifier(key));
            sources.addObject().put("Identifier", identifier(key)).put("Type", classic ? "elb" : "elbv2");
        }
        ArrayNode instances = view.putArray("Instances");
        if (withInstances) {
            group.members().forEach(member -> instances.add(instance(member)));
        }
        ArrayNode suspended = view.putArray("SuspendedProcesses");
        group.suspended()
                .forEach((name, reason) ->
                        suspended.addObject().put("ProcessName", name).put("SuspensionReason", reason));
        MetricsOperations.show(group, view.putArray("EnabledMetrics"));
        ArrayNode tags = view.putArray("Tags");
        group.tags().values().forEach(tag -> tags.add(tag(group, tag)));
        group.warmPool().ifPresent(pool -> {
            view.set("WarmPoolConfiguration", warmPool(pool));
            view.put("WarmPoolSize", pool.members().size());
        });
        if (group.isDeleting()) {
            view.put("Status", "Delete in progress");
        }
        return view;
    }

    /** What AWS calls a balancer: the ARN of a target group, the name of a classic load balancer. */
    static String identifier(String key) {
        return ClassicBalancer.isKey(key) ? ClassicBalancer.name(key) : key;
    }

    static ObjectNode warmPool(WarmPool pool) {
        ObjectNode view = pool.settings().deepCopy();
        if (pool.isDeleting()) {
            view.put("Status", "PendingDelete");
        }
        return view;
    }

    static ObjectNode instance(Member member) {
        ObjectNode view = Fields.object();
        view.put("InstanceId", member.id()).put("InstanceType", member.machine().instanceType());
        view.put("AvailabilityZone", member.machine().zone());
        view.put("LifecycleState", member.state().text());
        view.put("HealthStatus", member.isHealthy() ? "Healthy" : "Unhealthy");
        member.machine().template().ifPresent(template -> view.set("LaunchTemplate", template(template)));
        member.machine().launchConfiguration().ifPresent(name -> view.put(LaunchConfigurations.NAME, name));
        view.put("ProtectedFromScaleIn", member.isProtectedFromScaleIn());
        if (member.isWeighted()) {
            view.put("WeightedCapacity", Integer.toString(member.weight()));
        }
        return view;
    }

    private static ObjectNode template(TemplateVersion template) {
        return Fields.object()
                .put("LaunchTemplateId", template.id())
                .put("LaunchTemplateName", template.name())
                .put("Version", Long.toString(template.number()));
    }

    /** As DescribeAutoScalingInstances shows it; the health is in capitals there. */
    static ObjectNode instanceDetails(Group group, Member member) {
        ObjectNode view = instance(member);
        view.put("AutoScalingGroupName", group.name());
        view.put("HealthStatus", member.isHealthy() ? "HEALTHY" : "UNHEALTHY");
        return view;
    }

    static ObjectNode tag(Group group, GroupTag tag) {
        return Fields.object()
                .put("ResourceId", group.name())
                .put("ResourceType", "auto-scaling-group")
                .put("Key", tag.key())
                .put("Value", tag.value())
                .put("PropagateAtLaunch", tag.propagateAtLaunch());
    }

    static ObjectNode activity(Group group, Activity activity) {
        ObjectNode view = Fields.object();
        view.put("ActivityId", activity.id()).put("AutoScalingGroupName", group.name());
        view.put("Description", activity.description()).put("Cause", activity.cause());
        view.put("StartTime", activity.started().toString());
        activity.ended().ifPresent(moment -> view.put("EndTime", moment.toString()));
        view.put("StatusCode", activity.statusCode());
        if (!activity.statusMessage().isEmpty()) {
            view.put("StatusMessage", activity.statusMessage());
        }
        view.put("Progress", activity.progress()).put("Details", activity.details());
        view.put("AutoScalingGroupARN", group.arn());
        return view;
    }
}
