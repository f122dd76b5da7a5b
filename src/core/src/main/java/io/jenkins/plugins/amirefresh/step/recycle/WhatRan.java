package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a template that a group's instances run before they are replaced. A changed template or group replaces
 * nothing, so a group may name a version that nobody ever ran: what served is the way back, whatever is named.
 *
 * @param named what the group names, null when that is what it is brought to
 * @param versions how many run each, of those that are healthy in service where there are any
 */
record WhatRan(@Nullable LaunchTemplateVersion named, Map<LaunchTemplateVersion, Long> versions) {

    /** Of the instances to replace. */
    static WhatRan of(
            LaunchTemplateId template, Optional<LaunchTemplateVersion> named, List<InstanceObservation> outdated) {
        List<InstanceObservation> own = outdated.stream()
                .filter(instance -> template.equals(instance.template()))
                .toList();
        List<InstanceObservation> serving =
                own.stream().filter(InstanceObservation::isHealthyInService).toList();
        return new WhatRan(
                named.orElse(null),
                (serving.isEmpty() ? own : serving)
                        .stream()
                                .flatMap(instance -> instance.launchedVersion().stream())
                                .collect(Collectors.groupingBy(
                                        version -> version, TreeMap::new, Collectors.counting())));
    }

    /**
     * The version to go back to: what most run, of as many the named one, else the newest; another one only where nothing
     * of it can be launched. Empty when nothing ran and nothing is named.
     */
    Optional<LaunchTemplateVersion> wayBack(Predicate<LaunchTemplateVersion> launches) {
        List<LaunchTemplateVersion> all = Stream.concat(
                        versions.keySet().stream().sorted(mostFirst()), Stream.ofNullable(named))
                .distinct()
                .toList();
        return all.size() < 2
                ? all.stream().findFirst()
                : all.stream().filter(launches).findFirst().or(() -> all.stream()
                        .findFirst());
    }

    private Comparator<LaunchTemplateVersion> mostFirst() {
        return Comparator.<LaunchTemplateVersion, Long>comparing(version -> versions.getOrDefault(version, 0L))
                .thenComparing(version -> version.equals(named))
                .thenComparing(Comparator.naturalOrder())
                .reversed();
    }

    /** What is not plain of the way back, for the plan and the row; empty for most groups. */
    String note(LaunchTemplateVersion back) {
        boolean isNamedRun = named == null || versions.containsKey(named);
        if (versions.isEmpty() || (isNamedRun && versions.size() == 1)) {
            return "";
        }
        String ran = versions.entrySet().stream()
                .map(one -> one.getValue() + " ran version " + one.getKey())
                .collect(Collectors.joining(", "));
        String names = isNamedRun ? "" : "it named version " + named + ", which none of its instances ran: ";
        return names + ran + "; the way back is version " + back;
    }
}
