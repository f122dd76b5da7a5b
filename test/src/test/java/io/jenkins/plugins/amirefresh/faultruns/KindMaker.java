package io.jenkins.plugins.amirefresh.faultruns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Gives a world's groups what is peculiar about it. */
final class KindMaker {

    private static final List<String> PROCESSES = List.of(
            "Launch",
            "Terminate",
            "AddToLoadBalancer",
            "AlarmNotification",
            "AZRebalance",
            "HealthCheck",
            "InstanceRefresh",
            "ReplaceUnhealthy",
            "ScheduledActions");

    /** AWS takes no more on a group. */
    private static final int MOST_TAGS = 50;

    private static final String ARM = "arm";

    /** From an application's first answer until a load balancer believes it. */
    static final Duration MARGIN = Duration.ofSeconds(45);

    private final Dice dice;
    private final Set<Kind> kinds;
    private final Duration boot;
    private final List<Move> preparations;
    private final Set<String> plain = new TreeSet<>();
    private int place;

    /**
     * @param boot how long a machine takes until its application answers
     * @param preparations what has to be done to the groups before anybody looks
     */
    KindMaker(Dice dice, Set<Kind> kinds, Duration boot, List<Move> preparations) {
        this.dice = dice;
        this.kinds = kinds;
        this.boot = boot;
        this.preparations = preparations;
    }

    /** Groups that nothing keeps from being refreshed. */
    Set<String> plain() {
        return Set.copyOf(plain);
    }

    /** Something else keeps a group from being refreshed. */
    void isNotPlain(String group) {
        plain.remove(group);
    }

    /** Whether nothing about a finished group keeps it from being refreshed. */
    private boolean isPlain(ObjectNode group) {
        boolean isSpared = has(Kind.OVERRIDE_IMAGE)
                || has(Kind.BEING_DELETED)
                || has(Kind.SCHEDULE)
                || has(Kind.VANISHING)
                || has(Kind.MOVED_DEFAULT)
                || group.has("suspendedProcesses")
                || group.has("protectedInstances")
                || group.has("newInstancesProtectedFromScaleIn")
                || group.path("request").toString().contains("ABANDON");
        boolean isJudgedEarly = group.path("healthCheckType").asText().equals("ELB")
                && Duration.ofSeconds(Long.parseLong(group.path("healthCheckGracePeriod")
                                        .asText()
                                        .replace("s", "")))
                                .compareTo(boot.plus(MARGIN))
                        < 0;
        return !isSpared && !isJudgedEarly;
    }

    /** Works on the next place, counted from 1. */
    void nextPlace() {
        place++;
    }

    boolean has(Kind kind) {
        return kinds.contains(kind);
    }

    /** A template of another architecture and family, for overrides. */
    void templates(ArrayNode images, ArrayNode templates) {
        if (!has(Kind.OVERRIDE_TEMPLATE)) {
            return;
        }
        ObjectNode template = templates.addObject().put("name", ARM);
        template.putObject("tags").put("ami-refresh:family", ARM);
        ArrayNode versions = template.putArray("versions");
        for (String age : List.of("old", "new")) {
            images.addObject()
                    .put("name", ARM + "-" + age)
                    .put("age", age.equals("old") ? "7d" : "1d")
                    .put("architecture", "arm64")
                    .putObject("tags")
                    .put("ami-refresh:family", ARM);
            versions.addObject().put("image", ARM + "-" + age).put("instanceType", "t4g.small");
        }
    }

    /** Room for what the groups of a region run; hardly any more for one alone, since others would take what it gives back. */
    void reservations(ObjectNode region) {
        if (has(Kind.RESERVATIONS)) {
            int running = 0;
            for (JsonNode group : region.path("autoScalingGroups")) {
                running += group.path("desired").asInt();
            }
            region.putArray("capacityReservations")
                    .addObject()
                    .put("id", reservation(region))
                    .put("instanceType", GroupMaker.TYPE)
                    .put("zone", region.path("name").asText() + "a")
                    .put(
                            "instances",
                            region.path("autoScalingGroups").size() == 1
                                    ? Math.max(1, running + dice.one(List.of(0, 0, 1)))
                                    : 2 * running + 2);
        }
    }

