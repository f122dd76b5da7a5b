package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every group of the accounts and regions a step works in, as the host's observer last read them. */
public final class Fleet {

    private final Map<GroupKey, LocatedGroup> groups;

    private Fleet(Map<GroupKey, LocatedGroup> groups) {
        this.groups = groups;
    }

    /**
     * Reads every place once; how often AWS is asked is the observer's business.
     *
     * @throws io.jenkins.plugins.amirefresh.cloud.CloudException when a place cannot be read
     */
    public static Fleet read(StepHost host, Collection<Place> places) {
        Map<GroupKey, LocatedGroup> groups = new TreeMap<>();
        for (Place place : new LinkedHashSet<>(places)) {
            host.observer()
                    .all(place.access(), place.region())
                    .groups()
                    .forEach((key, group) -> groups.putIfAbsent(key, new LocatedGroup(place, group)));
        }
        return new Fleet(Collections.unmodifiableMap(groups));
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
