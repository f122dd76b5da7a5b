package io.jenkins.plugins.amirefresh.powercycle;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where the schedule is that the value of a tag gives. */
public sealed interface ScheduleSource {

    /** The tag's value is the document. */
    record Inline(String document) implements ScheduleSource {}

    /** A document that several share, on a web server. */
    record Shared(URI uri) implements ScheduleSource {}

    /** A parameter of Systems Manager in the account and region of the tag. */
    record Parameter(String name) implements ScheduleSource {}

    /** How a value begins that names a parameter. */
    String SSM = "ssm:";

    /**
     * Looks at a tag's value.
     *
     * @throws IllegalArgumentException one line, for a value that is none of the three
     */
    static ScheduleSource of(String value) {
        String text = value.strip();
        if (text.startsWith("{")) {
            return new Inline(text);
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("https://")) {
            return new Shared(uri(text));
        }
        if (lower.startsWith("http://")) {
            throw new IllegalArgumentException("a shared document is fetched by https only");
        }
        if (text.startsWith(SSM) && text.substring(SSM.length()).matches("[A-Za-z0-9_./-]{1,1011}")) {
            return new Parameter(text.substring(SSM.length()));
        }
        throw new IllegalArgumentException(
                "it is neither a JSON object nor an address https://... nor ssm: with the" + " name of a parameter");
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Refused below.
        }
        throw new IllegalArgumentException("it is no address of a document such as https://example.com/schedule.json");
    }
}
