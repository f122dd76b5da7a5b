package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.powercycle.PowerDecider;
import io.jenkins.plugins.amirefresh.powercycle.PowerDecision;
import io.jenkins.plugins.amirefresh.powercycle.PowerMove;
import io.jenkins.plugins.amirefresh.powercycle.PowerOrder;
import io.jenkins.plugins.amirefresh.powercycle.PowerOutcome;
import io.jenkins.plugins.amirefresh.powercycle.PowerRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be done with everything that has a schedule.
 *
 * @param items what is moved
 * @param rows what is not, and why, but for what is as it should be
 * @param unchanged how many are as they should be
 */
record PowerPlan(List<PowerItem> items, List<PowerRow> rows, int unchanged) {

    /** Copies the lists. */
    PowerPlan {
        items = List.copyOf(items);
        rows = List.copyOf(rows);
    }

    /** The plan of one account and region, added to those before it. */
    static PowerPlan of(
            PowerSettings settings,
            PowerRules rules,
            PowerDecider decider,
            Collection<LocatedTarget> targets,
            Instant now) {
        Map<String, LocatedTarget> byKey = new LinkedHashMap<>();
        Map<String, PowerOrder.Node> nodes = new LinkedHashMap<>();
        for (LocatedTarget target : targets) {
            decider.decide(target.target()).ifPresent(decision -> {
                byKey.put(target.key(), target);
                nodes.put(target.key(), new PowerOrder.Node(target.key(), target.target(), decision));
            });
        }
        PowerOrder order = new PowerOrder(nodes.values());
        List<PowerItem> items = new ArrayList<>();
        List<PowerRow> rows = new ArrayList<>();
        int unchanged = 0;
        for (PowerOrder.Node node : nodes.values()) {
            LocatedTarget target = byKey.get(node.key());
            if (target == null || !target.isNamed(settings.names())) {
                continue;
            }
            PowerDecision decision = node.decision();
            if (decision.move() != PowerMove.NONE) {
                PowerOrder.Turn turn = order.turn(node);
                PowerDecision instead = turn.instead();
                if (instead == null) {
                    items.add(item(settings, rules, target, decision, turn.needs(), now));
                    continue;
                }
                decision = instead.outcome() == PowerOutcome.REFUSED
                        ? PowerDecider.refused(
                                target.target(),
                                target.target().tag(settings.scheduleTags()).orElse(""),
                                instead.reason())
                        : instead;
            }
            if (decision.outcome() == PowerOutcome.UNCHANGED) {
                unchanged++;
            } else {
                rows.add(row(rules, target, decision));
            }
        }
        return new PowerPlan(items, rows, unchanged);
    }

    private static PowerItem item(
            PowerSettings settings,
            PowerRules rules,
            LocatedTarget target,
            PowerDecision decision,
            List<String> needs,
            Instant now) {
        Capacity to = decision.to();
        return new PowerItem(
                target.place(),
                target.account(),
                target.target().kind(),
                target.target().id(),
                target.target().label(),
                rules.environment(target.target().tags()).orElse(""),
                target.target().tag(settings.scheduleTags()).orElse(""),
                decision.move(),
                decision.outcome(),
                decision.reason(),
                decision.hibernates(),
                decision.instanceType(),
                decision.instanceType().isEmpty() ? "" : target.target().instanceType(),
                decision.tag(),
                to,
                to != null && to.max() > target.target().size().max(),
                decision.size(),
                decision.until(),
                needs,
                PowerItem.Stage.WAITING,
                now);
    }

    private static PowerRow row(PowerRules rules, LocatedTarget target, PowerDecision decision) {
        return new PowerRow(
                target.account(),
                target.place().region().toString(),
                target.target().kind().text(),
                target.target().id(),
                target.target().label(),
                rules.environment(target.target().tags()).orElse(""),
                decision.outcome(),
                decision.reason());
    }

    /** Both. */
    PowerPlan and(PowerPlan other) {
        List<PowerItem> bothItems = new ArrayList<>(items);
        bothItems.addAll(other.items);
        List<PowerRow> bothRows = new ArrayList<>(rows);
        bothRows.addAll(other.rows);
        return new PowerPlan(bothItems, bothRows, unchanged + other.unchanged);
    }
}
