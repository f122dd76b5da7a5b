package io.jenkins.plugins.amirefresh.model;

import java.util.Map;
import java.util.Optional;

/** The newest observation of each group that was asked for; a group that AWS does not know is missing. */
public record FleetObservation(Map<GroupKey, GroupObservation> groups) {

    /** Copies the map. */
    public FleetObservation {
        groups = Map.copyOf(groups);
    }

    /** The newest observation of one group, empty when AWS does not know it. */
    public Optional<GroupObservation> group(GroupKey key) {
        return Optional.ofNullable(groups.get(key));
    }
}
