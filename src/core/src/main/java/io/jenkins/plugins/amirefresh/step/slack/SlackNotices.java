package io.jenkins.plugins.amirefresh.step.slack;

import io.jenkins.plugins.amirefresh.slack.SlackNotice;
import io.jenkins.plugins.amirefresh.slack.SlackTexts;
import io.jenkins.plugins.amirefresh.step.SlackPosts;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Attachment;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Message;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.List;
import java.util.Optional;

/**
 * Posts what a step has to say, once per key and also over a restart. A post that Slack refuses is a line in the console and
 * never the reason for a refresh to fail.
 */
public final class SlackNotices {

    private final StepHost host;
    private final String channel;

    private SlackNotices(StepHost host, String channel) {
        this.host = host;
        this.channel = channel;
    }

    /**
     * Notices to this channel, else to the one the host has set; none is sent when neither is, or when the host cannot post.
     *
     * @param channel the step's own parameter, empty when not given
     */
    public static SlackNotices of(StepHost host, Optional<String> channel) {
        return new SlackNotices(host, channel.orElse(host.settings().slackChannel()));
    }

    /** Something will be posted. */
    public boolean isOn() {
        return !channel.isEmpty() && host.slack().isConfigured();
    }

    /**
     * Posts a notice, or asks what became of it. Safe to repeat with the same key: it is posted once.
     *
     * @param key unique in the run
     * @return true when there is nothing left to do for this key: posted, refused, not wanted, or sent again without us
     */
    public boolean post(String key, SlackNotice notice) {
        if (!isOn()) {
            return true;
        }
        Optional<Receipt> receipt = host.slack().post(host.run().id() + ":" + key, message(notice));
        receipt.ifPresent(answer -> {
            if (answer instanceof Receipt.Refused refused) {
                host.log("slack: #" + channel + " did not take '" + notice.oneLine() + "': " + refused.reason());
            } else if (answer instanceof Receipt.Later later) {
                host.log("slack: #" + channel + " did not take '" + notice.oneLine() + "' yet, it is sent again: "
                        + later.reason());
            }
        });
        return receipt.isPresent();
    }

    private Message message(SlackNotice notice) {
        return message(channel, notice);
    }

    static SlackPosts.Message message(String channel, SlackNotice notice) {
        Attachment attachment = new Attachment(
                notice.color().text(), SlackTexts.escaped(notice.title()), SlackTexts.escaped(notice.detail()));
        return new Message(channel, SlackTexts.escaped(notice.text()), List.of(attachment), "", "");
    }
}
