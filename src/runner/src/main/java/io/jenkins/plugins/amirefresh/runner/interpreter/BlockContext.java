package io.jenkins.plugins.amirefresh.runner.interpreter;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What enclosing block steps give to the steps inside.
 *
 * @param branches names of the parallel branches, outermost first
 * @param stages stages, outermost first
 * @param environment variables of {@code withEnv} and bindings, by name; they win over everything else
 * @param secrets values to mask in the console
 * @param workplace the node and directory, or null outside a node
 */
public record BlockContext(
        List<String> branches,
        List<StageRecord> stages,
        Map<String, String> environment,
        List<String> secrets,
        @Nullable Workplace workplace)
        implements Serializable {
    /** Copies. */
    public BlockContext {
        branches = List.copyOf(branches);
        stages = List.copyOf(stages);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        secrets = List.copyOf(secrets);
    }

    /** Outside every block. */
    public static BlockContext top() {
        return new BlockContext(List.of(), List.of(), Map.of(), List.of(), null);
    }

    /** Inside a parallel branch. */
    public BlockContext inBranch(String name) {
        return new BlockContext(append(branches, name), stages, environment, secrets, workplace);
    }

    /** Inside a stage. */
    public BlockContext inStage(StageRecord stage) {
        return new BlockContext(branches, append(stages, stage), environment, secrets, workplace);
    }

    /** With further variables, which win over those of the same name. */
    public BlockContext withEnvironment(Map<String, String> more) {
        Map<String, String> merged = new LinkedHashMap<>(environment);
        merged.putAll(more);
        return new BlockContext(branches, stages, merged, secrets, workplace);
    }

    /** With further secrets to mask. */
    public BlockContext withSecrets(List<String> more) {
        List<String> merged = new ArrayList<>(secrets);
        merged.addAll(more);
        return new BlockContext(branches, stages, environment, merged, workplace);
    }

    /** On a node, or in another directory of it. */
    public BlockContext at(Workplace place) {
        return new BlockContext(branches, stages, environment, secrets, place);
    }

    /** The innermost stage. */
    public Optional<StageRecord> stage() {
        return stages.isEmpty() ? Optional.empty() : Optional.of(stages.get(stages.size() - 1));
    }

    private static <T> List<T> append(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }
}
