package io.jenkins.plugins.amirefresh.powercycle;

import io.jenkins.plugins.amirefresh.powercycle.PowerTarget.Condition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** In which order the resources of one account and region start and stop: what others need starts first and stops last. */
public final class PowerOrder {

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, List<String>> keysByName = new LinkedHashMap<>();
    private final Map<String, Set<String>> dependents = new LinkedHashMap<>();

    /** A resource with what was decided about it; the key is unique. */
    public record Node(String key, PowerTarget target, PowerDecision decision) {}

    /**
     * When a resource's turn comes.
     *
     * @param needs keys of the resources whose moves have to be done before
     * @param instead why it does not come at all; null when it does
     */
    public record Turn(List<String> needs, @Nullable PowerDecision instead) {

        /** Copies the list. */
        public Turn {
            needs = List.copyOf(needs);
        }
    }

    /** @param all the resources of one account and region that have a schedule */
    public PowerOrder(Collection<Node> all) {
        for (Node node : all) {
            nodes.put(node.key(), node);
            for (String name :
                    new TreeSet<>(List.of(node.target().id(), node.target().name()))) {
                keysByName.computeIfAbsent(name, unused -> new ArrayList<>()).add(node.key());
            }
        }
        for (Node node : all) {
            for (String name : node.decision().after()) {
                keys(name).forEach(key -> dependents
                        .computeIfAbsent(key, unused -> new TreeSet<>())
                        .add(node.key()));
            }
        }
    }

    private List<String> keys(String name) {
        return name.isEmpty() ? List.of() : keysByName.getOrDefault(name, List.of());
    }

    /** The turn of a resource that is to be moved. */
    public Turn turn(Node node) {
        for (String name : node.decision().after()) {
            if (keys(name).isEmpty()) {
                return instead(
                        PowerOutcome.REFUSED,
                        "its 'after' names '" + name + "', which is no instance or group with a schedule here");
            }
        }
        if (reaches(node, node.key(), new HashSet<>())) {
            return instead(PowerOutcome.REFUSED, "its 'after' leads back to itself");
        }
        return node.decision().move() == PowerMove.STOP ? stop(node) : start(node);
    }

    private static Turn instead(PowerOutcome outcome, String reason) {
        return new Turn(List.of(), PowerDecision.none(outcome, reason));
    }

    private boolean reaches(Node from, String goal, Set<String> seen) {
        for (String name : from.decision().after()) {
            for (String key : keys(name)) {
                if (key.equals(goal)) {
                    return true;
                }
                Node next = nodes.get(key);
                if (next != null && seen.add(key) && reaches(next, goal, seen)) {
                    return true;
                }
            }
        }
        return false;
    }

    private Turn start(Node node) {
        Set<String> needs = new TreeSet<>();
        for (String name : node.decision().after()) {
            for (String key : keys(name)) {
                Node needed = nodes.get(key);
                if (needed == null) {
                    continue;
                }
                PowerMove move = needed.decision().move();
                boolean isUp = needed.target().condition() == Condition.UP
                        || needed.target().condition() == Condition.RISING;
                if (move == PowerMove.STOP || (move == PowerMove.NONE && !isUp)) {
                    return instead(
                            PowerOutcome.HELD,
                            "needs " + needed.target().label() + " ("
                                    + needed.decision().reason() + ")");
                }
                if (move != PowerMove.NONE) {
                    needs.add(key);
                }
            }
        }
        return new Turn(List.copyOf(needs), null);
    }

    private Turn stop(Node node) {
        Set<String> needs = new TreeSet<>();
        for (String key : dependents.getOrDefault(node.key(), Set.of())) {
            Node dependent = nodes.get(key);
            if (dependent == null) {
                continue;
            }
            PowerMove move = dependent.decision().move();
            boolean isDown = dependent.target().condition() == Condition.DOWN
                    || dependent.target().condition() == Condition.FALLING;
            if (move == PowerMove.STOP) {
                needs.add(key);
            } else if (move != PowerMove.NONE || !isDown || dependent.decision().outcome() == PowerOutcome.FAILED) {
                return instead(
                        PowerOutcome.HELD,
                        dependent.target().label() + " needs it ("
                                + dependent.decision().reason() + ")");
            }
        }
        return new Turn(List.copyOf(needs), null);
    }
}
