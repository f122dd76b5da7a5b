package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.model.NamePattern;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.schedule.DurationText;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code waves}: which groups it has, and what has to be before a later wave follows.
 *
 * @param regions only groups of these; empty for all
 * @param accounts only groups that are reached so, {@code self} or a role's ARN; empty for all
 * @param soak how long its groups must have been refreshed before a later wave follows
 * @param maxConcurrent how many of its groups may be at work at a time
 * @param approval who has to say yes before it starts; null for nobody
 * @param maxFailures how many of its groups may be rolled back or fail before that holds others
 */
record Wave(
        String name,
        GroupSelection selection,
        List<String> regions,
        List<String> accounts,
        Duration soak,
        int maxConcurrent,
        int maxFailures,
        @Nullable Approval approval) {

    private static final String REGIONS = "regions";
    private static final String ACCOUNTS = "accounts";
    private static final String SOAK = "soak";
    private static final int MOST = 10_000;
    // A build lives for a week; whoever soaks longer wants another build.
    private static final Duration LONGEST_SOAK = Duration.ofDays(14);
    private static final GroupSelection.Excluded NOBODY = new GroupSelection.Excluded(List.of(), List.of(), List.of());
    private static final List<Object> NO_CONDITIONS = List.of(List.of(), Map.of(), NOBODY, List.of(), List.of());

    /** A step without waves is one wave of all that it selects; what limits it is the step's own. */
    static final Wave ALL = new Wave(
            "",
            GroupSelection.of(Parameters.parse(RecycleAsgs.NAME, CommonParameters.whichGroups(), Map.of())),
            List.of(),
            List.of(),
            Duration.ZERO,
            MOST,
            0,
            null);

    /** What no other wave has, after all of them. */
    static final Wave OTHERS =
            new Wave("the last wave (others)", ALL.selection(), List.of(), List.of(), Duration.ZERO, MOST, 0, null);

    /** Copies the lists. */
    Wave {
        regions = List.copyOf(regions);
        accounts = List.copyOf(accounts);
    }

    /** What an entry of {@code waves} takes. */
    static List<ParameterSpec> specs() {
        List<ParameterSpec> specs = new ArrayList<>(CommonParameters.whichGroups().stream()
                .filter(spec -> !spec.name().equals(GroupSelection.ONLY_ENVIRONMENTS))
                .toList());
        specs.addAll(CommonParameters.where().stream()
                .filter(spec -> spec.name().equals(REGIONS) || spec.name().equals(ACCOUNTS))
                .toList());
        specs.add(ParameterSpec.optional(SOAK, ParameterType.DURATION, "none", ""));
        specs.add(ParameterSpec.optional(RecycleAsgs.MAX_CONCURRENT, ParameterType.INTEGER, "the step's", ""));
        specs.add(ParameterSpec.optional(RecycleAsgs.MAX_FAILURES, ParameterType.INTEGER, "0", ""));
        specs.add(Approval.spec());
        return List.copyOf(specs);
    }

    /**
     * The entry at {@code path}.
     *
     * @param allowEmpty the step's own
     * @throws ParameterException for a value that it does not take, or when nothing says which groups are meant
     */
    static Wave of(String path, int number, Map<String, Object> given, boolean allowEmpty) {
        try {
            Parameters parameters = Parameters.parse(path, specs(), given);
            CommonParameters.requireWellFormed(parameters);
            GroupSelection selection = GroupSelection.of(parameters);
            List<String> regions = parameters.list(REGIONS);
            List<String> accounts = parameters.list(ACCOUNTS);
            Wave wave = new Wave(
                    "wave " + number + " (" + selection.given(regions, accounts) + ")",
                    allowEmpty ? selection.allowingEmpty() : selection,
                    regions,
                    accounts,
                    soak(parameters),
                    between(parameters, RecycleAsgs.MAX_CONCURRENT, MOST, 1),
                    between(parameters, RecycleAsgs.MAX_FAILURES, 0, 0),
                    Approval.of(parameters, path, number));
            if (wave.isWhole()) {
                throw new ParameterException("it names no groups; give environments, families, asgs or tags");
            }
            return wave;
        } catch (ParameterException e) {
            throw e.within(path);
        }
    }

    private static Duration soak(Parameters parameters) {
        Duration soak = parameters.duration(SOAK).orElse(Duration.ZERO);
        if (soak.compareTo(LONGEST_SOAK) > 0) {
            throw ParameterException.of(
                    SOAK,
                    DurationText.of(soak),
                    "14d at most: the build waits for it, and every window of later waves passes meanwhile");
        }
        return soak;
    }

    private static int between(Parameters parameters, String name, int otherwise, int least) {
        int value = parameters.integer(name).orElse(otherwise);
        if (value < least || value > MOST) {
            throw ParameterException.of(name, value, "a whole number from " + least + " to " + MOST);
        }
        return value;
    }

    /** Nothing says which groups are meant. */
    boolean isWhole() {
        return !selection.isNarrowed() && regions.isEmpty() && accounts.isEmpty();
    }

    /** An environment that this wave takes whole, or together with the same other conditions, as a later one would. */
    Optional<String> sharedEnvironment(Wave later) {
        return mayShare(later)
                ? later.selection().environments().stream()
                        .filter(name -> NamePattern.anyFitsIgnoringCase(selection.environments(), name))
                        .findFirst()
                : Optional.empty();
    }

    private boolean mayShare(Wave later) {
        boolean isOfFamiliesOnly = besidesFamilies().equals(NO_CONDITIONS)
                && later.besidesFamilies().equals(NO_CONDITIONS);
        boolean sharesFamily = later.selection().families().stream()
                .anyMatch(family -> NamePattern.anyFits(selection.families(), family));
        boolean isWholeEnvironment =
                selection.families().isEmpty() && besidesFamilies().equals(NO_CONDITIONS);
        boolean isAlike = selection.families().equals(later.selection().families())
                && besidesFamilies().equals(later.besidesFamilies());
        return isWholeEnvironment || isAlike || (isOfFamiliesOnly && sharesFamily);
    }

    /** Every condition but environments and families. */
    private List<Object> besidesFamilies() {
        return List.of(selection.asgs(), selection.tags(), selection.excluded(), regions, accounts);
    }

    /** It has the group, unless an earlier wave has. */
    boolean has(GroupSelection.Known known, Place place) {
        return (accounts.isEmpty() || accounts.contains(account(place)))
                && (regions.isEmpty() || regions.contains(place.region().value()))
                && selection.includes(known);
    }

    /** As the parameter {@code accounts} names it. */
    static String account(Place place) {
        String role = place.access().roleArn();
        return role.isEmpty() ? "self" : role;
    }
}
