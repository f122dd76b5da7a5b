package io.jenkins.plugins.amirefresh.step.catalog;

import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.Suggestion;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.parameters.EnvironmentDefaults;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The variables {@code AMI_REFRESH_*} of a pipeline, looked at as a whole when any step starts: what one of them cannot give
 * to a step that runs days later is refused before the first change.
 */
public final class PipelineVariables {

    /** The names that {@code amiRefreshPipeline(defaults:)} was given, with commas: each must be a parameter. */
    static final String DEFAULTS = EnvironmentDefaults.PREFIX + "DEFAULTS";

    private static final String DRY_RUN = EnvironmentDefaults.variable("dryRun");

    private final List<StepDefinition> steps;
    private final Set<String> known = new TreeSet<>(Set.of(DEFAULTS, PipelineCalls.VARIABLE));
    private final Set<String> ofMaps = new TreeSet<>();
    private final Set<String> parameters = new TreeSet<>();

    /** @param steps every step a pipeline can call */
    public PipelineVariables(List<StepDefinition> steps) {
        this.steps = steps;
        for (StepDefinition step : steps) {
            for (ParameterSpec spec : step.parameters()) {
                (spec.takesText() ? known : ofMaps).addAll(spec.variables());
                parameters.add(spec.name());
            }
        }
        ofMaps.removeAll(known);
    }

    /**
     * Refuses a call when anything is wrong with these variables.
     *
     * @throws ParameterException for the first of {@link #problems}
     */
    public void require(Map<String, String> environment) {
        problems(environment).values().stream().findFirst().ifPresent(problem -> {
            throw new ParameterException(problem);
        });
    }

    /** What is wrong with these variables, a line by the variable's name: misspelt ones, and values that a step refuses. */
    public Map<String, String> problems(Map<String, String> environment) {
        Map<String, String> problems = new LinkedHashMap<>();
        for (String name : new TreeSet<>(environment.keySet())) {
            misspelt(name)
                    .ifPresent(right -> problems.put(
                            name, name + ": there is no such variable, did you mean '" + right + "'? Rename it"));
            if (ofMaps.contains(name) && !environment.getOrDefault(name, "").isBlank()) {
                problems.put(name, name + ": a map has no variable; give it to each step");
            }
        }
        unknownDefault(environment.getOrDefault(DEFAULTS, "")).ifPresent(line -> problems.put(DEFAULTS, line));
        steps.forEach(step -> values(step, environment, problems));
        new PipelineCalls(steps).problem(environment).ifPresent(line -> problems.put(PipelineCalls.VARIABLE, line));
        return problems;
    }

    private Optional<String> misspelt(String name) {
        if (known.contains(name) || ofMaps.contains(name)) {
            return Optional.empty();
        }
        Set<String> all = new TreeSet<>(known);
        all.addAll(ofMaps);
        Optional<String> nearest = Suggestion.nearest(name, all);
        // Whatever begins like ours and speaks of a dry run must not end in a real one.
        return nearest.isEmpty()
                        && isOurs(name)
                        && name.toUpperCase(Locale.ROOT).contains("DRY")
                ? Optional.of(DRY_RUN)
                : nearest;
    }

    private static boolean isOurs(String name) {
        return name.toUpperCase(Locale.ROOT).startsWith(EnvironmentDefaults.PREFIX);
    }

    private Optional<String> unknownDefault(String names) {
        return List.of(names.split(",")).stream()
                .filter(name -> !name.isBlank() && !parameters.contains(name))
                .findFirst()
                .map(name -> "amiRefreshPipeline: defaults." + name + ": no step has this parameter"
                        + Suggestion.of(name, parameters));
    }

    private static void values(StepDefinition step, Map<String, String> environment, Map<String, String> problems) {
        Map<String, Object> given = EnvironmentDefaults.fill(step.parameters(), Map.of(), environment);
        Map<String, String> refused = StepCall.problems(step, given);
        for (ParameterSpec spec : step.parameters()) {
            String problem = refused.get(spec.name());
            if (problem != null) {
                String variable = spec.variables().stream()
                        .filter(name -> !environment.getOrDefault(name, "").isBlank())
                        .findFirst()
                        .orElseThrow();
                problems.putIfAbsent(
                        variable,
                        variable + ": " + step.functionName() + " cannot take it: " + problem
                                + ", or give it to the steps that mean it");
            }
        }
    }

    /** Names once in a run each variable that begins like ours and is none: teams have variables of their own. */
    public void tell(StepHost host) {
        List<JournalEvent> told = host.journal().events();
        for (String name : unknown(host.environment())) {
            String key = "variable/" + name;
            if (told.stream().noneMatch(event -> event.key().equals(key))) {
                String line = name + " is no variable of AMI Refresh and sets nothing";
                host.log(line);
                host.journal()
                        .append(new JournalEvent(
                                key, host.clock().instant(), "variables", new JournalFact.Note(name, line)));
            }
        }
    }

    private List<String> unknown(Map<String, String> environment) {
        List<String> unknown = new ArrayList<>();
        for (String name : new TreeSet<>(environment.keySet())) {
            if (isOurs(name)
                    && !known.contains(name)
                    && !ofMaps.contains(name)
                    && misspelt(name).isEmpty()) {
                unknown.add(name);
            }
        }
        return unknown;
    }
}