    private static String reservation(ObjectNode region) {
        return "cr-0000000000000000" + region.path("name").asText().substring(8);
    }

    /** How many instances, of {@code usual}. */
    int desired(int usual) {
        if (has(Kind.ZERO)) {
            return 0;
        }
        boolean isSlow = has(Kind.LONG_DRAIN) || has(Kind.LONG_HOOK) || has(Kind.SLOW_APPLICATION);
        return isSlow || has(Kind.RESERVATIONS) ? Math.min(usual, 3) : usual;
    }

    /** In how many zones, of {@code usual}. */
    int zones(int usual) {
        if (has(Kind.RESERVATIONS)) {
            return 1;
        }
        return has(Kind.FULL_ZONE) ? 3 : usual;
    }

    boolean isBalanced() {
        return has(Kind.EC2_CHECKS)
                || has(Kind.SEVERAL_TARGET_GROUPS)
                || has(Kind.SLOW_START)
                || (has(Kind.LONG_DRAIN) && dice.chance(0.5))
                || dice.chance(0.55);
    }

    /** What load balancers do with a group. */
    void balancers(ObjectNode group, String name, ArrayNode targetGroups) {
        if (has(Kind.EC2_CHECKS)) {
            group.put("healthCheckType", "EC2");
        }
        if (has(Kind.SEVERAL_TARGET_GROUPS)) {
            for (int i = dice.between(1, 2); i > 0; i--) {
                ObjectNode other = ((ObjectNode) targetGroups.get(targetGroups.size() - 1)).deepCopy();
                // Each finds a new target healthy later than the one before.
                targetGroups.add(other.put("name", name + "-" + i)
                        .put("loadBalancer", name + "-" + i)
                        .put(
                                "healthCheckInterval",
                                other.path("healthCheckInterval").asInt() * 2));
                group.withArray("targetGroups").add(name + "-" + i);
            }
        }
        if (has(Kind.LONG_DRAIN)) {
            ((ObjectNode) targetGroups.get(targetGroups.size() - 1)).put("deregistrationDelay", 3600);
        }
        if (has(Kind.SLOW_START)) {
            prepare(Move.Kind.SLOW_START, name, dice.between(1, 10));
        }
    }

    /** What else a group has. */
    void group(ObjectNode group, String name) {
        if (has(Kind.NO_GRACE)) {
            group.put("healthCheckGracePeriod", "0s").remove("defaultInstanceWarmup");
        } else if (has(Kind.SLOW_APPLICATION)) {
            group.put("healthCheckGracePeriod", dice.one(List.of("60s", "600s", "600s")));
        }
        if (has(Kind.SUSPENDED)) {
            ArrayNode suspended = group.withArray("suspendedProcesses");
            suspended.removeAll().add(dice.one(PROCESSES));
        }
        hooks(group);
        if (has(Kind.SCHEDULE)) {
            prepare(Move.Kind.SCHEDULE_ZERO, name, dice.between(1, 40));
            prepare(Move.Kind.SCHEDULE_BACK, name, dice.between(41, 120));
        }
        if (has(Kind.BEING_DELETED) && dice.chance(0.6)) {
            prepare(Move.Kind.DELETE, name, 0);
        }
        if (has(Kind.TAG_LIMIT)) {
            ObjectNode tags = group.withObject("tags");
            int own = MOST_TAGS - dice.between(0, 3);
            for (int i = tags.size(); i < own; i++) {
                tags.put("team:" + i, "x");
            }
        }
        overrides(group);
        if (has(Kind.RESERVATIONS)) {
            boolean isMixed = group.path("request").has("MixedInstancesPolicy");
            ObjectNode own = group.withObject("request").putObject("CapacityReservationSpecification");
            own.put(
                    "CapacityReservationPreference",
                    isMixed || dice.chance(0.3) ? "default" : "capacity-reservations-only");
        }
        if (isPlain(group)) {
            plain.add(name);
        }
    }

