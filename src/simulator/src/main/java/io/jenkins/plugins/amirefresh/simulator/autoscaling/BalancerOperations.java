package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleState;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Convergence;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.List;
import java.util.Map;

/** Attaches target groups to groups. Source: EC2 Auto Scaling API Reference, "DescribeLoadBalancerTargetGroups". */
final class BalancerOperations {

    private final Ground ground;
    private final Lookup lookup;
    private final Convergence convergence;

    BalancerOperations(Ground ground, Lookup lookup, Convergence convergence) {
        this.ground = ground;
        this.lookup = lookup;
        this.convergence = convergence;
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("AttachLoadBalancerTargetGroups", this::attach);
        operations.put("DetachLoadBalancerTargetGroups", this::detach);
        operations.put("DescribeLoadBalancerTargetGroups", this::describe);
        operations.put("DescribeLoadBalancers", call -> {
            lookup.group(call);
            ObjectNode answer = Fields.object();
            answer.putArray("LoadBalancers");
            return answer;
        });
    }

    private ObjectNode attach(ServiceCall call) {
        Group group = lookup.group(call);
        List<String> arns = Fields.list(call.input(), "TargetGroupARNs");
        for (String arn : arns) {
            if (!ground.targets().exists(group.at(), arn)) {
                throw Fields.invalid(
                        "Provided Target Groups may not be valid. Please ensure they exist and try again.");
            }
        }
        for (String arn : arns) {
            if (group.targetGroups().putIfAbsent(arn, "Added") == null) {
                ground.world().events().append(group.at(), group.name(), "target group attached " + arn);
                group.members().stream()
                        .filter(member -> member.state() == LifecycleState.IN_SERVICE)
                        .forEach(member -> register(group, member, arn));
            }
        }
        convergence.changed(group);
        return Fields.object();
    }

    private void register(Group group, Member member, String arn) {
        ground.targets().register(group.at(), arn, member.id());
        member.setRegistered(true);
    }

    private ObjectNode detach(ServiceCall call) {
        Group group = lookup.group(call);
        for (String arn : Fields.list(call.input(), "TargetGroupARNs")) {
            if (group.targetGroups().remove(arn) == null) {
                throw Fields.invalid("Trying to remove Target Groups that are not part of the group.");
            }
            ground.world().events().append(group.at(), group.name(), "target group detached " + arn);
            group.members().forEach(member -> ground.targets().deregister(group.at(), arn, member.id(), () -> {}));
        }
        convergence.changed(group);
        return Fields.object();
    }

    private ObjectNode describe(ServiceCall call) {
        Group group = lookup.group(call);
        ObjectNode answer = Fields.object();
        ArrayNode rows = answer.putArray("LoadBalancerTargetGroups");
        group.targetGroups()
                .forEach((arn, state) ->
                        rows.addObject().put("LoadBalancerTargetGroupARN", arn).put("State", state));
        return answer;
    }
}
