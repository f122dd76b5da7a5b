package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.InstancePower;
import io.jenkins.plugins.amirefresh.cloud.InstancePower.State;
import io.jenkins.plugins.amirefresh.cloud.InstancePower.Tagged;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.powercycle.PowerDecider;
import io.jenkins.plugins.amirefresh.powercycle.PowerOutcome;
import io.jenkins.plugins.amirefresh.powercycle.PowerTarget.Condition;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the instances of a place that have a schedule: of all their tags, and in full those alone that are not as their
 * schedules want them. AWS is asked for these by value and state, so of a fleet that is right it tells little.
 */
final class InstanceReader {

    private final InstancePower power;
    private final Place place;
    private final String account;
    private final List<String> names;
    private final Map<InstanceId, Map<String, String>> tags;
    private @Nullable List<Tagged> all;

    /** @param readsAll each of them is of interest, whatever its state */
    InstanceReader(Cloud cloud, Place place, List<String> names, boolean readsAll) {
        this.power = cloud.instancePower();
        this.place = place;
        this.account = cloud.account().value();
        this.names = names;
        this.tags = readsAll ? readAll() : readTags();
    }

    private Map<InstanceId, Map<String, String>> readTags() {
        try {
            return power.tags(names);
        } catch (CloudException.AccessDenied e) {
            // A policy of before this was asked for: it costs more, that is all.
            return readAll();
        }
    }

    private Map<InstanceId, Map<String, String>> readAll() {
        List<Tagged> found = power.withAnyTag(names);
        all = found;
        return found.stream()
                .collect(Collectors.toMap(tagged -> tagged.instance().id(), Tagged::tags, (one, other) -> other));
    }

    /** The values of their tags. */
    Collection<PlacedValue> values() {
        return tags.values().stream()
                .flatMap(found -> tag(found).map(found::get).stream())
                .distinct()
                .map(value -> new PlacedValue(place, account, value))
                .toList();
    }

    /** The name of the tag that counts. */
    private Optional<String> tag(Map<String, String> found) {
        return names.stream().filter(found::containsKey).findFirst();
    }

    /**
     * All of them; what is as it should be has nothing but the tags that say so.
     *
     * @param environments what the tag of an instance's environment may be called
     * @param isOrdered something waits for something else: then it matters how each is
     */
    List<LocatedTarget> read(PowerDecider decider, Set<String> environments, boolean isOrdered) {
        if (all == null && isOrdered) {
            readAll();
        }
        return all == null
                ? little(decider, environments)
                : all.stream().map(this::located).toList();
    }

    private List<LocatedTarget> little(PowerDecider decider, Set<String> environments) {
        Map<String, LocatedTarget> seen = new TreeMap<>();
        if (tags.isEmpty()) {
            return List.of();
        }
        put(seen, power.membersWithAnyTag(names));
        questions(decider)
                .forEach((tag, values) -> values.forEach(
                        (conditions, texts) -> put(seen, power.withTag(tag, texts, states(conditions)))));
        Set<InstanceId> rest = new LinkedHashSet<>(tags.keySet());
        rest.removeIf(id -> seen.containsKey(id.value()));
        rest.removeAll(power.endingWithAnyTag(names));
        Map<InstanceId, Map<String, String>> environment = power.tags(environments, rest);
        Set<InstanceId> unclear = new HashSet<>();
        for (InstanceId id : rest) {
            Map<String, String> known = new HashMap<>(environment.getOrDefault(id, Map.of()));
            known.putAll(tags.getOrDefault(id, Map.of()));
            right(decider, id, known).ifPresentOrElse(target -> seen.put(id.value(), target), () -> unclear.add(id));
        }
        put(seen, power.with(unclear));
        return List.copyOf(seen.values());
    }

    /** Which values to ask AWS for, by the name of the tag that counts and the conditions in which they need a look. */
    private Map<String, Map<Set<Condition>, Set<String>>> questions(PowerDecider decider) {
        Map<String, Map<Set<Condition>, Set<String>>> questions = new TreeMap<>();
        Map<String, Set<Condition>> conditions = new HashMap<>();
        for (Map<String, String> found : tags.values()) {
            tag(found).ifPresent(tag -> {
                String value = found.getOrDefault(tag, "");
                questions
                        .computeIfAbsent(tag, unused -> new HashMap<>())
                        .computeIfAbsent(
                                conditions.computeIfAbsent(value, decider::toLookAt), unused -> new LinkedHashSet<>())
                        .add(value);
            });
        }
        return questions;
    }

    private static Set<State> states(Set<Condition> conditions) {
        return conditions.stream()
                .map(condition -> switch (condition) {
                    case UP -> State.RUNNING;
                    case RISING -> State.PENDING;
                    case DOWN -> State.STOPPED;
                    case FALLING -> State.STOPPING;
                })
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(State.class)));
    }

    /** AWS did not tell of it as one that needs a look, so it is as it should be, if it may be touched at all. */
    private Optional<LocatedTarget> right(PowerDecider decider, InstanceId id, Map<String, String> known) {
        String value = tag(known).map(known::get).orElse("");
        Set<Condition> others = EnumSet.complementOf(EnumSet.copyOf(decider.toLookAt(value)));
        return others.stream()
                .findFirst()
                .map(condition -> LocatedTarget.asItShouldBe(place, account, id, known, condition))
                .filter(target -> decider.decide(target.target())
                        .filter(decision -> decision.outcome() == PowerOutcome.UNCHANGED)
                        .isPresent());
    }

    private void put(Map<String, LocatedTarget> seen, List<Tagged> found) {
        found.forEach(tagged -> seen.put(tagged.instance().id().value(), located(tagged)));
    }

    private LocatedTarget located(Tagged tagged) {
        return LocatedTarget.of(place, account, tagged);
    }
}
