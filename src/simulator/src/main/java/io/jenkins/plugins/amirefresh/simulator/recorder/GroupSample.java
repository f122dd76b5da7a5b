package io.jenkins.plugins.amirefresh.simulator.recorder;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A group between two changes.
 *
 * @param inService capacity units of members in service, whatever their health
 * @param serving capacity units that do the group's work, see {@code Serving}
 * @param answering capacity units in service and healthy whose application answers, whether or not anything can tell
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
        int serving,
        int answering,
        int total,
        int isProtected,
        int standby,
        Set<String> suspended) {

    public GroupSample {
        suspended = Collections.unmodifiableSet(new TreeSet<>(suspended));
    }
}
