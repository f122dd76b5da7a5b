package io.jenkins.plugins.amirefresh.faultruns;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;

/** Makes the groups of a world, with what they launch from and what is in front of them. */
final class GroupMaker {

    /** Of every machine. */
    static final String TYPE = "t3.micro";

    private static final int MOST_INSTANCES = 50;

    private final Dice dice;
    private final ObjectNode region;
    private final SortedSet<String> traits;
    private final Theme theme;
    private final KindMaker kinds;
    private final int place;
    private final List<Move> preparations;

    /**
     * @param place its number, counted from 1
     * @param preparations what has to be done to the groups before anybody looks
     */
    GroupMaker(
            Dice dice,
            ObjectNode region,
            int place,
            SortedSet<String> traits,
            Theme theme,
            KindMaker kinds,
            List<Move> preparations) {
        this.dice = dice;
        this.region = region;
        this.place = place;
        this.traits = traits;
        this.theme = theme;
        this.kinds = kinds;
        this.preparations = preparations;
    }

    /** The id of an image of this age and family. */
    static String imageId(int place, String family, String age) {
        return "ami-%s%016d".formatted(family.equals("api") ? "b" : "a", place * 10 + (age.equals("old") ? 1 : 2));
    }

    void make(int count, List<String> names) {
        kinds.nextPlace();
        List<String> zones = subnets();
        templates();
        ArrayNode targetGroups = region.putArray("targetGroups");
        ArrayNode groups = region.putArray("autoScalingGroups");
        for (int i = 0; i < count; i++) {
            String name = "g" + (names.size() + 1);
            names.add(name);
            group(groups.addObject().put("name", name), name, zones, targetGroups);
        }
        kinds.reservations(region);
    }

    private List<String> subnets() {
        List<String> names = new ArrayList<>();
        ObjectNode vpc = region.putArray("vpcs")
                .addObject()
                .put("name", "main")
                .put("cidr", "10.0.0.0/16")
                .put("isDefault", true);
        ArrayNode subnets = vpc.putArray("subnets");
        for (String zone : List.of("a", "b", "c")) {
            names.add("zone-" + zone);
            subnets.addObject()
                    .put("name", "zone-" + zone)
                    .put("zone", region.path("name").asText() + zone)
                    .put("cidr", "10.0." + (subnets.size() * 16) + ".0/20");
        }
        return names;
    }

    /** Two families, so that one may be bad and the other good. */
    private void templates() {
        ArrayNode images = region.putArray("images");
        ArrayNode templates = region.putArray("launchTemplates");
        for (String family : List.of("web", "api")) {
            for (String age : List.of("old", "new")) {
                images.addObject()
                        .put("id", imageId(place, family, age))
                        .put("name", family + "-" + age)
                        .put("age", age.equals("old") ? "7d" : "1d")
                        .putObject("tags")
                        .put("ami-refresh:family", family);
            }
            ObjectNode template = templates.addObject().put("name", family);
            template.putObject("tags").put("ami-refresh:family", family);
            ArrayNode versions = template.putArray("versions");
            versions.addObject().put("image", family + "-old").put("instanceType", TYPE);
            versions.addObject().put("image", family + "-new").put("instanceType", TYPE);
        }
        kinds.templates(images, templates);
        if (theme == Theme.FIXED_INTERFACE) {
            fixed(templates.addObject().put("name", "fixed"));
        }
    }

    private static void fixed(ObjectNode template) {
        template.putObject("tags").put("ami-refresh:family", "web");
        ArrayNode versions = template.putArray("versions");
        for (String image : List.of("web-old", "web-new")) {
            versions.addObject()
                    .put("image", image)
                    .putObject("request")
                    .putArray("NetworkInterfaces")
                    .addObject()
                    .put("DeviceIndex", 0)
                    .put("NetworkInterfaceId", "eni-0123456789abcdef0");
        }
    }

