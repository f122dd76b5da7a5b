package io.jenkins.plugins.amirefresh.runner.interpreter;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Every step and symbol a pipeline can call, by name. */
public final class StepCatalogue {
    private final TreeMap<String, StepType> steps = new TreeMap<>();
    private final TreeMap<String, StepSignature> symbols = new TreeMap<>();
    private final TreeMap<String, String> refused = new TreeMap<>();
    private UnaryOperator<Map<String, String>> variables = values -> Map.of();

    /** Adds steps; a later one replaces an earlier one of the same name. */
    public StepCatalogue add(Collection<StepType> types) {
        types.forEach(type -> steps.put(type.name(), type));
        return this;
    }

    /** Adds a symbol. */
    public StepCatalogue addSymbol(StepSignature signature) {
        symbols.put(signature.name(), signature);
        return this;
    }

    /** Adds a name that Jenkins knows and this runner refuses, with the reason. */
    public StepCatalogue refuse(String name, String reason) {
        refused.put(name, reason);
        return this;
    }

    /** Looks at the variables that environment blocks give constants: the line by the name of each that is wrong. */
    public StepCatalogue checkingVariables(UnaryOperator<Map<String, String>> check) {
        variables = check;
        return this;
    }

    /** What is wrong with variables of these values, a line by the variable's name. */
    public Map<String, String> variableProblems(Map<String, String> values) {
        return variables.apply(values);
    }

    /** The step of that name. */
    public Optional<StepType> step(String name) {
        return Optional.ofNullable(steps.get(name));
    }

    /** The symbol of that name. */
    public Optional<StepSignature> symbol(String name) {
        return Optional.ofNullable(symbols.get(name));
    }

    /** Why a name Jenkins knows is refused. */
    public Optional<String> refusal(String name) {
        return Optional.ofNullable(refused.get(name));
    }

    /** The names of all steps, sorted. */
    public Set<String> stepNames() {
        return new TreeSet<>(steps.keySet());
    }
}
