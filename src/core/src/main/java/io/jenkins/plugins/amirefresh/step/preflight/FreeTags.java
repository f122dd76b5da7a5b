package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a group has room for more tags. AWS's own do not count. Source: EC2 Auto Scaling User Guide, "Tag naming and usage
 * restrictions".
 */
public final class FreeTags {

    private static final int MOST = 50;

    private FreeTags() {}

    /** The group can have all of these tags, beside those it has. */
    public static boolean fit(GroupObservation group, Collection<String> names) {
        return together(group, names) <= MOST;
    }

    /** Why the tags that are needed do not fit, empty when they do; where sparing some does not help, nothing does. */
    static Optional<Objection> objection(PlannedRefresh planned, Set<Risk> allowed) {
        Set<String> needed = new TreeSet<>(planned.tags());
        needed.removeAll(planned.spared());
        boolean isEnough = fit(planned.group(), needed);
        boolean isSparing = allowed.contains(Risk.FREE_TAGS) && !isEnough;
        return objection(
                planned.group(),
                isSparing ? needed : planned.tags(),
                isSparing || planned.spared().isEmpty());
    }

    private static Optional<Objection> objection(GroupObservation group, Collection<String> names, boolean isFinal) {
        if (fit(group, names)) {
            return Optional.empty();
        }
        long there = together(group, List.of());
        return Optional.of(new Objection(
                isFinal ? null : Risk.FREE_TAGS,
                "it has " + there + " of at most " + MOST + " tags and room for " + (MOST - there) + " more, and "
                        + (together(group, names) - there) + " are needed ("
                        + names.stream()
                                .filter(name -> !group.tags().containsKey(name))
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + "); remove some that nobody reads"));
    }

    private static long together(GroupObservation group, Collection<String> names) {
        return Stream.concat(group.tags().keySet().stream(), names.stream())
                .filter(name -> !name.startsWith("aws:"))
                .distinct()
                .count();
    }
}
