package io.jenkins.plugins.amirefresh.schedule;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The default windows by environment, as {@code resources/defaults/windows.properties} lists them. */
public final class DefaultWindows {

    private static final String RESOURCE = "/io/jenkins/plugins/amirefresh/defaults/windows.properties";

    // Every step of every group asks at every tick.
    private static final Map<String, String> BUNDLED = load();

    private DefaultWindows() {}

    /** The product's own defaults; keys in lower case. */
    public static Map<String, String> bundled() {
        return BUNDLED;
    }

    /** Those that users set, or the product's own where they set none. */
    public static Map<String, String> of(Map<String, String> setting) {
        return setting.isEmpty() ? BUNDLED : setting;
    }

    private static Map<String, String> load() {
        try (InputStream in = DefaultWindows.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the class path has no " + RESOURCE);
            }
            Properties properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return byEnvironment(properties);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + RESOURCE, e);
        }
    }

    /** Reads a text of the same form: one {@code environment = day time} a line. Values are checked when they are used. */
    public static Map<String, String> parse(String text) {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(text));
            return byEnvironment(properties);
        } catch (IOException e) {
            throw new UncheckedIOException("reading default windows", e);
        }
    }

    private static Map<String, String> byEnvironment(Properties properties) {
        Map<String, String> windows = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(name -> windows.put(
                        name.toLowerCase(Locale.ROOT),
                        properties.getProperty(name).trim()));
        return Map.copyOf(windows);
    }
}
