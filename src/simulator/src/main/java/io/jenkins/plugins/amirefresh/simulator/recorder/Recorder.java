package io.jenkins.plugins.amirefresh.simulator.recorder;

import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.SimulatedTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every group over time: sizes, serving capacity, temporary changes, the version of each instance. A sample is kept only
 * where something changed; several changes within one moment keep the lowest serving capacity of that moment too.
 *
 * <p>Thread: confined to the thread that holds the simulator's lock.
 */
public final class Recorder {

    private final SimulatedTime time;
    private final Map<GroupKey, NavigableMap<Instant, Moment>> samples = new HashMap<>();
    private final Map<GroupKey, List<Launch>> launches = new HashMap<>();
    private final Map<AccountRegion, NavigableMap<String, String>> alive = new HashMap<>();
    private final Map<GroupKey, Boolean> existing = new HashMap<>();

    /** @param time stamps what is recorded */
    public Recorder(SimulatedTime time) {
        this.time = time;
    }

    /** A group may have changed; equal samples are kept once. */
    public void sample(AccountRegion at, String group, GroupSample sample) {
        NavigableMap<Instant, Moment> history =
                samples.computeIfAbsent(new GroupKey(at, group), key -> new TreeMap<>());
        existing.put(new GroupKey(at, group), true);
        Map.Entry<Instant, Moment> last = history.lastEntry();
        if (last != null && last.getValue().sample().equals(sample)) {
            return;
        }
        int lowest = last != null && last.getKey().equals(time.now())
                ? Math.min(last.getValue().lowest(), sample.serving())
                : sample.serving();
        history.put(time.now(), new Moment(sample, lowest));
    }

    /** A group launched an instance. */
    public void launched(AccountRegion at, String group, String instanceId, String version) {
        launches.computeIfAbsent(new GroupKey(at, group), key -> new ArrayList<>())
                .add(new Launch(time.now(), instanceId, version));
        alive.computeIfAbsent(at, place -> new TreeMap<>()).put(instanceId, group);
    }

    /** An instance that a group launched is gone for good. */
    public void terminated(AccountRegion at, String instanceId) {
        alive.getOrDefault(at, Collections.emptyNavigableMap()).remove(instanceId);
    }

    /** A group was deleted. */
    public void deleted(AccountRegion at, String group) {
        existing.remove(new GroupKey(at, group));
    }

    /**
     * The lowest serving capacity in {@code [from, to]}, whoever ended or broke what served. Empty when the group was not
     * there.
     */
    public Optional<Integer> lowestServing(AccountRegion at, String group, Instant from, Instant to) {
        NavigableMap<Instant, Moment> history = history(at, group);
        Optional<Integer> before = Optional.ofNullable(history.floorEntry(from))
                .map(entry -> entry.getValue().sample().serving());
        Optional<Integer> within = history.subMap(from, true, to, true).values().stream()
                .map(Moment::lowest)
                .min(Integer::compareTo);
        return before.map(first -> Math.min(first, within.orElse(first))).or(() -> within);
    }

    /** The changes of a group, by moment; the last of each moment. */
    public NavigableMap<Instant, GroupSample> history(AccountRegion at, String group, Instant from, Instant to) {
        NavigableMap<Instant, GroupSample> result = new TreeMap<>();
        NavigableMap<Instant, Moment> history = history(at, group);
        Optional.ofNullable(history.floorEntry(from))
                .ifPresent(entry -> result.put(from, entry.getValue().sample()));
        history.subMap(from, true, to, true).forEach((moment, value) -> result.put(moment, value.sample()));
        return result;
    }

    /** A group as it was at a moment, empty when it was not there yet. */
    public Optional<GroupSample> at(AccountRegion at, String group, Instant moment) {
        return Optional.ofNullable(history(at, group).floorEntry(moment))
                .map(entry -> entry.getValue().sample());
    }

    /** What differs between two moments and should not stay: for example {@code max 4 -> 6}. */
    public List<String> leftovers(AccountRegion at, String group, Instant before, Instant after) {
        Optional<GroupSample> first = at(at, group, before);
        Optional<GroupSample> last = at(at, group, after);
        if (first.isEmpty() || last.isEmpty()) {
            return List.of();
        }
        List<String> result = new ArrayList<>();
        compare(result, "min", first.get().min(), last.get().min());
        compare(result, "desired", first.get().desired(), last.get().desired());
        compare(result, "max", first.get().max(), last.get().max());
        compare(result, "standby", first.get().standby(), last.get().standby());
        compare(result, "suspended", first.get().suspended(), last.get().suspended());
        return result;
    }

    private static void compare(List<String> differences, String what, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            differences.add(what + " " + before + " -> " + after);
        }
    }

    /** Every launch of a group, oldest first. */
    public List<Launch> launches(AccountRegion at, String group) {
        return List.copyOf(launches.getOrDefault(new GroupKey(at, group), List.of()));
    }

    /** Instances that still run although the group that launched them is gone. */
    public List<String> orphans(AccountRegion at) {
        return alive.getOrDefault(at, Collections.emptyNavigableMap()).entrySet().stream()
                .filter(entry -> !existing.containsKey(new GroupKey(at, entry.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private NavigableMap<Instant, Moment> history(AccountRegion at, String group) {
        return samples.getOrDefault(new GroupKey(at, group), Collections.emptyNavigableMap());
    }

    private record GroupKey(AccountRegion at, String group) {}

    private record Moment(GroupSample sample, int lowest) {}

    /**
     * One launch.
     *
     * @param version the launch template's name and number, for example {@code web:4}; empty without a template
     */
    public record Launch(Instant at, String instanceId, String version) {}
}
