package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The launch configurations of every place, as CreateLaunchConfiguration made them. */
public final class LaunchConfigurations {

    /** The member that names one. */
    public static final String NAME = "LaunchConfigurationName";

    private final Map<AccountRegion, Map<String, ObjectNode>> places = new HashMap<>();

    private Map<String, ObjectNode> place(AccountRegion at) {
        return places.computeIfAbsent(at, unused -> new TreeMap<>());
    }

    /** Keeps one under its name. */
    public void add(AccountRegion at, ObjectNode configuration) {
        place(at).put(configuration.path(NAME).asText(), configuration);
    }

    /** Forgets one. */
    public void remove(AccountRegion at, String name) {
        place(at).remove(name);
    }

    /** One by name. */
    public Optional<ObjectNode> find(AccountRegion at, String name) {
        return Optional.ofNullable(place(at).get(name));
    }

    /** Those of a place, by name. */
    public Collection<ObjectNode> in(AccountRegion at) {
        return place(at).values();
    }
}
