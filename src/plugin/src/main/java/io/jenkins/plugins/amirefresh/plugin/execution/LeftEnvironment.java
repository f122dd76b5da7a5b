package io.jenkins.plugins.amirefresh.plugin.execution;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a step's environment the finisher needs after a crash: where AWS is, and whether the step worked with keys of its
 * environment. Keys are never written to the disk, so such a step cannot be finished without its build.
 *
 * @param variables the endpoint and the region, no secret
 * @param ownKeys the step worked with keys of its environment
 */
record LeftEnvironment(Map<String, String> variables, boolean ownKeys) {

    private static final List<String> KEPT = List.of("AWS_ENDPOINT_URL", "AWS_REGION", "AWS_DEFAULT_REGION");

    /** Copies the map. */
    LeftEnvironment {
        variables = Map.copyOf(variables);
    }

    /** What concerns AWS, keys included: for the memory only. */
    static Map<String, String> aws(Map<String, String> environment) {
        Map<String, String> variables = new TreeMap<>(environment);
        variables.keySet().removeIf(name -> !name.startsWith("AWS_"));
        return Map.copyOf(variables);
    }

    static LeftEnvironment of(Map<String, String> environment) {
        Map<String, String> variables = new TreeMap<>(environment);
        variables.keySet().retainAll(KEPT);
        return new LeftEnvironment(
                variables, !environment.getOrDefault("AWS_ACCESS_KEY_ID", "").isEmpty());
    }
}
