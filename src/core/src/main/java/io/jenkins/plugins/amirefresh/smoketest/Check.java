package io.jenkins.plugins.amirefresh.smoketest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is looked at. */
public sealed interface Check {

    /** What every check has. */
    Basics basics();

    /** The question itself: two checks that ask the same have the same one, whatever they are called. */
    String question();

    /** How reports call it, for example {@code http /health}. */
    default String name() {
        return basics().name();
    }

    /** Which subjects it is for. */
    default Audience audience() {
        return basics().audience();
    }

    /** Goes on being asked of an instance that passed, as long as its group is at work. */
    default boolean goesOn() {
        return true;
    }

    /** The old version can be asked the same, for comparison. */
    default boolean suitsOld() {
        return true;
    }

    /** How long it takes at the least until it can pass. */
    default Duration least() {
        return Duration.ZERO;
    }

    /** It needs a node. */
    default boolean needsAgent() {
        return basics().fromAgent();
    }

    /**
     * What every check has.
     *
     * @param timeLimit for one answer
     * @param interval between two questions to the same subject, null for the test's own
     * @param healthyThresholdCount right answers in a row until a subject has passed, 1 or more
     * @param sameAsOld an answer that the old version gave as well passes
     * @param fromAgent asked from the step's node, not from the controller
     */
    record Basics(
            String name,
            Audience audience,
            Duration timeLimit,
            @Nullable Duration interval,
            int healthyThresholdCount,
            boolean sameAsOld,
            boolean fromAgent) {

        /** One right answer passes, asked from the controller. */
        public static Basics of(String name, Audience audience, Duration timeLimit) {
            return new Basics(name, audience, timeLimit, null, 1, false, false);
        }
    }

    /** Every target group of the group says that the instance is healthy. */
    record LoadBalancerHealth(Basics basics) implements Check {
        @Override
        public String question() {
            return "target health";
        }
    }

    /**
     * A GET answers with the status and, when {@code bodyPattern} is not empty, with a body in which it is found.
     *
     * @param port 0 for the port of the group's target group, else 80, or 443 with https
     * @param lowestStatus 100-599
     * @param highestStatus at least {@code lowestStatus}
     * @param bodyPattern a regular expression, searched for in the first 64 KiB
     */
    record Http(
            Basics basics,
            String scheme,
            String path,
            int port,
            int lowestStatus,
            int highestStatus,
            String bodyPattern)
            implements Check {

        @Override
        public String question() {
            return scheme + " " + port + " " + path + " " + lowestStatus + "-" + highestStatus + " " + bodyPattern;
        }

        /** What this answer says. */
        public Finding judge(int status, String body) {
            if (status < lowestStatus || status > highestStatus) {
                String expected =
                        lowestStatus == highestStatus ? "" + lowestStatus : lowestStatus + "-" + highestStatus;
                return Finding.failed("" + status, "answered " + status + ", expected " + expected);
            }
            return missing(bodyPattern, body)
                    ? Finding.failed(
                            status + " without the pattern",
                            "answered " + status + ", but '" + bodyPattern + "' is not in the body")
                    : Finding.passed("answered " + status);
        }
    }

    /** A TCP connection is accepted. */
    record Tcp(Basics basics, int port) implements Check {
        @Override
        public String question() {
            return "tcp " + port;
        }
    }

    /**
     * A command that Systems Manager runs on the instance.
     *
     * @param document its name or ARN
     * @param parameters of the document
     * @param exitCode what its last plugin has to end with
     * @param outputPattern a regular expression, searched for in its standard output, empty for any
     */
    record Ssm(Basics basics, String document, Map<String, List<String>> parameters, int exitCode, String outputPattern)
            implements Check {

        /** Copies the map. */
        public Ssm {
            parameters = Map.copyOf(parameters);
        }

        @Override
        public String question() {
            return "ssm " + document + " " + new java.util.TreeMap<>(parameters) + " " + exitCode + " " + outputPattern;
        }

        @Override
        public boolean goesOn() {
            return false;
        }

        /** What a command that ended says. */
        public Finding judge(int code, String output, String error) {
            return ended(code, exitCode, outputPattern, output, error);
        }
    }

    /**
     * A command on the step's node, which finds the instance's address in its environment.
     *
     * @param exitCode what it has to end with
     * @param outputPattern a regular expression, searched for in its output, empty for any
     */
    record Shell(Basics basics, String command, int exitCode, String outputPattern) implements Check {
        @Override
        public String question() {
            return "shell " + command + " " + exitCode + " " + outputPattern;
        }

        @Override
        public boolean goesOn() {
            return false;
        }

        @Override
        public boolean needsAgent() {
            return true;
        }

        /** What a command that ended says. */
        public Finding judge(int code, String output) {
            return ended(code, exitCode, outputPattern, output, "");
        }
    }

    /**
     * CloudWatch alarms that are OK, and stay so.
     *
     * @param soak how long they have to be OK without a break
     */
    record Alarm(Basics basics, List<String> alarmNames, Duration soak) implements Check {

        /** Copies the list. */
        public Alarm {
            alarmNames = List.copyOf(alarmNames);
        }

        @Override
        public String question() {
            return "alarms " + alarmNames;
        }

        @Override
        public Duration least() {
            return soak;
        }
    }

    /** Measurements of a metric, see {@link Measuring}. */
    record Metric(Basics basics, MetricSource source, Measuring measuring) implements Check {
        @Override
        public String question() {
            return "metric " + source + " " + measuring;
        }

        @Override
        public boolean goesOn() {
            return false;
        }

        @Override
        public boolean suitsOld() {
            return false;
        }

        @Override
        public Duration least() {
            return measuring.initialDelay().plus(measuring.interval().multipliedBy(measuring.count() - 1L));
        }
    }

    private static boolean missing(String pattern, String text) {
        return !pattern.isEmpty() && !Pattern.compile(pattern).matcher(text).find();
    }

    private static Finding ended(int code, int expected, String pattern, String output, String error) {
        String said =
                Optional.of(lastLine(error)).filter(line -> !line.isEmpty()).orElse(lastLine(output));
        String says = said.isEmpty() ? "" : ": " + said;
        if (code != expected) {
            return Finding.failed("exit code " + code, "ended with " + code + ", expected " + expected + says);
        }
        return missing(pattern, output)
                ? Finding.failed(
                        "exit code " + code + " without the pattern",
                        "ended with " + code + ", but '" + pattern + "' is not in its output" + says)
                : Finding.passed("ended with " + code + says);
    }

    private static String lastLine(String text) {
        String last =
                text.lines().map(String::trim).filter(line -> !line.isEmpty()).reduce("", (earlier, later) -> later);
        return last.length() <= 160 ? last : last.substring(0, 160) + "...";
    }

    /** Who is asked. */
    enum Audience {
        /** Each instance by its private address. */
        INSTANCES,
        /** Each load balancer by its name. */
        LOAD_BALANCER,
        /** Both. */
        BOTH,
        /** The group as a whole, once. */
        GROUP;

        /** This subject belongs to it. */
        boolean includes(Subject subject) {
            if (subject.isGroup() || this == GROUP) {
                return subject.isGroup() && this == GROUP;
            }
            return this == BOTH || (this == INSTANCES) == subject.isInstance();
        }
    }
}
