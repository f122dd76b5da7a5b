package io.jenkins.plugins.amirefresh.scenario;

import io.jenkins.plugins.amirefresh.step.SlackPosts;
import java.util.Optional;

/** A host without Slack. */
final class NoSlack implements SlackPosts {

    @Override
    public boolean isConfigured() {
        return false;
    }

    @Override
    public Optional<Receipt> post(String key, Message message) {
        return Optional.of(new Receipt.Refused("there is no Slack here"));
    }
}
