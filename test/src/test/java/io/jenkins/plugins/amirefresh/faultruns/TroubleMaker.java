package io.jenkins.plugins.amirefresh.faultruns;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;

/** Makes what goes wrong in a world. */
final class TroubleMaker {

    /** What machines of a bad AMI do. */
    static final List<String> HOW =
            List.of("unhealthy", "impaired", "slow", "breaks", "flaps", "vanishes", "no-capacity");

    /** What calls meet. */
    static final List<String> KINDS =
            List.of("throttled", "server-error", "lost-before", "lost-after", "slow", "contention");

    /** How old an answer may be, in seconds. */
    static final int STALEST = 40;

    private final Dice dice;
    private final SortedSet<String> traits;

    TroubleMaker(Dice dice, SortedSet<String> traits) {
        this.dice = dice;
        this.traits = traits;
    }

    /**
     * A new image that cannot work, or one that can; nothing breaks by itself.
     *
     * @return whether the image is good
     */
    boolean plainMachines(ArrayNode behaviours) {
        if (dice.chance(0.6)) {
            return true;
        }
        traits.add("fault:ami-unhealthy");
        bad(behaviours.addObject(), "web-new", "unhealthy");
        return false;
    }

    /**
     * How machines behave beside the world's own pace.
     *
     * @return whether all images are good
     */
    boolean machines(ArrayNode behaviours) {
        int before = behaviours.size();
        if (dice.chance(0.35)) {
            String how = dice.one(HOW);
            traits.add("fault:ami-" + how);
            bad(behaviours.addObject(), "web-new", how);
        }
        if (dice.chance(0.05)) {
            traits.add("fault:old-ami");
            bad(behaviours.addObject(), "web-old", dice.one(HOW));
        }
        if (dice.chance(0.1)) {
            fullZone(behaviours);
        }
        return behaviours.size() == before;
    }

    /** A zone in which nothing can be launched. */
    void fullZone(ArrayNode behaviours) {
        ObjectNode zone = behaviours.addObject();
        zone.putObject("match").put("zone", "*" + dice.one(List.of("a", "b", "c")));
        noCapacity(zone);
    }

    /** Answers of Auto Scaling lag. */
    void stale(ArrayNode faults, Instant start) {
        faults.addObject()
                .put("from", start.plusSeconds(1).toString())
                .put("service", "autoscaling")
                .put("operation", "Describe*")
                .put("stale", dice.between(5, STALEST) + "s");
    }

    private void bad(ObjectNode behaviour, String image, String how) {
        behaviour.putObject("match").put("image", image);
        switch (how) {
            case "unhealthy" ->
                behaviour.putArray("http").addObject().put("path", "/health").put("status", 500);
            case "impaired" -> behaviour.put("statusChecks", "impaired");
            case "slow" -> behaviour.put("boot", dice.between(3, 20) + "m");
            case "breaks" ->
                behaviour
                        .putObject("breaks")
                        .put("after", dice.between(10, 900) + "s")
                        .put("how", dice.one(List.of("http", "connection", "status-checks")));
            case "vanishes" ->
                behaviour
                        .putObject("breaks")
                        .put("after", dice.between(10, 900) + "s")
                        .put("how", "terminate");
            case "flaps" ->
                behaviour
                        .putObject("breaks")
                        .put("after", dice.between(20, 400) + "s")
                        .put("how", dice.one(List.of("http", "connection")))
                        .put("recovers", dice.between(15, 120) + "s");
            default -> noCapacity(behaviour);
        }
    }

    /** AWS takes Spot instances back, some time after they have booted. */
    void spotLoss(ArrayNode behaviours) {
        traits.add("fault:spot-loss");
        ObjectNode behaviour = behaviours.addObject();
        behaviour.putObject("match").put("zone", WorldMaker.REGION + dice.one(List.of("a", "a", "b", "*")));
        behaviour.putObject("breaks").put("after", dice.between(60, 1800) + "s").put("how", "spot-interruption");
    }

