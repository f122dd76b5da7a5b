package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleState;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Convergence;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.elb.ClassicBalancer;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Attaches target groups and classic load balancers to groups. Source: EC2 Auto Scaling API Reference,
 * "LoadBalancerTargetGroupState", "LoadBalancerState", "TrafficSourceState".
 */
final class BalancerOperations {

    private static final String CLASSICS = "Load Balancers";
    private static final String TARGET_GROUPS = "Target Groups";

    private final Ground ground;
    private final Lookup lookup;
    private final Convergence convergence;

    BalancerOperations(Ground ground, Lookup lookup, Convergence convergence) {
        this.ground = ground;
        this.lookup = lookup;
        this.convergence = convergence;
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("AttachLoadBalancerTargetGroups", call -> attach(call, targetGroups(call), TARGET_GROUPS));
        operations.put("DetachLoadBalancerTargetGroups", call -> detach(call, targetGroups(call), TARGET_GROUPS));
        operations.put("DescribeLoadBalancerTargetGroups", this::describeTargetGroups);
        operations.put("AttachLoadBalancers", call -> attach(call, classics(call), CLASSICS));
        operations.put("DetachLoadBalancers", call -> detach(call, classics(call), CLASSICS));
        operations.put("DescribeLoadBalancers", this::describeClassics);
        operations.put("AttachTrafficSources", call -> attach(call, sources(call), "Traffic Sources"));
        operations.put("DetachTrafficSources", call -> detach(call, sources(call), "Traffic Sources"));
        operations.put("DescribeTrafficSources", this::describeSources);
    }

    private static List<String> targetGroups(ServiceCall call) {
        return Fields.list(call.input(), "TargetGroupARNs");
    }

    private static List<String> classics(ServiceCall call) {
        return Fields.list(call.input(), "LoadBalancerNames").stream()
                .map(ClassicBalancer::key)
                .toList();
    }

    /** A source says its type, or its identifier does: only target groups have an ARN. */
    private static List<String> sources(ServiceCall call) {
        List<String> keys = new ArrayList<>();
        for (JsonNode source : call.input().path("TrafficSources")) {
            String identifier = source.path("Identifier").asText();
            String otherwise = identifier.startsWith("arn:") ? "elbv2" : "elb";
            String type = Fields.text(source, "Type").orElse(otherwise);
            if (!type.equals("elb") && !type.equals("elbv2")) {
                throw Fields.invalid("The simulator has no traffic sources of type " + type + ".");
            }
            keys.add(type.equals("elb") ? ClassicBalancer.key(identifier) : identifier);
        }
        return keys;
    }

    private ObjectNode attach(ServiceCall call, List<String> keys, String kind) {
        Group group = lookup.group(call);
        for (String key : keys) {
            if (!ground.targets().exists(group.at(), key)) {
                throw Fields.invalid("Provided " + kind + " may not be valid. Please ensure they exist and try again.");
            }
        }
        for (String key : keys) {
            if (!group.attached().contains(key)) {
                group.balancers().put(key, "Added");
                note(group, key, "attached");
                group.members().stream()
                        .filter(member -> member.state() == LifecycleState.IN_SERVICE)
                        .forEach(member -> register(group, member, key));
            }
        }
        convergence.changed(group);
        return Fields.object();
    }

    private void note(Group group, String key, String change) {
        String what = ClassicBalancer.isKey(key) ? "load balancer " : "target group ";
        ground.world().events().append(group.at(), group.name(), what + change + " " + Views.identifier(key));
    }

    private void register(Group group, Member member, String key) {
        ground.targets().register(group.at(), key, member.id());
        member.setRegistered(true);
    }

    /** Shown as Removing until the last instance has drained. */
    private ObjectNode detach(ServiceCall call, List<String> keys, String kind) {
        Group group = lookup.group(call);
        for (String key : keys) {
            if (!group.attached().contains(key)) {
                throw Fields.invalid("Trying to remove " + kind + " that are not part of the group.");
            }
        }
        for (String key : keys) {
            note(group, key, "detached");
            group.balancers().put(key, Group.REMOVING);
            List<Member> members = group.membersNow();
            AtomicInteger left = new AtomicInteger(members.size() + 1);
            Runnable drained = () -> {
                if (left.decrementAndGet() == 0) {
                    group.balancers().remove(key, Group.REMOVING);
                }
            };
            members.forEach(member -> ground.targets().deregister(group.at(), key, member.id(), drained));
            drained.run();
        }
        convergence.changed(group);
        return Fields.object();
    }

    private ObjectNode describeTargetGroups(ServiceCall call) {
        ObjectNode answer = Fields.object();
        ArrayNode rows = answer.putArray("LoadBalancerTargetGroups");
        lookup.group(call).balancers().forEach((key, state) -> {
            if (!ClassicBalancer.isKey(key)) {
                rows.addObject().put("LoadBalancerTargetGroupARN", key).put("State", state);
            }
        });
        return answer;
    }

    private ObjectNode describeClassics(ServiceCall call) {
        ObjectNode answer = Fields.object();
        ArrayNode rows = answer.putArray("LoadBalancers");
        lookup.group(call).balancers().forEach((key, state) -> {
            if (ClassicBalancer.isKey(key)) {
                rows.addObject()
                        .put("LoadBalancerName", ClassicBalancer.name(key))
                        .put("State", state);
            }
        });
        return answer;
    }

    private ObjectNode describeSources(ServiceCall call) {
        String wanted = Fields.text(call.input(), "TrafficSourceType").orElse("");
        ObjectNode answer = Fields.object();
        ArrayNode rows = answer.putArray("TrafficSources");
        lookup.group(call).balancers().forEach((key, state) -> {
            String type = ClassicBalancer.isKey(key) ? "elb" : "elbv2";
            if (wanted.isEmpty() || wanted.equals(type)) {
                rows.addObject()
                        .put("TrafficSource", Views.identifier(key))
                        .put("Identifier", Views.identifier(key))
                        .put("Type", type)
                        .put("State", state);
            }
        });
        return answer;
    }
}
