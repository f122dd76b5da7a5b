package io.jenkins.plugins.amirefresh.simulator.account;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How tasks of Amazon ECS that match behave. Where several match, a later one overrides an earlier one part by part.
 *
 * @param start from launch to RUNNING; null: not said
 * @param healthy from RUNNING until its health checks pass; null: not said
 * @param fails null: not said
 */
public record TaskBehaviour(
        int line, Match match, @Nullable Duration start, @Nullable Duration healthy, @Nullable Failure fails) {

    /**
     * Which tasks; texts may have {@code *}.
     *
     * @param image of any of the task's containers, as the task definition says it
     * @param family of the task definition
     */
    public record Match(
            @Nullable String account,
            @Nullable String region,
            @Nullable String cluster,
            @Nullable String service,
            @Nullable String family,
            @Nullable String image) {}

    /**
     * A task that does not last.
     *
     * @param how {@code place}: there is no room for it; {@code pull}: its image cannot be pulled; {@code exit}: an essential
     *     container ends; {@code health}: a health check fails; {@code never}: it works, which takes back what an earlier
     *     behaviour says
     * @param after from launch for {@code pull}, from RUNNING for {@code exit} and {@code health}
     * @param exitCode of the container that ends
     * @param reason AWS's words instead of the usual ones
     */
    public record Failure(String how, Duration after, int exitCode, @Nullable String reason) {

        public Failure {
            after = Lists.or(after, Duration.ofSeconds(20));
        }
    }
}
