package io.jenkins.plugins.amirefresh.step.parameters;

import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.NamePattern;
import io.jenkins.plugins.amirefresh.model.Suggestion;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which groups a step works on. An empty list or map selects all. Names may hold {@code *} and {@code ?}.
 *
 * @param environments values of the tag {@code Environment}; upper and lower case are equal
 * @param onlyEnvironments limits {@code environments} further, so that one setting can narrow a whole pipeline
 * @param families image families of launch templates
 * @param asgs names of Auto Scaling groups
 * @param tags tags a group must have, with their values
 * @param excluded what is left out of all that
 * @param allowEmpty a selection that matches no group is no mistake
 */
public record GroupSelection(
        List<String> environments,
        List<String> onlyEnvironments,
        List<String> families,
        List<String> asgs,
        Map<String, String> tags,
        Excluded excluded,
        boolean allowEmpty) {

    static final String ENVIRONMENTS = "environments";
    /** Narrows a whole pipeline. */
    public static final String ONLY_ENVIRONMENTS = "onlyEnvironments";

    static final String FAMILIES = "families";
    static final String ASGS = "asgs";
    static final String TAGS = "tags";
    static final String EXCLUDE_ENVIRONMENTS = "excludeEnvironments";
    static final String EXCLUDE_FAMILIES = "excludeFamilies";
    static final String EXCLUDE_ASGS = "excludeAsgs";
    static final String ALLOW_EMPTY = "allowEmpty";

    /** Copies the collections. */
    public GroupSelection {
        environments = List.copyOf(environments);
        onlyEnvironments = List.copyOf(onlyEnvironments);
        families = List.copyOf(families);
        asgs = List.copyOf(asgs);
        tags = Map.copyOf(tags);
    }

    /** Groups that are left out although another parameter names them. */
    public record Excluded(List<String> environments, List<String> families, List<String> asgs) {
        /** Copies the lists. */
        public Excluded {
            environments = List.copyOf(environments);
            families = List.copyOf(families);
            asgs = List.copyOf(asgs);
        }
    }

    /**
     * A group that a selection may match.
     *
     * @param family asked only when the answer depends on it
     */
    public record Known(GroupObservation group, String environment, Supplier<String> family) {

        private String name() {
            return group.key().name().value();
        }
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
                tags,
                new Excluded(
                        parameters.list(EXCLUDE_ENVIRONMENTS),
                        parameters.list(EXCLUDE_FAMILIES),
                        parameters.list(EXCLUDE_ASGS)),
                parameters.flag(ALLOW_EMPTY));
    }

    /**
     * Selects this group.
     *
     * @param environment the group's environment, empty without one
     * @param family the image family of its launch template, empty without one
     */
    public boolean includes(GroupObservation group, String environment, String family) {
        return includes(new Known(group, environment, () -> family));
    }

    /** Selects this group. */
    public boolean includes(Known known) {
        return (onlyEnvironments.isEmpty() || NamePattern.anyFitsIgnoringCase(onlyEnvironments, known.environment()))
                && names(known)
                && !excludes(known);
    }

    /** An {@code exclude...} parameter leaves this group out. */
    public boolean excludes(Known known) {
        return NamePattern.anyFitsIgnoringCase(excluded.environments(), known.environment())
                || NamePattern.anyFits(excluded.asgs(), known.name())
                || (!excluded.families().isEmpty()
                        && NamePattern.anyFits(
                                excluded.families(), known.family().get()));
    }

    /** The parameters that say which groups are meant name this one, whatever else narrows that. */
    private boolean names(Known known) {
        return isOfEnvironments(known) && isOfNames(known) && isOfTags(known) && isOfFamilies(known);
    }

    private boolean isOfEnvironments(Known known) {
        return environments.isEmpty() || NamePattern.anyFitsIgnoringCase(environments, known.environment());
    }

    private boolean isOfNames(Known known) {
        return asgs.isEmpty() || NamePattern.anyFits(asgs, known.name());
    }

    private boolean isOfTags(Known known) {
        return tags.entrySet().stream()
                .allMatch(tag -> tag.getValue().equals(known.group().tags().get(tag.getKey())));
    }

    private boolean isOfFamilies(Known known) {
        return families.isEmpty()
                || NamePattern.anyFits(families, known.family().get());
    }

    /** The families include this one, which is not excluded either. */
    public boolean hasFamily(String family) {
        return (families.isEmpty() || NamePattern.anyFits(families, family))
                && !NamePattern.anyFits(excluded.families(), family);
    }

    /** The same where it is no mistake that nothing is selected. */
    public GroupSelection allowingEmpty() {
        return new GroupSelection(environments, onlyEnvironments, families, asgs, tags, excluded, true);
    }

    /** The same without what narrows the whole pipeline. */
    public GroupSelection withoutOnlyEnvironments() {
        return new GroupSelection(environments, List.of(), families, asgs, tags, excluded, allowEmpty);
    }

    /**
     * A name that no group has is a slip of the pen, and nothing to do would be taken for a good end. That {@link
     * #onlyEnvironments} alone leaves none is none: it narrows a whole pipeline, in which some step then has nothing to do.
     *
     * @param known every group of the places the step works in
     * @throws ParameterException when nothing is matched, with the nearest names that exist
     */
    public void requireMatch(Collection<Known> known) {
        if (allowEmpty) {
            return;
        }
        Set<String> names = known.stream().map(Known::name).collect(Collectors.toSet());
        for (String name : asgs) {
            if (!NamePattern.isPattern(name) && !names.contains(name)) {
                throw ParameterException.of(
                        ASGS,
                        name,
                        "the name of a group in the accounts and regions of this step; nearest: "
                                + NamePattern.nearest(List.of(name), names.stream()));
            }
        }
        boolean namesAnything = !(environments.isEmpty() && families.isEmpty() && asgs.isEmpty() && tags.isEmpty());
        boolean leavesNone = !known.isEmpty() && known.stream().allMatch(this::excludes);
        if ((namesAnything || leavesNone) && known.stream().noneMatch(one -> names(one) && !excludes(one))) {
            throw new ParameterException(nothing(known) + "; allowEmpty: true goes on without any");
        }
        requireMeant(known);
    }

    private void requireMeant(Collection<Known> known) {
        Supplier<Stream<String>> inEnvironments = () -> known.stream().map(Known::environment);
        Supplier<Stream<String>> ofFamilies =
                () -> known.stream().map(one -> one.family().get());
        requireMeant(ENVIRONMENTS, environments, inEnvironments);
        requireMeant(FAMILIES, families, ofFamilies);
        requireMeant(EXCLUDE_ENVIRONMENTS, excluded.environments(), inEnvironments);
        requireMeant(EXCLUDE_FAMILIES, excluded.families(), ofFamilies);
        requireMeant(EXCLUDE_ASGS, excluded.asgs(), () -> known.stream().map(Known::name));
    }

    /**
     * Among several a name that is not there may be meant for elsewhere, and who leaves out what is not there may want to be on
     * the safe side; but who is a letter or two off would leave alone what was to be worked on, or the other way round.
     *
     * @param names those that exist, asked for when something is given
     * @throws ParameterException for the first that is a slip of the pen, with the name that was meant
     */
    public static void requireMeant(String parameter, List<String> given, Supplier<Stream<String>> names) {
        if (given.isEmpty()) {
            return;
        }
        List<String> known = names.get().filter(name -> !name.isEmpty()).toList();
        // Who gives prod, prd and production means whichever there is.
        List<String> others = known.stream()
                .filter(name -> !NamePattern.anyFitsIgnoringCase(given, name))
                .toList();
        for (String name : given) {
            boolean isKnown = NamePattern.isPattern(name) || known.stream().anyMatch(name::equalsIgnoreCase);
            Optional<String> meant = isKnown ? Optional.empty() : Suggestion.meant(name, others);
            if (meant.isPresent()) {
                throw ParameterException.about(
                        parameter,
                        "'" + name + "' matches nothing in the accounts and regions of this step, did you mean '"
                                + meant.get() + "'?");
            }
        }
    }

    /**
     * An environment that narrows a whole pipeline and is none of any group is a slip of the pen, also where a step may be
     * empty: green would be taken for patched.
     *
     * @param known every group of the places the step works in
     * @param planned environments that have a window: one of those without a group here is no mistake of this step
     * @throws ParameterException for the first that nobody knows, with the nearest names that exist
     */
    public void requireEnvironments(Collection<Known> known, Set<String> planned) {
        for (String name : onlyEnvironments) {
            List<String> one = List.of(name);
            boolean isKnown = Stream.concat(known.stream().map(Known::environment), planned.stream())
                    .anyMatch(environment -> NamePattern.anyFitsIgnoringCase(one, environment));
            if (!isKnown) {
                throw ParameterException.about(
                        ONLY_ENVIRONMENTS,
                        "'" + name
                                + "' is the environment of no group in the accounts and regions of this step; nearest: "
                                + NamePattern.nearest(one, known.stream().map(Known::environment)));
            }
        }
    }

    private String nothing(Collection<Known> known) {
        if (known.stream().noneMatch(this::isOfEnvironments)) {
            return nothing(ENVIRONMENTS, environments, known, Known::environment);
        }
        if (known.stream().noneMatch(this::isOfNames)) {
            return nothing(ASGS, asgs, known, Known::name);
        }
        if (known.stream().noneMatch(this::isOfFamilies)) {
            return nothing(FAMILIES, families, known, one -> one.family().get());
        }
        if (known.stream().noneMatch(this::isOfTags)) {
            return TAGS + ": no group in the accounts and regions of this step has " + tags;
        }
        return known.stream().anyMatch(this::names)
                ? "the exclude... parameters leave none of the groups"
                : "no group in the accounts and regions of this step fits all of " + given();
    }

    private static String nothing(
            String parameter, List<String> given, Collection<Known> known, Function<Known, String> value) {
        return parameter + ": '" + String.join(",", given)
                + "' matches no group in the accounts and regions of this step; nearest: "
                + NamePattern.nearest(given, known.stream().map(value));
    }

    private String given() {
        return given(List.of(), List.of());
    }

    /** What says which groups are meant, for people: {@code environments [dev, qa], families [web]}. */
    public String given(List<String> regions, List<String> accounts) {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put(ENVIRONMENTS, environments);
        given.put(FAMILIES, families);
        given.put(ASGS, asgs);
        given.put(TAGS, tags);
        given.put("regions", regions);
        given.put("accounts", accounts);
        return given.entrySet().stream()
                .filter(one ->
                        !one.getValue().equals(List.of()) && !one.getValue().equals(Map.of()))
                .map(one -> one.getKey() + " " + one.getValue())
                .collect(Collectors.joining(", "));
    }

    /** A group given by name that the step cannot work on is not left out in silence: what the name has to be. */
    public static ParameterException refusal(GroupObservation group, String expected) {
        return ParameterException.of(ASGS, group.key().name().value(), expected);
    }

    /** Groups are given by name. */
    public boolean namesGroups() {
        return !asgs.isEmpty();
    }

    /** This group is given by its very name, not by a pattern that it fits. */
    public boolean names(AutoScalingGroupName name) {
        return asgs.contains(name.value());
    }

    /** It takes the families of groups to know which are meant. */
    public boolean asksForFamilies() {
        return !families.isEmpty() || !excluded.families().isEmpty();
    }

    /** Something says which groups are meant. */
    public boolean isNarrowed() {
        return namesGroups()
                || !environments.isEmpty()
                || !onlyEnvironments.isEmpty()
                || !families.isEmpty()
                || !tags.isEmpty();
    }
}
