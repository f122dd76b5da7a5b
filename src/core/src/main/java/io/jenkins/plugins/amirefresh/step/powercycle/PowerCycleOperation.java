package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.powercycle.PowerOutcome;
import io.jenkins.plugins.amirefresh.powercycle.PowerRules;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetReader;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.powercycle.PowerItem.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plans everything that has a schedule at the first tick, then starts and stops it in order until each has a row. */
final class PowerCycleOperation implements StepOperation {

    private static final String STEP = "step";

    private static final Duration FETCHING = Duration.ofSeconds(1);

    private final PowerSettings settings;

    PowerCycleOperation(PowerSettings settings) {
        this.settings = settings;
    }

    @Override
    public Progress advance(StepState state, StepHost host) {
        StepState planned = state;
        if (state.document(STEP).isEmpty()) {
            FleetReader.Look look =
                    FleetReader.look(state, host, PowerCycle.NAME, PowerReader.groups(host, places(host), settings));
            Fleet fleet = look.fleet();
            if (fleet == null) {
                return new Progress.Again(look.state(), host.observer().interval());
            }
            PowerReader reader = new PowerReader(host, settings, fleet, look.state());
            if (!reader.isComplete()) {
                return new Progress.Again(reader.state(), host.observer().interval());
            }
            SharedDocuments documents = new SharedDocuments(host, settings, reader.state());
            documents.fetch(reader.values());
            if (!documents.isComplete()) {
                return new Progress.Again(documents.state(), FETCHING);
            }
            Instant now = host.clock().instant();
            List<PlaceTargets> places = reader.read(documents, now);
            if (!reader.isComplete()) {
                return new Progress.Again(reader.state(), host.observer().interval());
            }
            planned = plan(reader.state(), host, places, now);
        }
        return move(planned, host);
    }

    private List<Place> places(StepHost host) {
        return CommonParameters.places(
                settings.parameters(),
                host.environment(),
                host.settings().regions(),
                host.settings().accounts());
    }

    private StepState plan(StepState state, StepHost host, List<PlaceTargets> places, Instant now) {
        PowerRules rules = settings.rules(host.settings(), now);
        List<LocatedTarget> targets =
                places.stream().flatMap(place -> place.targets().stream()).toList();
        new PowerScope(settings, rules, targets)
                .require(FleetReader.unreadable(state).isEmpty());
        PowerPlan plan = new PowerPlan(List.of(), List.of(), 0);
        List<PowerSavings.Row> savings = new ArrayList<>();
        for (PlaceTargets place : places) {
            plan = plan.and(PowerPlan.of(settings, rules, place.decider(), place.targets(), now));
            if (settings.reportsSavings()) {
                savings.addAll(PowerSavings.of(settings, place, now));
            }
        }
        PowerRows.say(host, plan, settings.isDryRun());
        StepState planned = PowerRows.planned(state, plan, settings.isDryRun(), now);
        return settings.reportsSavings()
                ? planned.with(PowerRows.SAVINGS, Json.write(new PowerSavings(savings)))
                : planned;
    }

    private Progress move(StepState state, StepHost host) {
        StepState moved = moved(state, host);
        return items(moved).stream().allMatch(PowerItem::isEnded)
                ? PowerRows.end(moved, host, settings)
                : new Progress.Again(moved, host.observer().interval());
    }

    private StepState moved(StepState state, StepHost host) {
        PowerTick tick = new PowerTick(host, settings, items(state));
        if (tick.items().stream().allMatch(PowerItem::isEnded)) {
            return state;
        }
        tick.look();
        StepState looked = with(state, tick.items());
        if (tick.items().stream().anyMatch(PowerTick::isCalling)) {
            host.save(looked);
            tick.act();
        }
        StepState acted = with(looked, tick.items());
        tellEnds(state, acted, host);
        return acted;
    }

    private static List<PowerItem> items(StepState state) {
        return state.readAll(PowerItem.PREFIX, PowerItem.class);
    }

    private static StepState with(StepState state, Collection<PowerItem> items) {
        Map<String, String> changed = new LinkedHashMap<>();
        items.forEach(item -> {
            String json = Json.write(item);
            if (!json.equals(state.document(item.key()).orElse(""))) {
                changed.put(item.key(), json);
            }
        });
        return changed.isEmpty() ? state : state.withAll(changed);
    }

    private static void tellEnds(StepState before, StepState after, StepHost host) {
        for (PowerItem item : items(after)) {
            boolean wasEnded = before.read(item.key(), PowerItem.class)
                    .filter(PowerItem::isEnded)
                    .isPresent();
            if (item.isEnded() && !wasEnded) {
                host.log(PowerRow.of(item).line());
            }
        }
    }

    /** What was told to start or stop does so by itself; what is halfway is brought there, the rest is left. */
    @Override
    public Progress stop(StepState state, StopReason reason, StepHost host) {
        Instant now = host.clock().instant();
        List<PowerItem> left = items(state).stream()
                .filter(item -> item.stage() == Stage.WAITING)
                .map(item -> item.ended(PowerOutcome.SKIPPED, reason.why() + " before its turn", now))
                .toList();
        StepState moved = moved(with(state, left), host);
        return items(moved).stream().anyMatch(PowerItem::isHalfway)
                ? new Progress.Again(moved, host.observer().interval())
                : new Progress.Failed(moved, PowerCycle.NAME + ": " + reason.why() + "; " + describe(moved));
    }

    @Override
    public String describe(StepState state) {
        List<PowerItem> items = items(state);
        long open = items.stream().filter(item -> !item.isEnded()).count();
        return (items.size() - open) + " of " + items.size() + " started or stopped";
    }
}
