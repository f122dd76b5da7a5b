package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.FleetObservation;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.preflight.Launchable;
import io.jenkins.plugins.amirefresh.step.preflight.Preflight;
import io.jenkins.plugins.amirefresh.step.preflight.Risk;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Every group of the accounts and regions a step works in, as the host's observer last read them. */
public final class Fleet {

    private final Map<GroupKey, LocatedGroup> groups;
    private final Map<Place, CloudException> problems;
    private final Set<Place> places;
    private final Instant newest;
    private final Preflight preflight;

    private Fleet(
            StepHost host,
            Instant newest,
            Collection<Place> places,
            Map<GroupKey, LocatedGroup> groups,
            Map<Place, CloudException> problems) {
        this.newest = newest;
        this.preflight = new Preflight(
                host, groups.values().stream().map(LocatedGroup::group).toList());
        this.places = Collections.unmodifiableSet(new LinkedHashSet<>(places));
        this.groups = Collections.unmodifiableMap(groups);
        this.problems = Map.copyOf(problems);
    }

    /** Reads every place once, how often AWS is asked is the observer's business; one that cannot be read keeps nobody from the others. */
    public static Fleet readWhatAnswers(StepHost host, Collection<Place> places) {
        return read(host, places, (reader, place) -> reader.observer().all(place.access(), place.region()));
    }

    /** The same without the groups' instances. */
    public static Fleet readOutlines(StepHost host, Collection<Place> places) {
        return read(host, places, (reader, place) -> reader.observer().outlines(place.access(), place.region()));
    }

    /** How a place is read. */
    public interface Reading {

        /** Its groups, or those of them that matter. */
        FleetObservation of(StepHost host, Place place);
    }

    /** Reads every place once in this way; one that cannot be read keeps nobody from the others. */
    public static Fleet read(StepHost host, Collection<Place> places, Reading reading) {
        Instant newest = newest(host);
        Map<GroupKey, LocatedGroup> groups = new TreeMap<>();
        Map<Place, CloudException> problems = new HashMap<>();
        for (Place place : new LinkedHashSet<>(places)) {
            try {
                reading.of(host, place)
                        .groups()
                        .forEach((key, group) -> groups.putIfAbsent(key, new LocatedGroup(place, group)));
            } catch (CloudException e) {
                problems.put(place, e);
            }
        }
        return new Fleet(host, newest, places, groups, problems);
    }

    /** Observations from here on are as new as the observer gives them when AWS answers. */
    private static Instant newest(StepHost host) {
        return host.clock().instant().minus(host.observer().interval());
    }

    /**
     * AWS throttled the read and an older listing was kept: what is asked of AWS beside it would be newer than the listing,
     * and both together would tell of a group that never was.
     */
    public boolean isOutOfDate(GroupObservation group) {
        return group.at().isBefore(newest);
    }

    /** What can be launched in the places, asked when somebody wants to know. */
    public Launchable launchable() {
        return preflight.launchable();
    }

    /** The look before work on groups; what it reads of a place is read once for all of them. */
    public Preflight preflight(Set<Risk> allowed) {
        return preflight.allowing(allowed);
    }

    /** Why a place could not be read, empty when it was. */
    public Optional<CloudException> problem(Place place) {
        return Optional.ofNullable(problems.get(place));
    }

    /** What was to be read. */
    public Set<Place> places() {
        return places;
    }

    /** The groups in the order of their keys; a group reached by two identities is there once, by the first. */
    public Collection<LocatedGroup> groups() {
        return groups.values();
    }

    /** One group, empty when AWS does not know it. */
    public Optional<LocatedGroup> group(GroupKey key) {
        return Optional.ofNullable(groups.get(key));
    }
}
