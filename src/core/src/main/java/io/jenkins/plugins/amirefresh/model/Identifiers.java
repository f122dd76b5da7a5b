package io.jenkins.plugins.amirefresh.model;

/** The check all identifier types share. */
final class Identifiers {

    private Identifiers() {}

    static void require(String value, String pattern, String type, String allowed) {
        if (!value.matches(pattern)) {
            throw new IllegalArgumentException(type + " '" + value + "' is not " + allowed);
        }
    }
}
