package io.jenkins.plugins.amirefresh.simulator.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The web page at {@code /_simulator} and what it shows. */
final class Overview {

    private static final int LAST_CALLS = 50;
    private static final String PAGE = "/io/jenkins/plugins/amirefresh/simulator/page.html";

    private Overview() {}

    static String page() {
        try (InputStream in = Overview.class.getResourceAsStream(PAGE)) {
            return new String(Objects.requireNonNull(in, PAGE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(PAGE, unreadable);
        }
    }

    /** Clock, groups with their instances by version and their last refresh, and the last calls, newest first. */
    static ObjectNode json(Simulator simulator, double speed) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        ObjectNode state = simulator.state();
        view.put("now", state.path("now").asText()).put("speed", speed);
        ArrayNode groups = view.putArray("groups");
        for (JsonNode place : state.path("places")) {
            place.path("autoscaling").forEach(group -> groups.add(group(place, group)));
        }
        ArrayNode calls = view.putArray("calls");
        var all = simulator.calls();
        for (int i = all.size() - 1; i >= Math.max(0, all.size() - LAST_CALLS); i--) {
            calls.add(all.get(i).json());
        }
        return view;
    }

    private static ObjectNode group(JsonNode place, JsonNode group) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.set("account", place.path("account"));
        view.set("region", place.path("region"));
        view.set("name", group.path("AutoScalingGroupName"));
        view.set("min", group.path("MinSize"));
        view.set("desired", group.path("DesiredCapacity"));
        view.set("max", group.path("MaxSize"));
        Map<String, Integer> versions = new TreeMap<>();
        ArrayNode notInService = view.putArray("notInService");
        for (JsonNode instance : group.path("Instances")) {
            JsonNode template = instance.path("LaunchTemplate");
            String version = template.path("LaunchTemplateName").asText("-") + ":"
                    + template.path("Version").asText();
            versions.merge(version, 1, Integer::sum);
            String lifecycle = instance.path("LifecycleState").asText();
            String health = instance.path("HealthStatus").asText();
            if (!lifecycle.equals("InService") || !health.equals("Healthy")) {
                notInService.add(instance.path("InstanceId").asText() + " " + lifecycle + " " + health);
            }
        }
        ObjectNode counts = view.putObject("versions");
        versions.forEach(counts::put);
        JsonNode refresh = group.path("InstanceRefresh");
        if (!refresh.isMissingNode()) {
            ObjectNode last = view.putObject("refresh")
                    .put("status", refresh.path("Status").asText());
            if (refresh.has("PercentageComplete")) {
                last.set("percentage", refresh.path("PercentageComplete"));
            }
            last.put("reason", refresh.path("StatusReason").asText());
        }
        return view;
    }
}
