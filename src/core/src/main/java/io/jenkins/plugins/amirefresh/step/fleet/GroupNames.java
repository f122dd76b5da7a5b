package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What groups are called on the console: by their names, with the place where several groups of a step's accounts and
 * regions have the same one. It is part of the state, so that a group is called the same from the first line to the last.
 */
public final class GroupNames {

    private static final String DOCUMENT = "shared-names";

    private final Set<String> shared;

    private GroupNames(Set<String> shared) {
        this.shared = shared;
    }

    /** The state that knows which names of {@code fleet} are shared. */
    public static StepState known(StepState state, Fleet fleet) {
        Set<String> seen = new HashSet<>();
        Set<String> shared = new TreeSet<>();
        for (LocatedGroup located : fleet.groups()) {
            String name = located.group().key().name().value();
            if (!seen.add(name)) {
                shared.add(name);
            }
        }
        return shared.isEmpty() ? state : state.with(DOCUMENT, Json.write(shared));
    }

    /** The names as {@code state} knows them. */
    public static GroupNames in(StepState state) {
        return new GroupNames(state.document(DOCUMENT)
                .map(json -> Set.of(Json.read(json, String[].class)))
                .orElse(Set.of()));
    }

    /** {@code web}, or {@code web (111111111111/eu-west-1)}. */
    public String of(GroupKey group) {
        String name = group.name().value();
        return shared.contains(name) ? withPlace(group) : name;
    }

    /** {@code web (111111111111/eu-west-1)}. */
    public static String withPlace(GroupKey group) {
        return group.name() + " (" + group.account() + "/" + group.region() + ")";
    }
}
