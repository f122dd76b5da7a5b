package io.jenkins.plugins.amirefresh.simulator.kernel;

/**
 * Where regional resources live; the key of every service's state.
 *
 * @param accountId 12 digits
 * @param region for example {@code eu-west-1}
 */
public record AccountRegion(String accountId, String region) {

    /** An ARN of this place, for example {@code arn("sqs", "queue")}. */
    public String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + accountId + ":" + resource;
    }
}
