package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.FleetObservation;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.powercycle.PowerDecider;
import io.jenkins.plugins.amirefresh.powercycle.PowerRules;
import io.jenkins.plugins.amirefresh.powercycle.Schedules;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads what has a schedule; a place that does not answer keeps nobody waiting. */
final class PowerReader {

    /** How long a place that answers with a passing fault is waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String SINCE = "instances read since";

    private final StepHost host;
    private final PowerSettings settings;
    private final Map<Place, List<LocatedTarget>> groups = new LinkedHashMap<>();
    private final Map<Place, InstanceReader> instances = new LinkedHashMap<>();
    private StepState state;
    private boolean isComplete = true;

    PowerReader(StepHost host, PowerSettings settings, Fleet fleet, StepState before) {
        this.host = host;
        this.settings = settings;
        this.state = before;
        fleet.groups().stream()
                .filter(located -> !located.group().deleting())
                .forEach(located -> groups.computeIfAbsent(located.place(), unused -> new ArrayList<>())
                        .add(LocatedTarget.of(located)));
        fleet.places().stream()
                .filter(place -> fleet.problem(place).isEmpty())
                .forEach(place -> read(
                        place,
                        cloud -> instances.put(
                                place,
                                new InstanceReader(cloud, place, settings.scheduleTags(), settings.readsAll()))));
    }

    /** The groups with a schedule: without their instances where they want some, for then nobody asks about those. */
    static Fleet groups(StepHost host, Collection<Place> places, PowerSettings settings) {
        return Fleet.read(
                host,
                places,
                (reader, place) ->
                        new FleetObservation(groups(reader.cloud(place.access(), place.region()), settings)));
    }

    private static Map<GroupKey, GroupObservation> groups(Cloud cloud, PowerSettings settings) {
        Map<GroupKey, GroupObservation> groups = new HashMap<>();
        cloud.autoScalingGroups().outlines(settings.scheduleTags()).forEach(group -> groups.put(group.key(), group));
        List<String> asleep = groups.values().stream()
                .filter(group -> !LocatedTarget.isUp(group))
                .map(group -> group.key().name().value())
                .sorted()
                .toList();
        List<AutoScalingGroupName> remaining = cloud.instancePower().groupsWithInstances(asleep).stream()
                .map(AutoScalingGroupName::new)
                .toList();
        if (!remaining.isEmpty()) {
            cloud.autoScalingGroups().named(remaining).forEach(group -> groups.replace(group.key(), group));
        }
        return groups;
    }

    private void read(Place place, Consumer<Cloud> reading) {
        try {
            reading.accept(host.cloud(place.access(), place.region()));
        } catch (CloudException e) {
            Instant now = host.clock().instant();
            Instant since = state.document(SINCE)
                    .map(json -> Json.read(json, Instant.class))
                    .orElse(now);
            if (e.isTransient() && now.isBefore(since.plus(PATIENCE))) {
                state = state.with(SINCE, Json.write(since));
                isComplete = false;
            } else {
                state = FleetReader.unreadable(state, host, PowerCycle.NAME, place, e);
            }
        }
    }

    /** Nothing has to be asked again. */
    boolean isComplete() {
        return isComplete;
    }

    StepState state() {
        return state;
    }

    /** The values of all schedules' tags. */
    List<PlacedValue> values() {
        List<PlacedValue> values = new ArrayList<>();
        groups.values().forEach(found -> values.addAll(values(found)));
        instances.values().forEach(reader -> values.addAll(reader.values()));
        return values.stream().distinct().toList();
    }

    /** The values of these. */
    List<PlacedValue> values(Collection<LocatedTarget> targets) {
        return targets.stream()
                .flatMap(target -> target.target().tag(settings.scheduleTags()).stream()
                        .map(value -> new PlacedValue(target.place(), target.account(), value)))
                .toList();
    }

    /** What has a schedule, by place; who decides knows the documents that were fetched. */
    List<PlaceTargets> read(SharedDocuments documents, Instant now) {
        state = documents.state();
        PowerRules rules = settings.rules(host.settings(), now);
        List<PlaceTargets> read = new ArrayList<>();
        Map<Place, List<PlacedValue>> byPlace = new LinkedHashMap<>();
        values().forEach(value -> byPlace.computeIfAbsent(value.place(), unused -> new ArrayList<>())
                .add(value));
        byPlace.forEach((place, values) -> {
            Schedules schedules = new Schedules(
                    settings.reader(), documents.of(place, values.get(0).account()), now);
            PowerDecider decider = new PowerDecider(rules, schedules);
            List<LocatedTarget> targets = new ArrayList<>(groups.getOrDefault(place, List.of()));
            boolean isOrdered = values.stream().anyMatch(value -> schedules.isOrdered(value.value()));
            Optional.ofNullable(instances.get(place))
                    .ifPresent(reader -> read(
                            place,
                            cloud -> targets.addAll(
                                    reader.read(decider, spellings(rules.environmentTag()), isOrdered))));
            read.add(new PlaceTargets(decider, schedules, targets));
        });
        return read;
    }

    /** AWS finds tags by their exact names; one that is spelt in yet another way is found when its instance is looked at. */
    private static Set<String> spellings(String name) {
        return new LinkedHashSet<>(List.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT)));
    }
}
