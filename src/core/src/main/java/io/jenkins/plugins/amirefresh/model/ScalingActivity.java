package io.jenkins.plugins.amirefresh.model;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a group's history: where launch failures and outside changes are explained.
 *
 * @param status AWS's status code, for example {@code Failed}
 * @param cause AWS's text: who or what changed the group
 * @param endedAt null while it is in progress
 */
public record ScalingActivity(
        String id,
        Instant startedAt,
        @Nullable Instant endedAt,
        String status,
        String description,
        String cause,
        String statusMessage) {

    private static final Pattern INSTANCE = Pattern.compile("EC2 instance: (i-[0-9a-f]+)");

    private static final Pattern NUMBER = Pattern.compile("(?:explicitly set group desired capacity|desired: [0-9]+)"
            + " changing the desired capacity from [0-9]+ to ([0-9]+)\\.");

    /** The desired capacity that a person, a program or a schedule set as a number, when that is why; a policy adds to what is. */
    public Optional<Integer> desiredSetTo() {
        Integer last = null;
        for (Matcher matcher = NUMBER.matcher(cause); matcher.find(); ) {
            last = Integer.valueOf(matcher.group(1));
        }
        return Optional.ofNullable(last);
    }

    /** An instance goes since the status checks of EC2, its load balancer or somebody who marked it find it unhealthy. */
    public boolean isOfHealthCheck() {
        return isTermination() && cause.contains("health check");
    }

    /** It ended and did not do what it should: AWS's word is Failed before there is an instance, Cancelled after. */
    public boolean isFailed() {
        return "Failed".equals(status) || "Cancelled".equals(status);
    }

    /** It launches an instance into the group itself, not into its warm pool. */
    public boolean isLaunch() {
        return description.startsWith("Launching") && !description.contains("warm pool");
    }

    /** It ends an instance. */
    public boolean isTermination() {
        return description.startsWith("Terminating");
    }

    /** A hook ended the launch. Source: users' activity histories, "failed to complete user's Lifecycle Action". */
    public boolean isAbandoned() {
        return isFailed() && statusMessage.contains("Lifecycle Action");
    }

    /** It was begun to even out the zones, not because an instance is missing. */
    public boolean isRebalancing() {
        return cause.contains("balancing the group's zones");
    }

    /** The instance it is about, once there is one. */
    public Optional<InstanceId> instance() {
        Matcher matcher = INSTANCE.matcher(description);
        return matcher.find() ? Optional.of(new InstanceId(matcher.group(1))) : Optional.empty();
    }
}
