package io.jenkins.plugins.amirefresh.simulator.wire;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An HTTP request as far as the protocols look at it.
 *
 * @param query what follows the question mark, still encoded; empty when there is none
 * @param headers by lower-case name, the first value of each; the path is {@code :path}, as in HTTP/2
 * @param body as {@link #charset} reads it
 */
public record WireRequest(String method, String host, String query, Map<String, String> headers, String body) {

    /** Text is UTF-8; bytes that are no text are kept one a character. */
    public static Charset charset(String contentType) {
        return contentType.equals("application/cbor") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    }

    /** The value of a header, by its name in small letters; empty without one. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
