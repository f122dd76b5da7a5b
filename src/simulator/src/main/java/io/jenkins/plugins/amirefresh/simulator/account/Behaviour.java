package io.jenkins.plugins.amirefresh.simulator.account;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How machines that match behave. Every part of {@code match} that is given must hold; texts may have {@code *}
 * wildcards. Where several behaviours match, a later one overrides an earlier one part by part.
 *
 * @param boot from Pending to a machine whose programs answer; null: not said
 * @param statusChecks {@code ok} or {@code impaired}; null: not said
 * @param http answers by path, the first that matches; replaces those of an earlier behaviour when not empty
 * @param tcp ports that take connections besides; replaces those of an earlier behaviour when not empty
 * @param breaks what happens some time after boot; null: nothing
 * @param launchError AWS refuses to launch it; null: it launches
 * @param commands outcomes of commands by Systems Manager or SSH, the first that matches; replaces those of an earlier
 *     behaviour when not empty
 * @param ssh how to log into it; null: not said
 * @param ssmAgent {@code managed} or {@code none}; null: not said
 * @param metrics what it tells CloudWatch once a minute; replaces those of an earlier behaviour when not empty
 */
public record Behaviour(
        int line,
        Match match,
        @Nullable Duration boot,
        @Nullable String statusChecks,
        List<HttpAnswer> http,
        List<Integer> tcp,
        @Nullable Breaks breaks,
        @Nullable ErrorText launchError,
        List<CommandOutcome> commands,
        @Nullable Ssh ssh,
        @Nullable String ssmAgent,
        List<MetricValue> metrics) {

    public Behaviour {
        metrics = Lists.orEmpty(metrics);
        http = Lists.orEmpty(http);
        tcp = Lists.orEmpty(tcp);
        commands = Lists.orEmpty(commands);
    }

    /**
     * Which machines.
     *
     * @param image AMI name
     * @param imageTags tags that the AMI has
     * @param imageDeclared false: only AMIs that are not in this file, that is, new ones
     * @param sourceImage name of the AMI that the AMI was built from
     * @param template launch template name
     * @param group Auto Scaling group name
     */
    public record Match(
            @Nullable String account,
            @Nullable String region,
            @Nullable String zone,
            @Nullable String instanceType,
            @Nullable String image,
            Map<String, String> imageTags,
            @Nullable Boolean imageDeclared,
            @Nullable String sourceImage,
            @Nullable String template,
            @Nullable String group) {

        public Match {
            imageTags = Lists.orEmpty(imageTags);
        }
    }

    /**
     * One answer.
     *
     * @param path with wildcards, for example {@code /health*}
     * @param port 0: where its load balancers ask, 80, 443, 8080 and 8443 without any
     */
    public record HttpAnswer(String path, int port, int status, String body) {

        public HttpAnswer {
            path = Lists.or(path, "*");
            status = status == 0 ? 200 : status;
            body = Lists.or(body, "");
        }
    }

    /**
     * A machine that stops working.
     *
     * @param after from the end of boot, and from each recovery
     * @param how {@code http}: answers 503 to everything; {@code connection}: refuses connections; {@code silence}: drops
     *     what it is sent, as a firewall does; {@code launch}: ends while it is pending, whatever {@code after} says, as AWS
     *     does when it may not use a volume's key; {@code status-checks}: fails EC2's checks; {@code terminate}: disappears; {@code spot-interruption}: AWS takes it back if it is a Spot
     *     instance, with its two minutes of notice
     * @param reason EC2's code of why it ended while it was pending, {@code Client.InternalError} when not said
     * @param recovers how long it is broken before it works again, over and over; null: it stays broken
     */
    public record Breaks(Duration after, String how, @Nullable Duration recovers, @Nullable String reason) {

        public Breaks {
            after = Lists.or(after, Duration.ZERO);
            how = Lists.or(how, "http");
        }
    }

    /**
     * How a command ends that Systems Manager or somebody who logged in runs on the machine.
     *
     * @param script with wildcards, for example {@code *curl*}
     * @param status {@code Success}, {@code Failed}, {@code TimedOut}, {@code Undeliverable}
     * @param after from when it was asked for
     */
    public record CommandOutcome(
            String script, String status, int exitCode, String output, String error, Duration after) {

        public CommandOutcome {
            script = Lists.or(script, "*");
            status = Lists.or(status, exitCode == 0 ? "Success" : "Failed");
            output = Lists.or(output, "");
            error = Lists.or(error, "");
            after = Lists.or(after, Duration.ofSeconds(2));
        }
    }

    /**
     * A machine that offers SSH, at a loopback address of its own, to whoever holds the key pair it was launched with.
     *
     * @param user the only one who may log in; empty: any name
     * @param files what can be downloaded from it, by absolute path
     */
    public record Ssh(int port, String user, Map<String, String> files) {

        private static final int USUAL_PORT = 22;

        public Ssh {
            port = port == 0 ? USUAL_PORT : port;
            user = Lists.or(user, "");
            files = Lists.orEmpty(files);
        }
    }

    /** What a machine measures of itself, about itself: with its id as the only dimension. */
    public record MetricValue(String namespace, String name, double value) {}

    /** An AWS error. */
    public record ErrorText(String code, int status, String message) {

        public ErrorText {
            status = status == 0 ? 400 : status;
            message = Lists.or(message, "");
        }
    }
}
