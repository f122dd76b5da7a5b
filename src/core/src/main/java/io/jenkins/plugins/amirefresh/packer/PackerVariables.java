package io.jenkins.plugins.amirefresh.packer;

import java.util.LinkedHashMap;
import java.util.Map;

/** A file of variables, {@code .pkrvars.hcl} or JSON, as it is written. */
public final class PackerVariables {

    private PackerVariables() {}

    /**
     * Values by name: a text without its quotes, anything else as an expression.
     *
     * @throws IllegalArgumentException when the file cannot be read: its path, its line and what is wrong
     */
    public static Map<String, String> parse(String path, String text) {
        Map<String, String> values = new LinkedHashMap<>();
        try {
            Map<String, String> written = path.endsWith(".json")
                    ? HclJson.attributes(text)
                    : Hcl.parse(text).attributes();
            written.forEach((name, value) -> values.put(name, Hcl.literal(value).orElse(value)));
            return values;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + ", " + e.getMessage(), e);
        }
    }
}
