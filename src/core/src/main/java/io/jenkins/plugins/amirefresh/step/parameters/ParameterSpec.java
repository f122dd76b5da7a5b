package io.jenkins.plugins.amirefresh.step.parameters;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a step, declared once; forms, help pages, {@code vars/*.txt} and README are tested against it.
 *
 * @param name in AWS's words
 * @param defaultText how the default reads in help, empty when there is none
 * @param choices for {@link ParameterType#CHOICE} and {@link ParameterType#INTEGER_OR_CHOICE}; for {@link ParameterType#MAP} and {@link ParameterType#LIST_OF_MAPS} the allowed keys; else empty
 * @param help shape, unit and range, one or two sentences
 * @param variables the environment variables that give it a value when the step is not given one, the first that is set wins
 * @param isGuard without it the step does more, so an empty list or map is refused and not taken for none
 */
public record ParameterSpec(
        String name,
        ParameterType type,
        String defaultText,
        boolean required,
        List<String> choices,
        String help,
        List<String> variables,
        boolean isGuard) {

    /** They say only where and how things are told: without them the same is done, and told all the same. */
    private static final Set<String> TELLING =
            Set.of("slackChannel", "channel", "color", "junitFile", "directory", "savings");

    /** Copies the lists. */
    public ParameterSpec {
        choices = List.copyOf(choices);
        variables = List.copyOf(variables);
    }

    private ParameterSpec(
            String name, ParameterType type, String defaultText, boolean required, List<String> choices, String help) {
        this(name, type, defaultText, required, choices, help, List.of(variable(name)), false);
    }

    /** Left out it means none, as an empty list does; elsewhere left out it means all or another default. */
    public boolean isNoneByDefault() {
        return defaultText.equals("none") || defaultText.equals("nothing");
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

    /** An optional whole number, for which one of these words may stand. */
    public static ParameterSpec integerOr(List<String> words, String name, String defaultText, String help) {
        return new ParameterSpec(name, ParameterType.INTEGER_OR_CHOICE, defaultText, false, words, help);
    }

    /** An optional map with these keys. */
    public static ParameterSpec map(String name, List<String> keys, String help) {
        return new ParameterSpec(name, ParameterType.MAP, "", false, keys, help);
    }

    /** An optional list of maps with these keys. */
    public static ParameterSpec listOfMaps(String name, List<String> keys, String help) {
        return new ParameterSpec(name, ParameterType.LIST_OF_MAPS, "", false, keys, help);
    }

    /** The same, which the variable of a parameter that other steps have sets as well. */
    public ParameterSpec orAs(String otherParameter) {
        return new ParameterSpec(
                name,
                type,
                defaultText,
                required,
                choices,
                help,
                List.of(variable(name), variable(otherParameter)),
                isGuard);
    }

    /** The same, but never empty: what it holds back would happen. */
    public ParameterSpec guarding() {
        return new ParameterSpec(name, type, defaultText, required, choices, help, variables, true);
    }

    /**
     * It is written down with a null, as a variable that is not set gives one. Taken for none, it would let the step do something
     * else than its pipeline says, so that it is refused; of what only tells, it counts as not given.
     */
    public boolean refuses(@Nullable Object value) {
        return value == null && !TELLING.contains(name);
    }

    /** The parameter {@code dryRun} of a step. */
    public static ParameterSpec dryRun(String help) {
        return optional("dryRun", ParameterType.BOOLEAN, "false", help).guarding();
    }

    /** A variable can hold its value; a map has no text. */
    public boolean takesText() {
        return switch (type) {
            case TEXT, INTEGER, SIZE, INTEGER_OR_CHOICE, BOOLEAN, DURATION, CHOICE, LIST -> true;
            case MAP, LIST_OF_MAPS -> false;
        };
    }

    /** {@code AMI_REFRESH_WAIT_AT_MOST} for {@code waitAtMost}. */
    static String variable(String parameter) {
        return EnvironmentDefaults.PREFIX
                + parameter.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }
}
