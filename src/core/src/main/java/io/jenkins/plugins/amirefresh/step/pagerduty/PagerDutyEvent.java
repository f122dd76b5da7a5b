package io.jenkins.plugins.amirefresh.step.pagerduty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Attachment;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Message;
import java.util.List;
import java.util.Optional;

/**
 * An event of PagerDuty's Events API v2. It goes the way of Slack's messages, with their order, their retries and their record;
 * as it has a key that makes a repetition safe, it is also repeated where an answer was lost. Source: PagerDuty, "Send an
 * event"; "Events API v2 overview: deduplication".
 *
 * @param credentialsId the secret text that holds the integration key; the key itself is nowhere written down
 * @param dedupKey the incident that it opens or closes
 * @param summary one line
 * @param source what is in trouble
 * @param team whose it is, empty when that is not known
 */
public record PagerDutyEvent(
        String credentialsId,
        Action action,
        String dedupKey,
        String summary,
        String source,
        String component,
        String team) {

    private static final String CHANNEL = "pagerduty:";
    private static final int LONGEST_SUMMARY = 1024;

    /** What becomes of the incident. */
    public enum Action {
        /** It is opened, unless it is open. */
        TRIGGER("trigger", "danger"),
        /** It is closed, if there is one. */
        RESOLVE("resolve", "good");

        private final String word;
        private final String color;

        Action(String word, String color) {
            this.word = word;
            this.color = color;
        }

        /** As PagerDuty calls it. */
        public String word() {
            return word;
        }
    }

    /** Where events with this key go. */
    public static String channel(String credentialsId) {
        return CHANNEL + credentialsId;
    }

    /** The credentials of such a channel; empty for a channel of Slack. */
    public static Optional<String> credentialsOf(String channel) {
        return channel.startsWith(CHANNEL) ? Optional.of(channel.substring(CHANNEL.length())) : Optional.empty();
    }

    /** As it is handed to the outbox. */
    public Message message() {
        return new Message(
                channel(credentialsId),
                summary,
                List.of(new Attachment(action.color, source, component), new Attachment(action.color, team, "")),
                dedupKey,
                "");
    }

    /** The event that a message stands for; empty for one of Slack's. */
    public static Optional<PagerDutyEvent> of(Message message) {
        return credentialsOf(message.channel()).map(credentialsId -> {
            Attachment about = message.attachments().get(0);
            return new PagerDutyEvent(
                    credentialsId,
                    about.color().equals(Action.RESOLVE.color) ? Action.RESOLVE : Action.TRIGGER,
                    message.threadTimestamp(),
                    message.text(),
                    about.title(),
                    about.text(),
                    message.attachments().get(1).title());
        });
    }

    /** What is sent, but for the integration key. */
    public ObjectNode body() {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("event_action", action.word()).put("dedup_key", dedupKey);
        ObjectNode payload = body.putObject("payload");
        payload.put("summary", summary.length() > LONGEST_SUMMARY ? summary.substring(0, LONGEST_SUMMARY) : summary)
                .put("source", source)
                .put("severity", "critical")
                .put("component", component);
        if (!team.isEmpty()) {
            payload.put("group", team);
        }
        return body;
    }
}
