package io.jenkins.plugins.amirefresh.model;

/**
 * What a classic load balancer says of an instance, and why.
 *
 * @param reason whose doing it is: {@code ELB}, {@code Instance}, or {@code N/A}
 * @param description AWS's words, empty when it has none
 */
public record ClassicState(ClassicHealth health, String reason, String description) {

    /** The instance gets traffic. */
    public static final ClassicState IN_SERVICE = new ClassicState(ClassicHealth.IN_SERVICE, "N/A", "");

    /** For people: the state, with AWS's words when it gives them. */
    public String text() {
        boolean isSilent = description.isEmpty() || description.equals("N/A");
        return health.awsName() + (isSilent ? "" : " (" + reason + ": " + description + ")");
    }
}
