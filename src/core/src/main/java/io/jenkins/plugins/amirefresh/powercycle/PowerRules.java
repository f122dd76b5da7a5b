package io.jenkins.plugins.amirefresh.powercycle;

import io.jenkins.plugins.amirefresh.model.NamePattern;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a step was told about all schedules.
 *
 * @param scheduleTags names of the tags that hold a schedule, the first that is there counts
 * @param environmentTag the name of the tag that says the environment; upper and lower case are equal
 * @param environments only these, empty for all
 * @param excludedEnvironments never these
 * @param enforces what people start by hand is stopped again
 * @param wakesUntil what is off by its schedule is started, groups until then; null: nothing is
 */
public record PowerRules(
        List<String> scheduleTags,
        String environmentTag,
        List<String> environments,
        List<String> excludedEnvironments,
        boolean enforces,
        @Nullable Instant wakesUntil) {

    /** Copies the lists. */
    public PowerRules {
        scheduleTags = List.copyOf(scheduleTags);
        environments = List.copyOf(environments);
        excludedEnvironments = List.copyOf(excludedEnvironments);
    }

    /** The environment that the tags name, if any. */
    public Optional<String> environment(Map<String, String> tags) {
        return Optional.ofNullable(tags.get(environmentTag))
                .or(() -> tags.entrySet().stream()
                        .filter(tag -> tag.getKey().equalsIgnoreCase(environmentTag))
                        .map(Map.Entry::getValue)
                        .findFirst())
                .map(String::strip)
                .filter(environment -> !environment.isEmpty());
    }

    /** Why something is left out, empty when it is not. AWS tells spellings of a tag's name apart, so there may be several. */
    public Optional<String> exclusion(Map<String, String> tags) {
        Map<String, String> spellings = new TreeMap<>(tags);
        spellings
                .entrySet()
                .removeIf(tag -> !tag.getKey().equalsIgnoreCase(environmentTag)
                        || tag.getValue().isBlank());
        List<String> named = spellings.values().stream().map(String::strip).toList();
        if (named.isEmpty()) {
            return Optional.of("is missing environment tag. Excluding from powercycle.");
        }
        if (named.stream().anyMatch(other -> !other.equalsIgnoreCase(named.get(0)))) {
            return Optional.of("has environment tags that differ, "
                    + spellings.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(" and "))
                    + ". Excluding from powercycle.");
        }
        String environment = named.get(0);
        boolean isMeant = environments.isEmpty() || NamePattern.anyFitsIgnoringCase(environments, environment);
        boolean isExcluded = NamePattern.anyFitsIgnoringCase(excludedEnvironments, environment);
        return isMeant && !isExcluded
                ? Optional.empty()
                : Optional.of("has environment tag " + environment + ". Excluding from powercycle.");
    }
}
