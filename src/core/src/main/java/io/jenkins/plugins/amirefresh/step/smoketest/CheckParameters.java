package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.Check.Audience;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads the maps of the parameter {@code checks}, and refuses what means nothing. */
final class CheckParameters {

    static final List<String> KEYS =
            List.of("http", "tcp", "targetHealth", "port", "scheme", "status", "body", "on", "timeLimit", "name");

    private static final String PARAMETER = "checks";
    private static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(10);
    private static final Pattern STATUS = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");
    private static final Set<String> HTTP_KEYS =
            Set.of("http", "port", "scheme", "status", "body", "on", "timeLimit", "name");
    private static final Set<String> TCP_KEYS = Set.of("tcp", "on", "timeLimit", "name");
    private static final Set<String> HEALTH_KEYS = Set.of("targetHealth", "name");

    private CheckParameters() {}

    /** The checks; target health alone when none are given. */
    static List<Check> read(List<Map<String, Object>> maps) {
        if (maps.isEmpty()) {
            return List.of(new Check.LoadBalancerHealth("target health"));
        }
        return maps.stream().map(CheckParameters::check).toList();
    }

    private static Check check(Map<String, Object> map) {
        long kinds = List.of("http", "tcp", "targetHealth").stream()
                .filter(map::containsKey)
                .count();
        if (kinds != 1) {
            throw ParameterException.of(PARAMETER, map, "each check exactly one of http, tcp, targetHealth");
        }
        if (map.containsKey("http")) {
            return http(only(map, HTTP_KEYS));
        }
        return map.containsKey("tcp") ? tcp(only(map, TCP_KEYS)) : health(only(map, HEALTH_KEYS));
    }

    private static Map<String, Object> only(Map<String, Object> map, Set<String> keys) {
        map.keySet().stream().filter(key -> !keys.contains(key)).findFirst().ifPresent(key -> {
            throw new ParameterException(PARAMETER + ": '" + key + "' means nothing in " + map + "; this check takes "
                    + String.join(", ", keys.stream().sorted().toList()));
        });
        return map;
    }

    private static Check http(Map<String, Object> map) {
        String path = text(map, "http", "");
        if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw ParameterException.of(PARAMETER + ".http", path, "a path such as '/health'");
        }
        String scheme = text(map, "scheme", "http");
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw ParameterException.of(PARAMETER + ".scheme", scheme, "http or https");
        }
        Matcher status = STATUS.matcher(text(map, "status", "200"));
        if (!status.matches()) {
            throw ParameterException.of(
                    PARAMETER + ".status",
                    text(map, "status", ""),
                    "a status such as 200, or a range such as '200-399'");
        }
        int lowest = Integer.parseInt(status.group(1));
        int highest = status.group(2) == null ? lowest : Integer.parseInt(status.group(2));
        if (highest < lowest) {
            throw ParameterException.of(PARAMETER + ".status", status.group(), "the lower status first");
        }
        return new Check.Http(
                text(map, "name", "http " + path),
                scheme,
                path,
                map.containsKey("port") ? port(map, "port") : 0,
                lowest,
                highest,
                pattern(text(map, "body", "")),
                audience(map),
                timeLimit(map));
    }

    private static Check tcp(Map<String, Object> map) {
        int port = port(map, "tcp");
        return new Check.Tcp(text(map, "name", "tcp " + port), port, audience(map), timeLimit(map));
    }

    private static Check health(Map<String, Object> map) {
        if (!"true".equals(text(map, "targetHealth", ""))) {
            throw ParameterException.of(PARAMETER + ".targetHealth", text(map, "targetHealth", ""), "true");
        }
        return new Check.LoadBalancerHealth(text(map, "name", "target health"));
    }

    private static String pattern(String regex) {
        try {
            return Pattern.compile(regex).pattern();
        } catch (PatternSyntaxException e) {
            throw ParameterException.of(
                    PARAMETER + ".body", regex, "a regular expression (" + e.getDescription() + ")");
        }
    }

    private static Audience audience(Map<String, Object> map) {
        return switch (text(map, "on", "instances")) {
            case "instances" -> Audience.INSTANCES;
            case "loadBalancer" -> Audience.LOAD_BALANCER;
            case "both" -> Audience.BOTH;
            default ->
                throw ParameterException.of(
                        PARAMETER + ".on", text(map, "on", ""), "one of instances, loadBalancer, both");
        };
    }

    private static Duration timeLimit(Map<String, Object> map) {
        Duration limit = map.containsKey("timeLimit")
                ? Parameters.parseDuration(PARAMETER + ".timeLimit", text(map, "timeLimit", ""))
                : DEFAULT_TIME_LIMIT;
        if (limit.isZero()) {
            throw ParameterException.of(PARAMETER + ".timeLimit", "0", "more than nothing");
        }
        return limit;
    }

    private static int port(Map<String, Object> map, String key) {
        String text = text(map, key, "");
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw ParameterException.of(PARAMETER + "." + key, text, "a port from 1 to 65535");
        }
        return port;
    }

    private static String text(Map<String, Object> map, String key, String otherwise) {
        return String.valueOf(map.getOrDefault(key, otherwise)).trim();
    }
}
