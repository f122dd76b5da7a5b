package io.jenkins.plugins.amirefresh.packer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code packer inspect} says of an HCL2 template: the value that each variable and local has, by Packer's own
 * precedence. Not of its {@code -machine-readable} output, which shows what is sensitive.
 */
public final class PackerInspection {

    /** What stands for a value that a template calls sensitive. */
    public static final String SENSITIVE = "<sensitive>";

    private static final Pattern VALUE = Pattern.compile("(var|local)\\.([^\\s:]+): (\".*\")");

    private static final Pattern LAST_COMMA = Pattern.compile(",(?=\\s*[]}])");

    private PackerInspection() {}

    /**
     * Values by variable's name, and by {@code local.name}; empty for one that nothing gives a value. A value in a notation
     * that cannot be read is left out.
     */
    public static Map<String, String> values(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        text.lines().map(VALUE::matcher).filter(Matcher::matches).forEach(line -> {
            String name = line.group(1).equals("local") ? "local." + line.group(2) : line.group(2);
            try {
                String value = new ObjectMapper().readValue(line.group(3), String.class);
                values.put(name, value.equals("<unknown>") || value.equals("null") ? "" : value);
            } catch (JsonProcessingException e) {
                // Go quotes some characters as JSON does not; then nobody knows the value.
                values.remove(name);
            }
        });
        return values;
    }

    /** A value without the blanks and last commas that tell nothing, so that it compares with another one. */
    public static String normal(String value) {
        return LAST_COMMA.matcher(value.replaceAll("\\s+", "")).replaceAll("");
    }

    /** The texts of a list's value; none when it is none. */
    public static List<String> list(String value) {
        List<String> texts = new ArrayList<>();
        return new HclScanner(value).strings(texts::add) ? List.copyOf(texts) : List.of();
    }
}
