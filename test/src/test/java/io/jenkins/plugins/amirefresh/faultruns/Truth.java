package io.jenkins.plugins.amirefresh.faultruns;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The groups of the one place as they are, whatever calls are answered. */
record Truth(SortedMap<String, Group> groups) {

    static Truth of(Simulator simulator) {
        JsonNode place = simulator.state().path("places").path(0);
        JsonNode balancing = place.path("elasticloadbalancingv2");
        Map<String, JsonNode> templates = new TreeMap<>();
        place.path("ec2").path("launchTemplates").forEach(template -> {
            templates.put(template.path("name").asText(), template);
            templates.put(template.path("id").asText(), template);
        });
        SortedMap<String, Group> groups = new TreeMap<>();
        place.path("autoscaling").properties().forEach(entry -> {
            if (!entry.getValue().has("Status")) {
                groups.put(entry.getKey(), group(entry.getValue(), templates, balancing));
            }
        });
        return new Truth(groups);
    }

    /** A group that is there. */
    Group group(String name) {
        return Objects.requireNonNull(groups.get(name), name);
    }

    private static Group group(JsonNode node, Map<String, JsonNode> templates, JsonNode balancing) {
        JsonNode source = node.has("MixedInstancesPolicy")
                ? node.at("/MixedInstancesPolicy/LaunchTemplate/LaunchTemplateSpecification")
                : node.path("LaunchTemplate");
        List<JsonNode> targets = new ArrayList<>();
        node.path("TargetGroupARNs")
                .forEach(arn -> targets.add(balancing.path(arn.asText().split("/", 3)[1])));
        List<Instance> instances = new ArrayList<>();
        node.path("Instances").forEach(instance -> instances.add(instance(instance, targets)));
        SortedSet<String> suspended = new TreeSet<>();
        node.path("SuspendedProcesses")
                .forEach(process -> suspended.add(process.path("ProcessName").asText()));
        SortedMap<String, String> tags = new TreeMap<>();
        node.path("Tags")
                .forEach(tag ->
                        tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
        return new Group(
                node.path("MinSize").asInt(),
                node.path("DesiredCapacity").asInt(),
                node.path("MaxSize").asInt(),
                number(source, templates),
                instances,
                suspended,
                tags);
    }

    private static int number(JsonNode source, Map<String, JsonNode> templates) {
        String text = source.path("Version").asText("$Default");
        String key = source.path("LaunchTemplateId")
                .asText(source.path("LaunchTemplateName").asText());
        JsonNode template = Objects.requireNonNull(templates.get(key), key);
        return switch (text) {
            case "$Latest" -> template.path("latest").asInt();
            case "$Default" -> template.path("default").asInt();
            default -> Integer.parseInt(text);
        };
    }

    private static Instance instance(JsonNode node, List<JsonNode> targetGroups) {
        String id = node.path("InstanceId").asText();
        boolean isBalanced = targetGroups.stream().allMatch(targets -> works(targets, id));
        return new Instance(
                id,
                node.at("/LaunchTemplate/Version").asInt(),
                node.path("LifecycleState").asText(),
                node.path("HealthStatus").asText().equals("Healthy"),
                isBalanced,
                node.path("ProtectedFromScaleIn").asBoolean());
    }

    /** Healthy to a target group, or in one that no load balancer uses. */
    private static boolean works(JsonNode targets, String id) {
        String state = targets.path(id).asText();
        return state.equals("healthy") || state.equals("unused");
    }

    /**
     * A group.
     *
     * @param version the number that it launches
     */
    record Group(
            int min,
            int desired,
            int max,
            int version,
            List<Instance> instances,
            SortedSet<String> suspended,
            SortedMap<String, String> tags) {

        /** Those that count as capacity: neither leaving nor in standby nor in a warm pool. */
        List<Instance> counting() {
            return instances.stream()
                    .filter(instance -> !instance.isLeaving() && !instance.isStandby() && !instance.isWarmed())
                    .toList();
        }

        /** The ids of those that serve. */
        SortedSet<String> healthy() {
            SortedSet<String> ids = new TreeSet<>();
            instances.stream().filter(Instance::isHealthy).forEach(instance -> ids.add(instance.id()));
            return ids;
        }

        /** One line for people. */
        String line() {
            SortedMap<String, Integer> kinds = new TreeMap<>();
            instances.forEach(instance -> kinds.merge(instance.kind(), 1, Integer::sum));
            return "sizes " + min + "/" + desired + "/" + max + ", launches version " + version + ", " + kinds
                    + (suspended.isEmpty() ? "" : ", suspended " + suspended)
                    + (tags.containsKey("ami-refresh:restore") ? ", " + tags.get("ami-refresh:restore") : "");
        }
    }

    /**
     * An instance.
     *
     * @param isBalanced healthy behind every load balancer of the group
     */
    record Instance(String id, int version, String state, boolean isWell, boolean isBalanced, boolean isProtected) {

        boolean isLeaving() {
            return state.startsWith("Terminat") || state.startsWith("Detach");
        }

        boolean isStandby() {
            return state.equals("Standby") || state.equals("EnteringStandby");
        }

        boolean isWarmed() {
            return state.startsWith("Warmed");
        }

        /** What a group that is being refreshed may count on. */
        boolean isHealthy() {
            return state.equals("InService") && isWell && isBalanced;
        }

        private String kind() {
            return "v" + version + " " + state + (isWell ? "" : " unhealthy")
                    + (isBalanced || !state.equals("InService") ? "" : " not balanced");
        }
    }
}
