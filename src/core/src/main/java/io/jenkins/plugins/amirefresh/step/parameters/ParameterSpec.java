package io.jenkins.plugins.amirefresh.step.parameters;

import java.util.List;

/**
 * One parameter of a step, declared once; forms, help pages, {@code vars/*.txt} and README are tested against it.
 *
 * @param name in AWS's words
 * @param defaultText how the default reads in help, empty when there is none
 * @param choices for {@link ParameterType#CHOICE}; for {@link ParameterType#MAP} and {@link ParameterType#LIST_OF_MAPS} the allowed keys; else empty
 * @param help shape, unit and range, one or two sentences
 */
public record ParameterSpec(
        String name, ParameterType type, String defaultText, boolean required, List<String> choices, String help) {

    /** Copies the list. */
    public ParameterSpec {
        choices = List.copyOf(choices);
    }

    /** An optional parameter. */
    public static ParameterSpec optional(String name, ParameterType type, String defaultText, String help) {
        return new ParameterSpec(name, type, defaultText, false, List.of(), help);
    }

    /** A parameter that must be given. */
    public static ParameterSpec required(String name, ParameterType type, String help) {
        return new ParameterSpec(name, type, "", true, List.of(), help);
    }

    /** An optional choice. */
    public static ParameterSpec choice(String name, List<String> choices, String defaultText, String help) {
        return new ParameterSpec(name, ParameterType.CHOICE, defaultText, false, choices, help);
    }

    /** An optional map with these keys. */
    public static ParameterSpec map(String name, List<String> keys, String help) {
        return new ParameterSpec(name, ParameterType.MAP, "", false, keys, help);
    }

    /** An optional list of maps with these keys. */
    public static ParameterSpec listOfMaps(String name, List<String> keys, String help) {
        return new ParameterSpec(name, ParameterType.LIST_OF_MAPS, "", false, keys, help);
    }
}
