package io.jenkins.plugins.amirefresh.events;

/**
 * Who is told of a group's recycling, by its tags.
 *
 * @param component the group's, for people
 * @param channel in Slack, empty for none
 * @param pages somebody is to be paged when it fails
 * @param team empty for none
 */
public record Audience(String component, String channel, boolean pages, String team) {

    /** Nobody. */
    public static final Audience NONE = new Audience("", "", false, "");
}
