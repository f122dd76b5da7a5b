package io.jenkins.plugins.amirefresh.packer;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of {@code -machine-readable} output: {@code timestamp,target,type,data...}.
 *
 * <p>Source: Packer documentation, "Machine-Readable Output".
 *
 * @param timestamp seconds since 1970
 * @param target the build it is about, for example {@code amazon-ebs.image}; empty for Packer itself
 * @param type for example {@code ui}, {@code artifact}, {@code error}, {@code version}
 * @param data unescaped: commas and line ends are real
 */
public record PackerOutputLine(long timestamp, String target, String type, List<String> data) {

    private static final String COMMA = "%!(PACKER_COMMA)";

    private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{1,18}");

    /** Copies the list. */
    public PackerOutputLine {
        data = List.copyOf(data);
    }

    /** Reads a line; empty when it is not machine-readable output, such as a crash or a shell's message. */
    public static Optional<PackerOutputLine> parse(String line) {
        List<String> fields = List.of(line.split(",", -1));
        if (fields.size() < 3 || !TIMESTAMP.matcher(fields.get(0)).matches()) {
            return Optional.empty();
        }
        List<String> data = fields.subList(3, fields.size()).stream()
                .map(PackerOutputLine::unescape)
                .toList();
        return Optional.of(
                new PackerOutputLine(Long.parseLong(fields.get(0)), unescape(fields.get(1)), fields.get(2), data));
    }

    /** What Packer would have shown a person: of {@code ui} lines only, of any number of lines. */
    public Optional<String> humanText() {
        return "ui".equals(type) && data.size() >= 2
                ? Optional.of(String.join(",", data.subList(1, data.size())))
                : Optional.empty();
    }

    /** Packer, or a build, says that something went wrong. */
    public boolean isError() {
        return "error".equals(type) || ("ui".equals(type) && !data.isEmpty() && "error".equals(data.get(0)));
    }

    private static String unescape(String field) {
        return field.replace(COMMA, ",").replace("\\n", "\n").replace("\\r", "\r");
    }
}
