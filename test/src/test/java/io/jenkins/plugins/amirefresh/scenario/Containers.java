package io.jenkins.plugins.amirefresh.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Services of ECS as AWS shows them, and calls that others make. */
record Containers(Simulator simulator) {

    private static final String ECR = "111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/app";

    static Containers of(Scenario scenario) {
        return new Containers(scenario.simulator());
    }

    /** An image of the account's registry. */
    static String image(String tag) {
        return ECR + ":" + tag;
    }

    static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode call(String service, String operation, ObjectNode input) {
        Caller caller = new Caller("111111111111", "eu-west-1", "arn:aws:iam::111111111111:user/colleague", "");
        return simulator.call(service, operation, input, caller);
    }

    JsonNode service(String cluster, String name) {
        ObjectNode input = node().put("cluster", cluster);
        input.putArray("services").add(name);
        input.putArray("include").add("TAGS");
        return call("ecs", "DescribeServices", input).path("services").path(0);
    }

    /** {@code app:2} of {@code shop/web}. */
    String runs(String service) {
        String arn = service("shop", service).path("taskDefinition").asText();
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    Map<String, String> tags(String cluster, String name) {
        Map<String, String> tags = new TreeMap<>();
        service(cluster, name)
                .path("tags")
                .forEach(tag ->
                        tags.put(tag.path("key").asText(), tag.path("value").asText()));
        return tags;
    }

    JsonNode definition(String name) {
        ObjectNode input = node().put("taskDefinition", name);
        input.putArray("include").add("TAGS");
        return Json.read(call("ecs", "DescribeTaskDefinition", input).toString(), JsonNode.class);
    }

    void update(String service, String definition) {
        call(
                "ecs",
                "UpdateService",
                node().put("cluster", "shop").put("service", service).put("taskDefinition", definition));
    }

    /** Everything that services run, for a comparison. */
    String all() {
        return simulator.fleet().path("services").toString();
    }

    static Map<String, Object> result(Progress progress) {
        if (progress instanceof Progress.Done done) {
            return done.result();
        }
        throw new AssertionError("it did not end well: " + error(progress));
    }

    static String error(Progress progress) {
        return progress instanceof Progress.Failed failed ? failed.message() : "no failure: " + progress;
    }

    /** The only service's row. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> row(Progress progress) {
        return Objects.requireNonNull(
                        (List<Map<String, Object>>) result(progress).get("services"))
                .get(0);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> half(Progress progress, String half) {
        Map<String, Object> body =
                Objects.requireNonNull((Map<String, Object>) result(progress).get("body"));
        return Objects.requireNonNull((Map<String, Object>) body.get(half));
    }
}
