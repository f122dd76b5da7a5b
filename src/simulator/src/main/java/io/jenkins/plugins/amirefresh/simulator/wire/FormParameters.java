package io.jenkins.plugins.amirefresh.simulator.wire;

import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A form body as a tree: {@code Filter.1.Name=x} is Filter, 1, Name. Written for millions of calls: one pass, no regular
 * expression.
 */
final class FormParameters {

    private static final int MAX_DEPTH = 32;

    /** More parts than any request of AWS has names of parameters; a body of nothing else would fill the memory. */
    private static final int MAX_PARTS = 200_000;

    private @Nullable String value;
    private @Nullable Map<String, FormParameters> children;

    /**
     * Reads {@code application/x-www-form-urlencoded}; later values of one key win.
     *
     * @throws AwsError {@code MalformedQueryString} when it nests deeper or has more parts than any request of AWS does
     */
    static FormParameters parse(String form) {
        FormParameters root = new FormParameters();
        int at = 0;
        int parts = 0;
        int length = form.length();
        while (at < length) {
            int end = form.indexOf('&', at);
            end = end < 0 ? length : end;
            int equals = form.indexOf('=', at);
            equals = equals < 0 || equals > end ? end : equals;
            if (equals > at) {
                String key = decode(form, at, equals);
                parts += 1 + (int) key.chars().filter(c -> c == '.').count();
                if (parts > MAX_PARTS) {
                    throw AwsError.client("MalformedQueryString", "The request has too many parameters.");
                }
                root.descend(key).value = equals < end ? decode(form, equals + 1, end) : "";
            }
            at = end + 1;
        }
        return root;
    }

    private FormParameters descend(String key) {
        FormParameters node = this;
        int at = 0;
        for (int depth = 0; at <= key.length(); depth++) {
            if (depth == MAX_DEPTH) {
                throw AwsError.client("MalformedQueryString", "A parameter name nests too deeply.");
            }
            int dot = key.indexOf('.', at);
            int end = dot < 0 ? key.length() : dot;
            if (node.children == null) {
                node.children = new LinkedHashMap<>();
            }
            node = node.children.computeIfAbsent(key.substring(at, end), missing -> new FormParameters());
            at = end + 1;
        }
        return node;
    }

    private static String decode(String text, int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) != '%' && text.charAt(at) != '+') {
            at++;
        }
        return at == to ? text.substring(from, to) : decodeEscapes(text, from, to);
    }

    private static String decodeEscapes(String text, int from, int to) {
        var bytes = new ByteArrayOutputStream(to - from);
        for (int at = from; at < to; at++) {
            char c = text.charAt(at);
            int high = c == '%' && at + 2 < to ? Character.digit(text.charAt(at + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(at + 2), 16) : -1;
            if (low >= 0) {
                bytes.write(high << 4 | low);
                at += 2;
            } else if (c == '+') {
                bytes.write(' ');
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The text given for exactly this name. */
    Optional<String> value() {
        return Optional.ofNullable(value);
    }

    /** What follows this name after a dot, in the order of the request. */
    Map<String, FormParameters> children() {
        return children == null ? Map.of() : children;
    }

    @Nullable
    FormParameters child(String name) {
        return children == null ? null : children.get(name);
    }

    /** The text of a top-level parameter, empty when it is not given. */
    String text(String name) {
        FormParameters child = child(name);
        return child == null || child.value == null ? "" : child.value;
    }

    /** The children numbered 1, 2, 3..., sorted by number; gaps are allowed, as at AWS. */
    List<FormParameters> numbered() {
        Map<String, FormParameters> present = children();
        if (present.size() == 1 && present.containsKey("1")) {
            return List.copyOf(present.values());
        }
        return present.entrySet().stream()
                .filter(entry -> isNumber(entry.getKey()))
                .sorted((a, b) -> Integer.compare(Integer.parseInt(a.getKey()), Integer.parseInt(b.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }

    static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
