package io.jenkins.plugins.amirefresh.step.checks;

import io.jenkins.plugins.amirefresh.smoketest.Check.Audience;
import io.jenkins.plugins.amirefresh.smoketest.Check.Basics;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** One map of the parameter {@code checks}: typed values, each refused in one line. */
final class CheckMap {

    static final String PARAMETER = "checks";

    private static final Duration LONGEST = Duration.ofDays(1);

    private final Map<String, Object> values;

    CheckMap(Map<String, Object> values) {
        this.values = values;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Every other key means nothing in this check. */
    CheckMap only(Set<String> keys) {
        values.keySet().stream().filter(key -> !keys.contains(key)).findFirst().ifPresent(key -> {
            throw new ParameterException(PARAMETER + ": '" + key + "' means nothing in " + values
                    + "; this check takes " + String.join(", ", new TreeSet<>(keys)));
        });
        return this;
    }

    ParameterException refused(String key, String allowed) {
        return ParameterException.of(PARAMETER + "." + key, text(key, ""), allowed);
    }

    String text(String key, String otherwise) {
        return String.valueOf(values.getOrDefault(key, otherwise)).trim();
    }

    String required(String key, String what) {
        String text = text(key, "");
        if (text.isEmpty()) {
            throw refused(key, what);
        }
        return text;
    }

    int integer(String key, int otherwise, int least, int most) {
        String text = text(key, "" + otherwise);
        long value = text.matches("[0-9]{1,9}") ? Long.parseLong(text) : -1;
        if (value < least || value > most) {
            throw refused(key, "a whole number from " + least + " to " + most);
        }
        return (int) value;
    }

    int port(String key) {
        String text = text(key, "");
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw refused(key, "a port from 1 to 65535");
        }
        return port;
    }

    double number(String key) {
        try {
            double value = Double.parseDouble(text(key, ""));
            if (!Double.isNaN(value) && !Double.isInfinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Refused below, with what is allowed.
        }
        throw refused(key, "a number");
    }

    Duration duration(String key, Duration otherwise, Duration least) {
        Duration value = has(key) ? Parameters.parseDuration(PARAMETER + "." + key, text(key, "")) : otherwise;
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            throw refused(
                    key,
                    least.isZero() ? "a duration up to 1 day" : "a duration from " + least.toSeconds() + " s to 1 day");
        }
        return value;
    }

    String pattern(String key) {
        try {
            return Pattern.compile(text(key, "")).pattern();
        } catch (PatternSyntaxException e) {
            throw refused(key, "a regular expression (" + e.getDescription() + ")");
        }
    }

    /** A list, or one text alone; texts with commas are one. */
    List<String> texts(String key) {
        Object value = values.getOrDefault(key, List.of());
        List<String> texts = value instanceof List<?> items
                ? items.stream().map(item -> String.valueOf(item).trim()).toList()
                : List.of(String.valueOf(value).trim());
        return texts.stream().filter(text -> !text.isEmpty()).toList();
    }

    Map<?, ?> map(String key) {
        Object value = values.getOrDefault(key, Map.of());
        if (!(value instanceof Map<?, ?> map)) {
            throw refused(key, "a map of names to values");
        }
        return map;
    }

    Audience audience() {
        return switch (text("on", "instances")) {
            case "instances" -> Audience.INSTANCES;
            case "loadBalancer" -> Audience.LOAD_BALANCER;
            case "both" -> Audience.BOTH;
            default -> throw refused("on", "one of instances, loadBalancer, both");
        };
    }

    /** What every check has; what a kind does not take is not among its keys. */
    Basics basics(String name, Audience audience, Duration timeLimit) {
        boolean fromAgent =
                switch (text("from", "controller")) {
                    case "controller" -> false;
                    case "agent" -> true;
                    default -> throw refused("from", "one of controller, agent");
                };
        if (has("expect") && !text("expect", "").equals("sameAsOld")) {
            throw refused("expect", "sameAsOld");
        }
        return new Basics(
                text("name", name),
                audience,
                duration("timeLimit", timeLimit, Duration.ofSeconds(1)),
                Optional.of("interval")
                        .filter(this::has)
                        .map(key -> duration(key, Duration.ZERO, Duration.ofSeconds(1)))
                        .orElse(null),
                integer("healthyThresholdCount", 1, 1, 100),
                has("expect"),
                fromAgent);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
