package io.jenkins.plugins.amirefresh.simulator.recorder;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A group between two changes.
 *
 * @param inService capacity units of members in service, whatever their health
 * @param healthy capacity units in service and healthy and, where the group has target groups, healthy in each
 * @param total members of any state
 * @param isProtected members protected from scale-in
 * @param standby members in standby
 * @param suspended names of suspended processes
 */
public record GroupSample(
        int min,
        int desired,
        int max,
        int inService,
        int healthy,
        int total,
        int isProtected,
        int standby,
        Set<String> suspended) {

    public GroupSample {
        suspended = Collections.unmodifiableSet(new TreeSet<>(suspended));
    }
}
