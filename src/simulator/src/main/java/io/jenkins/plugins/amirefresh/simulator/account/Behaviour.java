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
 * @param breaks what happens some time after boot; null: nothing
 * @param launchError AWS refuses to launch it; null: it launches
 */
public record Behaviour(
        int line,
        Match match,
        @Nullable Duration boot,
        @Nullable String statusChecks,
        List<HttpAnswer> http,
        @Nullable Breaks breaks,
        @Nullable ErrorText launchError) {

    public Behaviour {
        http = Lists.orEmpty(http);
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
     * @param port 0: any port
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
     * @param after from the end of boot
     * @param how {@code http}: answers 503 to everything; {@code connection}: refuses connections; {@code status-checks}:
     *     fails EC2's checks; {@code terminate}: disappears
     */
    public record Breaks(Duration after, String how) {

        public Breaks {
            how = Lists.or(how, "http");
        }
    }

    /** An AWS error. */
    public record ErrorText(String code, int status, String message) {

        public ErrorText {
            status = status == 0 ? 400 : status;
            message = Lists.or(message, "");
        }
    }
}
