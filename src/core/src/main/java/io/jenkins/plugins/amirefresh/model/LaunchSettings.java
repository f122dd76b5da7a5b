package io.jenkins.plugins.amirefresh.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that a version launches but its AMI and the snapshots of its volumes, for comparing.
 *
 * @param members by AWS's name, {@code InstanceType}. A value in clear where it is short and no secret; else one beginning with
 *     {@code #} that is equal where the member is.
 */
public record LaunchSettings(Map<String, String> members) {

    /** It says nothing. */
    public static final LaunchSettings NONE = new LaunchSettings(Map.of());

    /** Begins a value that only says whether another one is equal. */
    public static final String HIDDEN = "#";

    /** Copies the map. */
    public LaunchSettings {
        members = Map.copyOf(members);
    }

    /** What is otherwise in the other one, {@code InstanceType t3.medium -> p3.16xlarge}, in the order of the names. */
    public List<String> differences(LaunchSettings other) {
        TreeSet<String> names = new TreeSet<>(members.keySet());
        names.addAll(other.members.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String own = members.getOrDefault(name, "");
            String next = other.members.getOrDefault(name, "");
            if (!own.equals(next)) {
                differences.add(name + difference(own, next));
            }
        }
        return List.copyOf(differences);
    }

    private static String difference(String own, String next) {
        if (own.startsWith(HIDDEN) && next.startsWith(HIDDEN)) {
            return "";
        }
        return " " + shown(own) + " -> " + shown(next);
    }

    private static String shown(String value) {
        return value.isEmpty() ? "none" : value.startsWith(HIDDEN) ? "given" : value;
    }

    /** The members in the order of their names. */
    @Override
    public String toString() {
        return new TreeMap<>(members).toString();
    }
}
