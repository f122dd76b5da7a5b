package io.jenkins.plugins.amirefresh.step.parameters;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which groups a step works on. An empty list or map selects all.
 *
 * @param environments values of the tag {@code Environment}; upper and lower case are equal
 * @param onlyEnvironments limits {@code environments} further, so that one setting can narrow a whole pipeline
 * @param families image families of launch templates
 * @param asgs names of Auto Scaling groups
 * @param tags tags a group must have, with their values
 */
public record GroupSelection(
        List<String> environments,
        List<String> onlyEnvironments,
        List<String> families,
        List<String> asgs,
        Map<String, String> tags) {

    static final String ENVIRONMENTS = "environments";
    static final String ONLY_ENVIRONMENTS = "onlyEnvironments";
    static final String FAMILIES = "families";
    static final String ASGS = "asgs";
    static final String TAGS = "tags";

    /** Copies the collections. */
    public GroupSelection {
        environments = List.copyOf(environments);
        onlyEnvironments = List.copyOf(onlyEnvironments);
        families = List.copyOf(families);
        asgs = List.copyOf(asgs);
        tags = Map.copyOf(tags);
    }

    /** What the parameters of {@link CommonParameters#whichGroups()} select. */
    public static GroupSelection of(Parameters parameters) {
        Map<String, String> tags = new LinkedHashMap<>();
        parameters.map(TAGS).forEach((name, value) -> tags.put(name, value.toString()));
        return new GroupSelection(
                parameters.list(ENVIRONMENTS),
                parameters.list(ONLY_ENVIRONMENTS),
                parameters.list(FAMILIES),
                parameters.list(ASGS),
                tags);
    }

    /**
     * Selects this group.
     *
     * @param environment the group's environment, empty without one
     * @param family the image family of its launch template, empty without one
     */
    public boolean includes(GroupObservation group, String environment, String family) {
        return contains(environments, environment)
                && contains(onlyEnvironments, environment)
                && (families.isEmpty() || families.contains(family))
                && (asgs.isEmpty() || asgs.contains(group.key().name().value()))
                && tags.entrySet().stream()
                        .allMatch(tag -> tag.getValue().equals(group.tags().get(tag.getKey())));
    }

    /**
     * A name that no group has is a slip of the pen, and nothing to do would be taken for a good end.
     *
     * @param groups every group of the places the step works in
     * @throws ParameterException for the first name that none of them has
     */
    public void requireKnown(Stream<GroupObservation> groups) {
        Set<String> known = groups.map(group -> group.key().name().value()).collect(Collectors.toSet());
        for (String name : asgs) {
            if (!known.contains(name)) {
                throw ParameterException.of(ASGS, name, "the name of a group in the accounts and regions of this step");
            }
        }
    }

    /** A group given by name that the step cannot work on is not left out in silence: what the name has to be. */
    public static ParameterException refusal(GroupObservation group, String expected) {
        return ParameterException.of(ASGS, group.key().name().value(), expected);
    }

    /** Groups are given by name. */
    public boolean namesGroups() {
        return !asgs.isEmpty();
    }

    private static boolean contains(List<String> wanted, String environment) {
        return wanted.isEmpty() || wanted.stream().anyMatch(environment::equalsIgnoreCase);
    }
}
