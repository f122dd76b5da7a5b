package io.jenkins.plugins.amirefresh.step;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Posts to Slack by key: the same key is posted once, also over a restart. */
public interface SlackPosts {

    /** The host can post at all. */
    boolean isConfigured();

    /** Why nothing can be posted to a channel; empty when it may be tried. */
    default Optional<String> problem(String channel) {
        return Optional.empty();
    }

    /**
     * Posts a message after those that were asked for earlier; empty until there is an answer. It is on its way from the first
     * call on: what Slack did not take is sent again, also when nobody asks any more.
     */
    Optional<Receipt> post(String key, Message message);

    /**
     * A message in Slack's terms.
     *
     * @param threadTimestamp the message it answers, empty for none
     * @param updateTimestamp the message it replaces, empty for a new one
     */
    record Message(
            String channel, String text, List<Attachment> attachments, String threadTimestamp, String updateTimestamp) {
        /** Copies the list. */
        public Message {
            attachments = List.copyOf(attachments);
        }
    }

    /**
     * An attachment.
     *
     * @param color {@code good}, {@code warning}, {@code danger} or a hex code
     */
    record Attachment(String color, String title, String text) {}

    /** What Slack said. */
    sealed interface Receipt {
        /**
         * It is there.
         *
         * @param timestamp the message's id for threads and updates, empty when posted through a webhook
         */
        record Posted(String channel, String timestamp) implements Receipt {}

        /** It is not there and never will be, with Slack's reason. */
        record Refused(String reason) implements Receipt {}

        /**
         * Slack did not take it yet; it is sent again.
         *
         * @param after how long Slack asked to wait, nothing when it did not say
         */
        record Later(String reason, Duration after) implements Receipt {}
    }
}
