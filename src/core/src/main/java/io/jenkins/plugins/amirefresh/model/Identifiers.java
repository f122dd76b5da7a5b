package io.jenkins.plugins.amirefresh.model;

import java.util.regex.Pattern;

/** The check all identifier types share. */
final class Identifiers {

    private Identifiers() {}

    static void require(String value, Pattern form, String type, String allowed) {
        if (!form.matcher(value).matches()) {
            throw new IllegalArgumentException(type + " '" + value + "' is not " + allowed);
        }
    }
}
