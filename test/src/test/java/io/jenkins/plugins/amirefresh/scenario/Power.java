package io.jenkins.plugins.amirefresh.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What runs in an account: instances of no group by name, groups with their sizes; and what a colleague does by hand. */
final class Power {

    private static final Caller COLLEAGUE =
            new Caller("111111111111", "eu-west-1", "arn:aws:iam::111111111111:user/colleague", "colleague");

    private final Simulator simulator;

    Power(Simulator simulator) {
        this.simulator = simulator;
    }

    /** {@code db=running, web=2/4/8}: groups with their size and, in brackets, those in service when they are others. */
    Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        for (JsonNode instance : simulator.fleet().path("instances")) {
            states.put(instance.path("name").asText(), instance.path("state").asText());
        }
        for (JsonNode group : simulator.fleet().path("groups")) {
            int size = group.path("instances").size();
            int desired = group.path("desired").asInt();
            states.put(
                    group.path("autoScalingGroupName").asText(),
                    group.path("min").asInt() + "/" + desired + "/"
                            + group.path("max").asInt() + (size == desired ? "" : " (" + size + ")"));
        }
        return states;
    }

    /** The value of a group's tag, empty without it. */
    String tag(String group, String name) {
        for (JsonNode found : simulator.fleet().path("groups")) {
            if (found.path("autoScalingGroupName").asText().equals(group)) {
                return found.path("tags").path(name).asText("");
            }
        }
        return "";
    }

    JsonNode instance(String name) {
        for (JsonNode instance : simulator.fleet().path("instances")) {
            if (instance.path("name").asText().equals(name)) {
                return instance;
            }
        }
        throw new AssertionError("no instance " + name);
    }

    /** A colleague calls EC2 about one instance. */
    void byHand(String operation, String instance) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.putArray("InstanceIds").add(instance(instance).path("id").asText());
        simulator.call("ec2", operation, input, COLLEAGUE);
    }

    /** A colleague sets the sizes of a group. */
    void byHand(String group, int min, int desired) {
        simulator.call(
                "autoscaling",
                "UpdateAutoScalingGroup",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("AutoScalingGroupName", group)
                        .put("MinSize", min)
                        .put("DesiredCapacity", desired),
                COLLEAGUE);
    }

    void at(String moment) {
        simulator.advanceTo(Instant.parse(moment));
    }

    void pass(Duration duration) {
        simulator.advanceTo(simulator.now().plus(duration));
    }
}
