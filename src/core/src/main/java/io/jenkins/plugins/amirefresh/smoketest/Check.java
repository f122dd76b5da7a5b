package io.jenkins.plugins.amirefresh.smoketest;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is looked at. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Check.LoadBalancerHealth.class, name = "target-health"),
    @JsonSubTypes.Type(value = Check.Http.class, name = "http"),
    @JsonSubTypes.Type(value = Check.Tcp.class, name = "tcp"),
})
public sealed interface Check {

    /** How reports call it, for example {@code http /health}. */
    String name();

    /** Which subjects it is for. */
    Audience audience();

    /** Every target group of the group says that the instance is healthy. */
    record LoadBalancerHealth(String name) implements Check {
        @Override
        public Audience audience() {
            return Audience.INSTANCES;
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
            String name,
            String scheme,
            String path,
            int port,
            int lowestStatus,
            int highestStatus,
            String bodyPattern,
            Audience audience,
            Duration timeLimit)
            implements Check {

        /** What is wrong with this answer, empty when nothing is. */
        public Optional<String> problem(int status, String body) {
            if (status < lowestStatus || status > highestStatus) {
                String expected =
                        lowestStatus == highestStatus ? "" + lowestStatus : lowestStatus + "-" + highestStatus;
                return Optional.of("answered " + status + ", expected " + expected);
            }
            if (!bodyPattern.isEmpty()
                    && !Pattern.compile(bodyPattern).matcher(body).find()) {
                return Optional.of("answered " + status + ", but '" + bodyPattern + "' is not in the body");
            }
            return Optional.empty();
        }
    }

    /** A TCP connection is accepted. */
    record Tcp(String name, int port, Audience audience, Duration timeLimit) implements Check {}

    /** Who is asked. */
    enum Audience {
        /** Each instance by its private address. */
        INSTANCES,
        /** Each load balancer by its name. */
        LOAD_BALANCER,
        /** Both. */
        BOTH;

        /** This subject belongs to it. */
        boolean includes(Subject subject) {
            return this == BOTH || (this == INSTANCES) == subject.isInstance();
        }
    }
}
