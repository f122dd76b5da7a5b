package io.jenkins.plugins.amirefresh.step.parameters;

/** What a parameter takes from a Jenkinsfile. */
public enum ParameterType {
    /** Text; a GString counts. */
    TEXT,
    /** A whole number, or its text. */
    INTEGER,
    /** A whole number, or a percentage such as {@code '25%'}, given as text. */
    SIZE,
    /** A whole number, or one of the choices, given as text. */
    INTEGER_OR_CHOICE,
    /** {@code true} or {@code false}, or these words as text in any case; anything else is refused. */
    BOOLEAN,
    /** Text such as {@code '15m'}, {@code '4h'}, {@code '90s'}, ISO 8601 {@code 'PT15M'}, or a number of seconds. */
    DURATION,
    /** One of the choices, as text. */
    CHOICE,
    /** A list of texts, or one text with commas. */
    LIST,
    /** A map from text to text, numbers and booleans. */
    MAP,
    /** A list of maps. */
    LIST_OF_MAPS
}
