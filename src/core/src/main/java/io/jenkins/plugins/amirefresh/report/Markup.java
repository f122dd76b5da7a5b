package io.jenkins.plugins.amirefresh.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** HTML that grows by elements; every text is escaped on its way in. */
final class Markup {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final StringBuilder html = new StringBuilder();

    /** Adds trusted HTML. */
    Markup raw(String trusted) {
        html.append(trusted);
        return this;
    }

    /** Adds trusted HTML with numbers in it. */
    Markup format(String trusted, Object... numbers) {
        return raw(String.format(Locale.ROOT, trusted, numbers));
    }

    /** Adds anybody's text. */
    Markup text(String anything) {
        return raw(escaped(anything));
    }

    /** Adds an element with a text; {@code attributes} are trusted. */
    Markup element(String name, String attributes, String text) {
        return raw("<" + name + (attributes.isEmpty() ? "" : " " + attributes) + ">")
                .text(text)
                .raw("</" + name + ">");
    }

    /** Adds a link that leads to somewhere else; the address is escaped as well. */
    Markup link(String address, String text) {
        return raw("<a rel=\"noopener noreferrer\" target=\"_blank\" href=\"" + escaped(address) + "\">")
                .text(text)
                .raw("</a>");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** {@code Sun 22 Nov 19:00}, UTC; empty for none. */
    static String minute(@Nullable Instant moment) {
        return moment == null ? "" : MINUTE.format(moment);
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
