package io.jenkins.plugins.amirefresh.journal;

import io.jenkins.plugins.amirefresh.journal.JournalFact.GroupsChosen;
import io.jenkins.plugins.amirefresh.journal.JournalFact.LeftOut;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.NamePattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Groups of a run's families that fell between its steps. Where all steps choose alike, by environment or by family, what they
 * leave out is left out on purpose; where they choose differently they divide the fleet among them, and whoever none of them
 * names was forgotten. Steps that ask for single groups divide nothing.
 */
final class Forgotten {

    private final List<GroupsChosen> waves;
    private final Map<GroupKey, LeftOut> leftOut = new LinkedHashMap<>();

    Forgotten(Collection<GroupsChosen> steps) {
        this.waves = steps.stream().filter(step -> !step.namesGroups()).toList();
        steps.forEach(step -> step.leftOut().forEach(one -> leftOut.merge(one.group(), one, Forgotten::both)));
    }

    private static LeftOut both(LeftOut earlier, LeftOut later) {
        return earlier.excluded() ? earlier : later;
    }

    /** A row for each, but for groups that have one; an abort may have kept the step that names it from running. */
    List<GroupResult> rows(Set<GroupKey> named, Instant at, BuildStatus build) {
        List<GroupResult> rows = new ArrayList<>();
        for (LeftOut group : leftOut.values()) {
            if (!named.contains(group.group()) && !isOnPurpose(group)) {
                String reason = build.isAborted() ? "no step came to it before the build was aborted" : unnamed(group);
                rows.add(row(group, reason, group.pin(), at));
            }
        }
        return rows;
    }

    /**
     * A row for each group of a build that was cut short which it left pinned, and which is not out of scope by name.
     *
     * @param pins groups that have no row, with how they are pinned
     */
    List<GroupResult> cutOff(Map<GroupKey, String> pins, Instant at, BuildStatus build) {
        String reason = "no step came to it before the build " + (build.isAborted() ? "was aborted" : "failed");
        List<GroupResult> rows = new ArrayList<>();
        pins.forEach((key, pin) -> {
            LeftOut group = leftOut.getOrDefault(key, new LeftOut(key, "", "", 0, false, pin));
            if (build.isCutShort() && !isOutOfScope(group)) {
                rows.add(row(group, reason, pin + "; run again to go on", at));
            }
        });
        return rows;
    }

    private boolean isOutOfScope(LeftOut group) {
        return group.excluded()
                || (!waves.isEmpty()
                        && waves.stream()
                                .allMatch(wave -> !wave.onlyEnvironments().isEmpty()
                                        && !fits(wave.onlyEnvironments(), group.environment())));
    }

    private boolean isOnPurpose(LeftOut group) {
        return waves.isEmpty()
                || isOutOfScope(group)
                || agreesWithout(GroupsChosen::environments, group.environment())
                || agreesWithout(GroupsChosen::families, group.family());
    }

    /** Every step chooses the same values here, and none of them is this one. */
    private boolean agreesWithout(Function<GroupsChosen, List<String>> choice, String value) {
        Set<Set<String>> choices = new HashSet<>();
        waves.forEach(wave -> choices.add(lowered(choice.apply(wave))));
        List<String> first = choice.apply(waves.get(0));
        return choices.size() == 1 && !first.isEmpty() && !fits(first, value);
    }

    private static Set<String> lowered(List<String> values) {
        Set<String> lowered = new TreeSet<>();
        values.forEach(value -> lowered.add(value.toLowerCase(Locale.ROOT)));
        return lowered;
    }

    private static boolean fits(List<String> values, String value) {
        return NamePattern.anyFitsIgnoringCase(values, value);
    }

    private String unnamed(LeftOut group) {
        boolean isEnvironmentNamed = waves.stream()
                .anyMatch(wave -> wave.environments().isEmpty() || fits(wave.environments(), group.environment()));
        String what = group.environment().isEmpty()
                ? "groups without a tag Environment"
                : isEnvironmentNamed
                        ? "family '" + group.family() + "' of environment '" + group.environment() + "'"
                        : "environment '" + group.environment() + "'";
        return "no step names " + what
                + ": give it a step, or say with exclude... or onlyEnvironments that it is meant so";
    }

    private static GroupResult row(LeftOut group, String reason, String pin, Instant at) {
        return new GroupResult(
                group.group(),
                group.environment(),
                group.family(),
                "",
                GroupOutcome.SKIPPED,
                reason + (pin.isEmpty() ? "" : "; " + pin),
                0,
                group.toVersion(),
                null,
                null,
                at,
                0);
    }
}
