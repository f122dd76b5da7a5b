package io.jenkins.plugins.amirefresh.model;

import java.time.Duration;

/**
 * A lifecycle hook of a group.
 *
 * @param heartbeatTimeout how long an instance waits for somebody to complete its action, or to ask for as long again
 * @param defaultResult what happens when nobody does: {@code CONTINUE} or {@code ABANDON}
 * @param globalTimeout the longest wait, however often it is prolonged
 */
public record LifecycleHook(
        String name, Transition transition, Duration heartbeatTimeout, String defaultResult, Duration globalTimeout) {

    /** When instances of the group wait for it. */
    public enum Transition {
        LAUNCHING("autoscaling:EC2_INSTANCE_LAUNCHING"),
        TERMINATING("autoscaling:EC2_INSTANCE_TERMINATING"),
        UNRECOGNISED("");

        private final String awsName;

        Transition(String awsName) {
            this.awsName = awsName;
        }

        /** The value AWS names so, or {@link #UNRECOGNISED}. */
        public static Transition parse(String awsName) {
            for (Transition value : values()) {
                if (value.awsName.equals(awsName)) {
                    return value;
                }
            }
            return UNRECOGNISED;
        }
    }

    /** New instances wait for it before they are in service. */
    public boolean isForLaunch() {
        return transition == Transition.LAUNCHING;
    }
}
