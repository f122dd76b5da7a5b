package io.jenkins.plugins.amirefresh.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** Somebody else with the same account: what he calls is not ours. */
final class Colleague {

    private final Simulator simulator;

    Colleague(Scenario scenario) {
        this.simulator = scenario.simulator();
    }

    /** An Auto Scaling call with this input. */
    JsonNode calls(String operation, Consumer<ObjectNode> input) {
        return calls("autoscaling", operation, input);
    }

    /** A call of a service with this input. */
    JsonNode calls(String service, String operation, Consumer<ObjectNode> input) {
        String account = simulator.account().defaultAccount().id();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        input.accept(body);
        Caller caller = new Caller(account, "eu-west-1", "arn:aws:iam::" + account + ":user/colleague", "test");
        return simulator.call(service, operation, body, caller);
    }

    /** A group as he sees it. */
    JsonNode group(String name) {
        return calls("DescribeAutoScalingGroups", input -> input.putArray("AutoScalingGroupNames")
                        .add(name))
                .get("AutoScalingGroups")
                .get(0);
    }

    /** The ids of a group's instances, in the order of the answer. */
    List<String> instances(String group) {
        return StreamSupport.stream(group(group).get("Instances").spliterator(), false)
                .map(instance -> instance.get("InstanceId").asText())
                .toList();
    }

    /** Takes instances out of the group's target groups by hand; the group keeps them in service. */
    void takesOutOfBalancer(String group, List<String> instances) {
        String account = simulator.account().defaultAccount().id();
        Caller caller = new Caller(account, "eu-west-1", "arn:aws:iam::" + account + ":user/colleague", "test");
        group(group).get("TargetGroupARNs").forEach(arn -> {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("TargetGroupArn", arn.asText());
            instances.forEach(id -> body.withArray("Targets").addObject().put("Id", id));
            simulator.call("elasticloadbalancingv2", "DeregisterTargets", body, caller);
        });
    }

    /** Puts an instance into standby; desired capacity goes down with it. */
    void putsIntoStandby(String group, String instance) {
        calls("EnterStandby", input -> {
            input.put("AutoScalingGroupName", group).put("ShouldDecrementDesiredCapacity", true);
            input.putArray("InstanceIds").add(instance);
        });
    }
}
