package io.jenkins.plugins.amirefresh.plugin.host;

import hudson.model.Run;
import io.jenkins.plugins.amirefresh.plugin.config.AmiRefreshConfiguration;
import io.jenkins.plugins.amirefresh.step.storage.SlackOutbox;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import jenkins.model.Jenkins;

/** Which Slack a build speaks to. */
public final class SlackChoice {

    private SlackChoice() {}

    /** The Slack plugin where it is installed and set up; else our own client with the secret of our configuration. */
    public static SlackOutbox.Sender of(Run<?, ?> run, HttpClient http, Executor executor) {
        if (Jenkins.get().getPlugin("slack") != null && PluginSlack.isSetUp()) {
            return new PluginSlack(run, executor);
        }
        return new SlackClient(
                http, () -> AmiRefreshConfiguration.get().slackSecret().map(secret -> secret.getSecret()
                        .getPlainText()));
    }
}