    private void noCapacity(ObjectNode behaviour) {
        traits.add("fault:no-capacity");
        behaviour
                .putObject("launchError")
                .put("code", "InsufficientInstanceCapacity")
                .put("message", "We currently do not have sufficient capacity.");
    }

    /** What calls meet. */
    void calls(ArrayNode faults, Instant start) {
        if (dice.chance(0.1)) {
            lostTerminations(faults, start);
        }
        if (!dice.chance(0.45)) {
            return;
        }
        for (int i = dice.geometric(1.6, 4); i > 0; i--) {
            ObjectNode fault = faults.addObject();
            // A world begins whole: its first reads are answered.
            Instant from = start.plusSeconds(dice.between(1, 1200));
            fault.put("from", from.toString())
                    .put("until", from.plusSeconds(dice.between(20, 900)).toString());
            fault.put("service", dice.one(List.of("autoscaling", "autoscaling", "elasticloadbalancingv2", "ec2", "*")));
            if (dice.chance(0.5)) {
                String operation = dice.one(List.of(
                        "Describe*", "Terminate*", "Terminate*", "Set*", "Update*", "*Tags", "*Processes", "Start*"));
                fault.put("operation", operation);
                if (!operation.equals("Describe*")) {
                    fault.put("service", "autoscaling");
                }
            }
            fault.put("probability", dice.one(List.of(0.05, 0.2, 0.5, 1.0)));
            kind(fault);
        }
    }

    /** The answer that is worst to lose: repeated at once, such a call can lower desired capacity twice. */
    private void lostTerminations(ArrayNode faults, Instant start) {
        traits.add("fault:lost-after");
        faults.addObject()
                .put("from", start.plusSeconds(1).toString())
                .put("until", start.plusSeconds(7200).toString())
                .put("service", "autoscaling")
                .put("operation", "Terminate*")
                .put("probability", 0.3)
                .put("drop", "after");
    }

    private void kind(ObjectNode fault) {
        String kind = dice.one(KINDS);
        traits.add("fault:" + kind);
        switch (kind) {
            case "throttled" -> fault.put("throttle", true);
            case "server-error" ->
                fault.putObject("error").put("code", "InternalFailure").put("status", 500);
            case "lost-before" -> fault.put("drop", "before");
            case "lost-after" -> fault.put("drop", "after");
            case "slow" -> fault.put("delay", dice.between(1, 40) + "s");
            default -> {
                fault.put("operation", "*Auto*").put("service", "autoscaling");
                fault.putObject("error").put("code", "ResourceContention").put("status", 500);
            }
        }
    }

    /** What others do. */
    List<Move> moves(List<String> groups) {
        List<Move> moves = new ArrayList<>();
        if (dice.chance(0.5)) {
            for (int i = dice.geometric(2.5, 8); i > 0; i--) {
                moves.add(move(dice.one(groups), dice.chance(0.1) ? Move.Kind.SCALE : dice.one(Move.Kind.anyTime())));
            }
        }
        if (dice.chance(0.2)) {
            autoscaler(moves, dice.one(groups));
        }
        moves.forEach(move -> traits.add("move:" + move.kind().name().toLowerCase(Locale.ROOT)));
        return List.copyOf(moves);
    }

    private Move move(String group, Move.Kind kind) {
        boolean isAtCall = dice.chance(0.3);
        int amount = dice.geometric(2, 6) * (dice.chance(0.5) ? 1 : -1);
        return new Move(
                kind,
                group,
                isAtCall ? Duration.ofDays(365) : WorldMaker.soon(dice),
                isAtCall ? dice.geometric(6, 40) : 0,
                amount,
                dice.between(0, 1000));
    }

    /** A policy that follows a load: a change every few minutes. */
    private void autoscaler(List<Move> moves, String group) {
        Duration at = Duration.ZERO;
        for (int i = 0; i < 12; i++) {
            at = at.plusSeconds(dice.between(20, 240));
            int amount = dice.between(1, 3) * (dice.chance(0.5) ? 1 : -1);
            moves.add(new Move(Move.Kind.SCALE, group, at, 0, amount, 0));
        }
    }
}
