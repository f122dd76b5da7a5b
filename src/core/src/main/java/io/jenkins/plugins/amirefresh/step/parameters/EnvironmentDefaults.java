package io.jenkins.plugins.amirefresh.step.parameters;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One setting for all steps of a pipeline: a parameter that a step is not given is taken from the environment variable
 * {@code AMI_REFRESH_} with its name in upper case, {@code dryRun} from {@code AMI_REFRESH_DRY_RUN}. Maps have no variable.
 */
public final class EnvironmentDefaults {

    /** How the variables begin. */
    public static final String PREFIX = "AMI_REFRESH_";

    private EnvironmentDefaults() {}

    /** What was given, with the environment's values for the rest; blank variables count as not set. */
    public static Map<String, Object> fill(
            List<ParameterSpec> specs, Map<String, ?> given, Map<String, String> environment) {
        Map<String, Object> filled = new LinkedHashMap<>(given);
        for (ParameterSpec spec : specs) {
            boolean isRefused = filled.containsKey(spec.name()) && spec.refuses(filled.get(spec.name()));
            if (filled.get(spec.name()) == null && spec.takesText() && !isRefused) {
                value(spec, environment).ifPresent(value -> filled.put(spec.name(), value));
            }
        }
        return filled;
    }

    private static Optional<String> value(ParameterSpec spec, Map<String, String> environment) {
        return spec.variables().stream()
                .map(variable -> environment.getOrDefault(variable, ""))
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /** {@code AMI_REFRESH_WAIT_AT_MOST} for {@code waitAtMost}. */
    public static String variable(String parameter) {
        return ParameterSpec.variable(parameter);
    }
}
