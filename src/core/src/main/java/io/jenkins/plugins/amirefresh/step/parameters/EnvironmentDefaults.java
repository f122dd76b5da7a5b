package io.jenkins.plugins.amirefresh.step.parameters;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One setting for all steps of a pipeline: a parameter that a step is not given is taken from the environment variable
 * {@code AMI_REFRESH_} with its name in upper case, {@code dryRun} from {@code AMI_REFRESH_DRY_RUN}. Maps have no variable.
 */
public final class EnvironmentDefaults {

    private EnvironmentDefaults() {}

    /** What was given, with the environment's values for the rest; blank variables count as not set. */
    public static Map<String, Object> fill(
            List<ParameterSpec> specs, Map<String, ?> given, Map<String, String> environment) {
        Map<String, Object> filled = new LinkedHashMap<>(given);
        for (ParameterSpec spec : specs) {
            String value = environment.getOrDefault(variable(spec.name()), "");
            if (filled.get(spec.name()) == null && !value.isBlank() && takesText(spec.type())) {
                filled.put(spec.name(), value);
            }
        }
        return filled;
    }

    /** {@code AMI_REFRESH_WAIT_AT_MOST} for {@code waitAtMost}. */
    public static String variable(String parameter) {
        return "AMI_REFRESH_"
                + parameter.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    private static boolean takesText(ParameterType type) {
        return switch (type) {
            case TEXT, INTEGER, SIZE, BOOLEAN, DURATION, CHOICE, LIST -> true;
            case MAP, LIST_OF_MAPS -> false;
        };
    }
}
