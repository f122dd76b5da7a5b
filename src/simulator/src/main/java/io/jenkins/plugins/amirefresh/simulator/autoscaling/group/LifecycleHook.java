package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * A lifecycle hook.
 *
 * @param request the members of PutLifecycleHook as they were given, without the names
 */
public record LifecycleHook(String name, ObjectNode request) {

    /** The transition of instances that launch. */
    public static final String LAUNCHING = "autoscaling:EC2_INSTANCE_LAUNCHING";

    /** The transition of instances that terminate. */
    public static final String TERMINATING = "autoscaling:EC2_INSTANCE_TERMINATING";

    private static final int DEFAULT_HEARTBEAT_SECONDS = 3600;
    private static final int MAX_GLOBAL_SECONDS = 172_800;

    /** {@link #LAUNCHING} or {@link #TERMINATING}. */
    public String transition() {
        return request.path("LifecycleTransition").asText();
    }

    /** How long an action may stay without a heartbeat; default one hour. */
    public Duration heartbeatTimeout() {
        return Duration.ofSeconds(request.path("HeartbeatTimeout").asInt(DEFAULT_HEARTBEAT_SECONDS));
    }

    /** The longest wait, however many heartbeats: 48 hours or 100 heartbeats, whichever is smaller. */
    public Duration globalTimeout() {
        long hundred = heartbeatTimeout().toSeconds() * 100;
        return Duration.ofSeconds(Math.min(MAX_GLOBAL_SECONDS, hundred));
    }

    /** {@code CONTINUE} or {@code ABANDON}, which is the default. */
    public String defaultResult() {
        return request.path("DefaultResult").asText("ABANDON");
    }
}
