package io.jenkins.plugins.amirefresh.truth;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fleets as they are, whatever calls are answered.
 *
 * @param groups those that are not being deleted
 * @param goners those that are, and what others could still see of them
 * @param templates by account, region and name, with slashes
 * @param images ids by account, region and name, with slashes
 */
public record Truth(
        SortedMap<String, Group> groups,
        SortedMap<String, Group> goners,
        SortedMap<String, Template> templates,
        SortedMap<String, String> images) {

    /** Groups by their name alone, where names are unique. */
    public static Truth of(Simulator simulator) {
        return of(simulator.fleet(), Group::name);
    }

    /** Groups by account, region and name, with slashes. */
    public static Truth of(JsonNode fleet) {
        return of(fleet, Group::key);
    }

    private static Truth of(JsonNode fleet, Function<Group, String> key) {
        SortedMap<String, Group> groups = new TreeMap<>();
        SortedMap<String, Group> goners = new TreeMap<>();
        for (JsonNode node : fleet.path("groups")) {
            Group group = group(node);
            (node.path("isBeingDeleted").asBoolean() ? goners : groups).put(key.apply(group), group);
        }
        SortedMap<String, Template> templates = new TreeMap<>();
        for (JsonNode node : fleet.path("launchTemplates")) {
            templates.put(place(node) + "/" + node.path("name").asText(), template(node));
        }
        SortedMap<String, String> images = new TreeMap<>();
        for (JsonNode node : fleet.path("images")) {
            images.put(
                    place(node) + "/" + node.path("name").asText(),
                    node.path("ami").asText());
        }
        return new Truth(groups, goners, templates, images);
    }

    private static String place(JsonNode node) {
        return node.path("account").asText() + "/" + node.path("region").asText();
    }

    private static Group group(JsonNode node) {
        List<Instance> instances = new ArrayList<>();
        node.path("instances").forEach(instance -> instances.add(instance(instance)));
        SortedSet<String> suspended = new TreeSet<>();
        node.path("suspendedProcesses").forEach(process -> suspended.add(process.asText()));
        SortedMap<String, String> tags = new TreeMap<>();
        node.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        List<Launch> overrides = new ArrayList<>();
        node.path("overrides").forEach(override -> overrides.add(launch(override)));
        return new Group(
                place(node),
                node.path("autoScalingGroupName").asText(),
                node.path("min").asInt(),
                node.path("desired").asInt(),
                node.path("max").asInt(),
                node.path("isBehindBalancers").asBoolean(),
                launch(node),
                overrides,
                instances,
                suspended,
                tags);
    }

    private static Launch launch(JsonNode node) {
        return new Launch(
                node.path("launchTemplateName").asText(""),
                node.path("launchTemplateVersion").asLong(0),
                text(node, "launches"),
                node.path("ami").asText(""),
                node.path("instanceType").asText(""));
    }

    private static @Nullable String text(JsonNode node, String member) {
        return node.hasNonNull(member) ? node.path(member).asText() : null;
    }

    private static Instance instance(JsonNode node) {
        return new Instance(
                node.path("id").asText(),
                node.path("launchTemplateName").asText(""),
                node.path("version").asInt(),
                node.path("imageName").asText(""),
                node.path("lifecycleState").asText(),
                node.path("healthStatus").asText().equals("Healthy"),
                node.path("healthyBehindBalancers").asBoolean(),
                node.path("serving").asBoolean(),
                node.path("answering").asBoolean(),
                node.path("protectedFromScaleIn").asBoolean(),
                node.path("weight").asInt(1),
                node.path("ami").asText(""),
                node.path("instanceType").asText(""));
    }

    private static Template template(JsonNode node) {
        SortedMap<Long, Optional<String>> images = new TreeMap<>();
        node.path("versions")
                .forEach(version ->
                        images.put(version.path("version").asLong(), Optional.ofNullable(text(version, "imageName"))));
        return new Template(
                place(node),
                node.path("id").asText(),
                node.path("name").asText(),
                node.path("default").asLong(),
                node.path("tags").path("ami-refresh:family").asText(""),
                images);
    }

    /** A group that is there. */
    public Group group(String name) {
        return Objects.requireNonNull(groups.get(name), name);
    }

    /** The template that a group launches from, empty when it is gone. */
    public Optional<Template> template(Group group) {
        return Optional.ofNullable(
                templates.get(group.place() + "/" + group.next().template()));
    }

    /**
     * A launch template.
     *
     * @param family empty when it belongs to none
     * @param images the name of the image that each version would launch now, empty where that is gone
     */
    public record Template(
            String place,
            String id,
            String name,
            long standard,
            String family,
            SortedMap<Long, Optional<String>> images) {

        /** The image of a version, empty when either is gone. */
        public Optional<String> image(long version) {
            return images.getOrDefault(version, Optional.empty());
        }
    }

    /**
     * What would be launched next.
     *
     * @param template its name, empty when it is gone
     * @param version its number, 0 when it is gone
     * @param image the image's name, null when it is gone
     * @param ami what an override itself names, else empty
     * @param instanceType of an override, empty when it has none
     */
    public record Launch(String template, long version, @Nullable String image, String ami, String instanceType) {}

    /**
     * A group.
     *
     * @param place account and region, with a slash
     * @param isBalanced whether a load balancer sends requests to it
     * @param next what it would launch
     * @param overrides what those of its overrides launch that have a template or image of their own
     */
    public record Group(
            String place,
            String name,
            int min,
            int desired,
            int max,
            boolean isBalanced,
            Launch next,
            List<Launch> overrides,
            List<Instance> instances,
            SortedSet<String> suspended,
            SortedMap<String, String> tags) {

        /** Account, region and name, with slashes. */
        public String key() {
            return place + "/" + name;
        }

        /** Those that count as capacity: neither leaving nor in standby nor in a warm pool. */
        public List<Instance> counting() {
            return instances.stream()
                    .filter(instance -> !instance.isLeaving() && !instance.isStandby() && !instance.isWarmed())
                    .toList();
        }

        /** The ids of those that AWS calls healthy, behind balancers too. */
        public SortedSet<String> healthy() {
            SortedSet<String> ids = new TreeSet<>();
            instances.stream().filter(Instance::isHealthy).forEach(instance -> ids.add(instance.id()));
            return ids;
        }

        /** The ids of those that serve. */
        public SortedSet<String> serving() {
            SortedSet<String> ids = new TreeSet<>();
            instances.stream().filter(Instance::isServing).forEach(instance -> ids.add(instance.id()));
            return ids;
        }

        /** One line for people. */
        public String line() {
            SortedMap<String, Integer> kinds = new TreeMap<>();
            instances.forEach(instance -> kinds.merge(instance.kind(), 1, Integer::sum));
            return "sizes " + min + "/" + desired + "/" + max + ", launches version " + next.version() + " ("
                    + next.image() + "), " + kinds
                    + (suspended.isEmpty() ? "" : ", suspended " + suspended)
                    + (tags.containsKey("ami-refresh:restore") ? ", " + tags.get("ami-refresh:restore") : "");
        }
    }

    /**
     * An instance.
     *
     * @param image the name of the one it runs, whatever became of it
     * @param isBalanced healthy behind every load balancer of the group
     * @param isServing does the group's work, as its users would say
     * @param isAnswering its application answers, whether or not anybody could tell
     * @param weight units of the group's capacity that it counts for
     * @param ami the one it runs
     */
    public record Instance(
            String id,
            String template,
            int version,
            String image,
            String state,
            boolean isWell,
            boolean isBalanced,
            boolean isServing,
            boolean isAnswering,
            boolean isProtected,
            int weight,
            String ami,
            String instanceType) {

        /** On its way out. */
        public boolean isLeaving() {
            return state.startsWith("Terminat") || state.startsWith("Detach");
        }

        /** In standby, or on its way there. */
        public boolean isStandby() {
            return state.equals("Standby") || state.equals("EnteringStandby");
        }

        /** In a warm pool. */
        public boolean isWarmed() {
            return state.startsWith("Warmed");
        }

        /** What a group that is being refreshed may count on. */
        public boolean isHealthy() {
            return state.equals("InService") && isWell && isBalanced;
        }

        private String kind() {
            return image + " v" + version + " " + state + (isWell ? "" : " unhealthy")
                    + (isBalanced || !state.equals("InService") ? "" : " not balanced")
                    + (isServing || !state.equals("InService") ? "" : " not serving");
        }
    }
}
