package io.jenkins.plugins.amirefresh.step.storage;

import io.jenkins.plugins.amirefresh.step.SlackPosts.Message;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import io.jenkins.plugins.amirefresh.step.pagerduty.PagerDutyEvent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Sends events of PagerDuty to PagerDuty, and everything else to Slack. */
public final class RoutedSender implements SlackOutbox.Sender {

    private final SlackOutbox.Sender slack;
    private final SlackOutbox.Sender pagerDuty;

    /** Both. */
    public RoutedSender(SlackOutbox.Sender slack, SlackOutbox.Sender pagerDuty) {
        this.slack = slack;
        this.pagerDuty = pagerDuty;
    }

    @Override
    public boolean isConfigured() {
        return slack.isConfigured();
    }

    @Override
    public Optional<String> problem(String channel) {
        return of(channel).problem(channel);
    }

    @Override
    public CompletableFuture<Receipt> send(String key, Message message) {
        return of(message.channel()).send(key, message);
    }

    private SlackOutbox.Sender of(String channel) {
        return PagerDutyEvent.credentialsOf(channel).isPresent() ? pagerDuty : slack;
    }
}
