package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What instances run, for people: overrides may launch from templates of their own, whose numbers are others. */
public final class Running {

    private Running() {}

    /** Some of them were launched from a template of an override. */
    public static boolean isOfOverrides(GroupObservation group, Collection<InstanceObservation> instances) {
        return instances.stream().anyMatch(instance -> override(group, instance).isPresent());
    }

    /** {@code 2 instances run version 5, 1 instance runs web-arm version 3}. */
    public static String text(GroupObservation group, Collection<InstanceObservation> instances) {
        Map<String, Integer> counts = new TreeMap<>();
        for (InstanceObservation instance : instances) {
            String of = override(group, instance)
                    .map(use -> use.name() + " version ")
                    .orElse("version ");
            String number = instance.launchedVersion()
                    .map(LaunchTemplateVersion::toString)
                    .orElse("of another source");
            counts.merge(of + number, 1, Integer::sum);
        }
        // "version" comes after most names: the group's own template first.
        return counts.entrySet().stream()
                .sorted((one, other) -> Boolean.compare(
                        other.getKey().startsWith("version "), one.getKey().startsWith("version ")))
                .map(entry -> entry.getValue()
                        + (entry.getValue() == 1 ? " instance runs " : " instances run ")
                        + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private static Optional<LaunchSource.Template> override(GroupObservation group, InstanceObservation instance) {
        LaunchTemplateId template = instance.template();
        return group.launchSource().overrideTemplates().stream()
                .filter(use -> use.id().equals(template))
                .findFirst();
    }
}