    private void hooks(ObjectNode group) {
        if (has(Kind.LONG_HOOK)) {
            hook(group, "LAUNCHING", dice.between(900, 2400), "CONTINUE");
        }
        if (has(Kind.ABANDONED_HOOK)) {
            hook(group, "LAUNCHING", dice.between(60, 300), "ABANDON");
        }
        if (has(Kind.LONG_DRAIN) && dice.chance(0.5)) {
            hook(group, "TERMINATING", dice.between(3600, 7200), "CONTINUE");
        }
        if (has(Kind.BEING_DELETED)) {
            hook(group, "TERMINATING", 7200, "CONTINUE");
        }
    }

    private static void hook(ObjectNode group, String transition, int heartbeat, String result) {
        ArrayNode hooks = group.withObject("request").withArray("LifecycleHookSpecificationList");
        for (int i = hooks.size() - 1; i >= 0; i--) {
            if (hooks.get(i).path("LifecycleTransition").asText().endsWith(transition)) {
                hooks.remove(i);
            }
        }
        hooks.addObject()
                .put("LifecycleHookName", "peculiar-" + transition.toLowerCase(java.util.Locale.ROOT))
                .put("LifecycleTransition", "autoscaling:EC2_INSTANCE_" + transition)
                .put("HeartbeatTimeout", heartbeat)
                .put("DefaultResult", result);
    }

    private void overrides(ObjectNode group) {
        boolean isTemplate = has(Kind.OVERRIDE_TEMPLATE);
        if (!isTemplate && !has(Kind.OVERRIDE_IMAGE)) {
            return;
        }
        ObjectNode policy = group.withObject("request").putObject("MixedInstancesPolicy");
        ObjectNode template = policy.putObject("LaunchTemplate");
        template.putObject("LaunchTemplateSpecification")
                .put("LaunchTemplateName", group.path("launchTemplate").asText())
                .put("Version", group.path("version").asText());
        ArrayNode overrides = template.putArray("Overrides");
        ObjectNode own = overrides.addObject();
        if (isTemplate) {
            own.put("InstanceType", "t4g.small")
                    .putObject("LaunchTemplateSpecification")
                    .put("LaunchTemplateName", ARM)
                    .put("Version", dice.one(List.of("1", "1", "$Default")));
        } else {
            own.put("InstanceType", GroupMaker.TYPE)
                    .put(
                            "ImageId",
                            GroupMaker.imageId(
                                    place, group.path("launchTemplate").asText(), "old"));
        }
        overrides.addObject().put("InstanceType", "t3.small");
        policy.putObject("InstancesDistribution").put("OnDemandPercentageAboveBaseCapacity", 100);
    }

    private void prepare(Move.Kind kind, String group, int amount) {
        preparations.add(new Move(kind, group, Duration.ZERO, 0, amount, dice.between(0, 1000)));
    }

    /** What others do to templates and images. */
    List<Move> moves(List<String> groups) {
        List<Move> moves = new ArrayList<>();
        if (has(Kind.VANISHING)) {
            moves.add(move(groups, dice.one(Move.Kind.VANISHING)));
            moves.add(move(groups, dice.one(Move.Kind.VANISHING)));
        }
        if (has(Kind.MOVED_DEFAULT)) {
            moves.add(move(groups, dice.one(Move.Kind.DEFAULTS)));
        }
        return moves;
    }

    private Move move(List<String> groups, Move.Kind kind) {
        boolean isAtCall = dice.chance(0.5);
        Duration after = Duration.ofSeconds(dice.between(1, dice.chance(0.5) ? 60 : 1800));
        return new Move(
                kind,
                dice.one(groups),
                isAtCall ? Duration.ofDays(365) : after,
                isAtCall ? dice.geometric(5, 20) : 0,
                0,
                dice.between(0, 1000));
    }
}