    private void group(ObjectNode group, String name, List<String> zones, ArrayNode targetGroups) {
        boolean isFixed = theme == Theme.FIXED_INTERFACE;
        group.put("launchTemplate", isFixed ? "fixed" : dice.one(List.of("web", "web", "api")));
        int desired = kinds.desired(dice.chance(0.02) ? 0 : dice.geometric(6, isFixed ? 1 : MOST_INSTANCES));
        int min = dice.between(0, desired);
        int max = desired + (dice.chance(0.4) ? 0 : dice.geometric(4, 60));
        group.put("min", min).put("desired", desired).put("max", max);
        version(group);
        ArrayNode subnets = group.putArray("subnets");
        zones.subList(0, kinds.zones(dice.between(1, zones.size()))).forEach(subnets::add);
        if (subnets.size() > 1) {
            traits.add("group:several-zones");
        }
        if (kinds.isBalanced()) {
            targetGroup(group, name, targetGroups);
        }
        group.put("healthCheckGracePeriod", dice.one(List.of("0s", "30s", "60s", "300s")));
        if (dice.chance(0.3)) {
            group.put("defaultInstanceWarmup", dice.one(List.of("0s", "20s", "90s")));
        }
        group.put("defaultCooldown", "60s");
        protection(group, desired);
        further(group);
        if (theme != Theme.NONE) {
            traits.add("group:" + theme.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        group.putObject("tags").put("Environment", "sandbox");
        kinds.group(group, name);
        if (theme == Theme.WARM_POOL) {
            prepare(Move.Kind.PUT_WARM_POOL, name, dice.between(1, 3));
        }
        if (dice.chance(0.08)) {
            kinds.isNotPlain(name);
            traits.add("group:standby");
            for (int i = dice.geometric(1.5, 4); i > 0; i--) {
                prepare(Move.Kind.ENTER_STANDBY, name, dice.between(0, 1));
            }
        }
    }

    private void prepare(Move.Kind kind, String group, int amount) {
        preparations.add(new Move(kind, group, Duration.ZERO, 0, amount, dice.between(0, 1000)));
    }

    private void version(ObjectNode group) {
        String version = dice.one(List.of("1", "1", "1", "$Default", "$Latest"));
        group.put("version", version);
        if (version.equals("$Latest")) {
            group.put("instancesVersion", 1);
        } else if (dice.chance(0.03)) {
            group.put("version", "2").put("instancesVersion", 2);
        }
        if (!version.equals("1")) {
            traits.add("group:named-by-alias");
        }
    }

    private void targetGroup(ObjectNode group, String name, ArrayNode targetGroups) {
        traits.add("group:target-group");
        targetGroups
                .addObject()
                .put("name", name)
                .put("port", 8080)
                .put("healthCheckPath", "/health")
                .put("healthCheckInterval", 10)
                .put("healthyThreshold", 2)
                .put("unhealthyThreshold", 2)
                .put("deregistrationDelay", dice.one(List.of(0, 20, 60)))
                .put("loadBalancer", name);
        group.putArray("targetGroups").add(name);
        group.put("healthCheckType", dice.chance(0.7) ? "ELB" : "EC2");
        kinds.balancers(group, name, targetGroups);
    }

    private void protection(ObjectNode group, int desired) {
        if (dice.chance(0.15) && desired > 0) {
            group.put("protectedInstances", dice.between(1, desired));
            traits.add("group:protected");
        }
        if (dice.chance(0.08)) {
            group.put("newInstancesProtectedFromScaleIn", true);
            traits.add("group:new-instances-protected");
        }
        if (dice.chance(0.12)) {
            group.putArray("suspendedProcesses")
                    .add(dice.one(List.of("AZRebalance", "AlarmNotification", "ScheduledActions", "Launch")));
            traits.add("group:suspended");
        }
    }

    private void further(ObjectNode group) {
        ObjectNode request = group.putObject("request");
        if (dice.chance(0.25)) {
            hooks(request.putArray("LifecycleHookSpecificationList"));
            traits.add("group:lifecycle-hooks");
        }
        if (dice.chance(0.2)) {
            request.putObject("InstanceMaintenancePolicy")
                    .put("MinHealthyPercentage", dice.one(List.of(50, 80, 90, 100)))
                    .put("MaxHealthyPercentage", dice.one(List.of(110, 120, 150)));
            traits.add("group:maintenance-policy");
        }
        if (theme == Theme.SPOT || (theme == Theme.NONE && dice.chance(0.15))) {
            mixed(group, request.putObject("MixedInstancesPolicy"));
            traits.add("group:mixed-instances");
        }
    }

    private void hooks(ArrayNode hooks) {
        for (String transition : List.of("LAUNCHING", "TERMINATING")) {
            if (dice.chance(0.7)) {
                hooks.addObject()
                        .put("LifecycleHookName", "on-" + transition.toLowerCase(Locale.ROOT))
                        .put("LifecycleTransition", "autoscaling:EC2_INSTANCE_" + transition)
                        .put("HeartbeatTimeout", dice.one(List.of(30, 60, 120)))
                        .put("DefaultResult", dice.chance(0.93) ? "CONTINUE" : "ABANDON");
            }
        }
    }

    private void mixed(ObjectNode group, ObjectNode policy) {
        ObjectNode template = policy.putObject("LaunchTemplate");
        template.putObject("LaunchTemplateSpecification")
                .put("LaunchTemplateName", group.path("launchTemplate").asText())
                .put("Version", group.path("version").asText());
        ArrayNode overrides = template.putArray("Overrides");
        overrides.addObject().put("InstanceType", TYPE);
        overrides.addObject().put("InstanceType", "t3.small");
        policy.putObject("InstancesDistribution")
                .put("OnDemandBaseCapacity", theme == Theme.SPOT ? 0 : dice.between(0, 2))
                .put(
                        "OnDemandPercentageAboveBaseCapacity",
                        dice.one(theme == Theme.SPOT ? List.of(0, 50) : List.of(0, 50, 100)));
    }
}
