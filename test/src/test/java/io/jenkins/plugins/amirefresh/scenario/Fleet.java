package io.jenkins.plugins.amirefresh.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The groups of the default account in eu-west-1, by name, and the default and latest version of each launch template.
 */
record Fleet(SortedMap<String, Group> groups, SortedMap<String, String> templates) {

    private static final String REGION = "eu-west-1";

    static Fleet of(Simulator simulator) {
        SortedMap<String, Group> groups = new TreeMap<>();
        call(simulator, "autoscaling", "DescribeAutoScalingGroups")
                .path("AutoScalingGroups")
                .forEach(node -> groups.put(node.path("AutoScalingGroupName").asText(), Group.of(node)));
        SortedMap<String, String> templates = new TreeMap<>();
        call(simulator, "ec2", "DescribeLaunchTemplates")
                .path("LaunchTemplates")
                .forEach(node -> templates.put(
                        node.path("LaunchTemplateName").asText(),
                        "default " + node.path("DefaultVersionNumber").asText() + ", latest "
                                + node.path("LatestVersionNumber").asText()));
        return new Fleet(groups, templates);
    }

    private static JsonNode call(Simulator simulator, String service, String operation) {
        String account = simulator.account().defaultAccount().id();
        Caller caller = new Caller(account, REGION, "arn:aws:iam::" + account + ":user/test", "test");
        return simulator.call(service, operation, JsonNodeFactory.instance.objectNode(), caller);
    }

    Group group(String name) {
        return Objects.requireNonNull(groups.get(name), name);
    }

    /**
     * A group.
     *
     * @param launches the version it names
     * @param instances how many there are, by version, lifecycle state and health
     */
    record Group(
            int min,
            int desired,
            int max,
            String launches,
            SortedMap<String, Long> instances,
            SortedSet<String> suspended,
            SortedMap<String, String> tags) {

        static Group of(JsonNode node) {
            SortedMap<String, Long> instances = new TreeMap<>();
            node.path("Instances")
                    .forEach(instance -> instances.merge(
                            instance.path("LaunchTemplate").path("Version").asText() + " "
                                    + instance.path("LifecycleState").asText() + " "
                                    + instance.path("HealthStatus").asText(),
                            1L,
                            Long::sum));
            SortedSet<String> suspended = new TreeSet<>();
            node.path("SuspendedProcesses")
                    .forEach(
                            process -> suspended.add(process.path("ProcessName").asText()));
            SortedMap<String, String> tags = new TreeMap<>();
            node.path("Tags")
                    .forEach(tag ->
                            tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
            return new Group(
                    node.path("MinSize").asInt(),
                    node.path("DesiredCapacity").asInt(),
                    node.path("MaxSize").asInt(),
                    node.path("LaunchTemplate").path("Version").asText(),
                    instances,
                    suspended,
                    tags);
        }

        /** The tags of ours, without what only remembers. */
        Map<String, String> ours() {
            return tags.entrySet().stream()
                    .filter(tag -> tag.getKey().startsWith("ami-refresh:"))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
    }
}
