package io.jenkins.plugins.amirefresh.step.checks;

import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.Check.Audience;
import io.jenkins.plugins.amirefresh.smoketest.Check.Basics;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the maps of the parameter {@code checks}, and refuses what means nothing. */
public final class CheckParameters {

    private static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(10);
    private static final Duration COMMAND_TIME_LIMIT = Duration.ofMinutes(1);
    private static final Duration DEFAULT_SOAK = Duration.ofMinutes(5);
    private static final Pattern STATUS = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");

    private static final Set<String> COMMON = Set.of("name", "interval", "healthyThresholdCount");
    private static final Map<String, Kind> KINDS = kinds();

    private CheckParameters() {}

    private record Kind(Set<String> keys, Function<CheckMap, Check> read) {}

    private static Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put("http", kind(CheckParameters::http, "port scheme status body on timeLimit from expect"));
        kinds.put("tcp", kind(CheckParameters::tcp, "on timeLimit from expect"));
        kinds.put("targetHealth", kind(CheckParameters::health, ""));
        kinds.put("ssm", kind(CheckParameters::ssm, "parameters exitCode output timeLimit expect"));
        kinds.put("shell", kind(CheckParameters::shell, "exitCode output timeLimit expect"));
        kinds.put("cloudWatchAlarm", new Kind(Set.of("soak", "name", "interval"), CheckParameters::alarm));
        kinds.put("metric", new Kind(MetricParameters.KEYS, MetricParameters::read));
        return kinds;
    }

    private static Kind kind(Function<CheckMap, Check> read, String keys) {
        Set<String> all = new LinkedHashSet<>(List.of(keys.split(" ")));
        all.remove("");
        all.addAll(COMMON);
        return new Kind(all, read);
    }

    /** Every key that a check may have. */
    public static List<String> keys() {
        Set<String> keys = new LinkedHashSet<>(KINDS.keySet());
        KINDS.values().forEach(kind -> kind.keys().stream().sorted().forEach(keys::add));
        return List.copyOf(keys);
    }

    /**
     * The checks, in their order.
     *
     * @throws ParameterException for a check that means nothing
     */
    public static List<Check> read(List<Map<String, Object>> maps) {
        return maps.stream().map(map -> check(new CheckMap(map))).toList();
    }

    /**
     * Refuses checks that cannot pass in time.
     *
     * @param parameter the one that limits them
     */
    public static void requireTime(List<Check> checks, String parameter, Duration limit) {
        checks.stream()
                .filter(check -> check.least().compareTo(limit) > 0)
                .findFirst()
                .ifPresent(check -> {
                    throw new ParameterException(CheckMap.PARAMETER + ": '" + check.name() + "' takes "
                            + check.least().toSeconds() + " s at the least, and " + parameter + " is "
                            + limit.toSeconds() + " s; raise it");
                });
    }

    private static Check check(CheckMap map) {
        List<String> given = KINDS.keySet().stream().filter(map::has).toList();
        if (given.size() != 1) {
            throw ParameterException.of(
                    CheckMap.PARAMETER, map, "each check exactly one of " + String.join(", ", KINDS.keySet()));
        }
        Kind kind = Objects.requireNonNull(KINDS.get(given.get(0)));
        Set<String> keys = new LinkedHashSet<>(kind.keys());
        keys.add(given.get(0));
        return kind.read().apply(map.only(keys));
    }

    private static Check http(CheckMap map) {
        String path = map.text("http", "");
        if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw map.refused("http", "a path such as '/health'");
        }
        String scheme = map.text("scheme", "http");
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw map.refused("scheme", "http or https");
        }
        Matcher status = STATUS.matcher(map.text("status", "200"));
        if (!status.matches()) {
            throw map.refused("status", "a status such as 200, or a range such as '200-399'");
        }
        int lowest = Integer.parseInt(status.group(1));
        int highest = status.group(2) == null ? lowest : Integer.parseInt(status.group(2));
        if (highest < lowest) {
            throw map.refused("status", "the lower status first");
        }
        return new Check.Http(
                map.basics("http " + path, map.audience(), DEFAULT_TIME_LIMIT),
                scheme,
                path,
                map.has("port") ? map.port("port") : 0,
                lowest,
                highest,
                map.pattern("body"));
    }

    private static Check tcp(CheckMap map) {
        int port = map.port("tcp");
        return new Check.Tcp(map.basics("tcp " + port, map.audience(), DEFAULT_TIME_LIMIT), port);
    }

    private static Check health(CheckMap map) {
        if (!"true".equals(map.text("targetHealth", ""))) {
            throw map.refused("targetHealth", "true");
        }
        return new Check.LoadBalancerHealth(map.basics("target health", Audience.INSTANCES, DEFAULT_TIME_LIMIT));
    }

    /** Target health, as a step without checks asks it. */
    public static Check targetHealth() {
        return new Check.LoadBalancerHealth(Basics.of("target health", Audience.INSTANCES, DEFAULT_TIME_LIMIT));
    }

    private static Check ssm(CheckMap map) {
        boolean namesDocument = map.has("parameters");
        String text = map.required(
                "ssm", namesDocument ? "the name of a document" : "a command such as 'systemctl is-active app'");
        if (namesDocument && !text.matches("[A-Za-z0-9_.:/-]{3,128}")) {
            throw map.refused("ssm", "with 'parameters', the name or ARN of a document");
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        map.map("parameters").forEach((name, value) -> parameters.put(String.valueOf(name), values(value)));
        Basics basics = map.basics("ssm " + shortened(text), Audience.INSTANCES, COMMAND_TIME_LIMIT);
        return new Check.Ssm(
                basics,
                namesDocument ? text : "AWS-RunShellScript",
                namesDocument
                        ? parameters
                        : Map.of(
                                "commands",
                                List.of(text),
                                "executionTimeout",
                                List.of("" + basics.timeLimit().toSeconds())),
                map.integer("exitCode", 0, 0, 255),
                map.pattern("output"));
    }

    private static List<String> values(Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> items) {
            items.forEach(item -> texts.add(String.valueOf(item)));
        } else {
            texts.add(String.valueOf(value));
        }
        return texts;
    }

    private static Check shell(CheckMap map) {
        String command = map.required("shell", "a command such as './smoke.sh'");
        return new Check.Shell(
                map.basics("shell " + shortened(command), Audience.INSTANCES, COMMAND_TIME_LIMIT),
                command,
                map.integer("exitCode", 0, 0, 255),
                map.pattern("output"));
    }

    private static Check alarm(CheckMap map) {
        List<String> names = map.texts("cloudWatchAlarm");
        if (names.isEmpty() || names.size() > 100) {
            throw map.refused("cloudWatchAlarm", "the name of an alarm, or a list of up to 100");
        }
        return new Check.Alarm(
                map.basics("alarm " + String.join(", ", names), Audience.GROUP, DEFAULT_TIME_LIMIT),
                names,
                map.duration("soak", DEFAULT_SOAK, Duration.ZERO));
    }

    private static String shortened(String text) {
        String line = text.lines().findFirst().orElse("").trim();
        return line.length() <= 60 && line.equals(text) ? line : line.substring(0, Math.min(57, line.length())) + "...";
    }
}
