package io.jenkins.plugins.amirefresh.plugin.host;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Run;
import io.jenkins.plugins.amirefresh.plugin.config.AmiRefreshConfiguration;
import io.jenkins.plugins.amirefresh.step.storage.RoutedSender;
import io.jenkins.plugins.amirefresh.step.storage.SlackOutbox;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.concurrent.Executor;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Which Slack and PagerDuty a build speaks to. */
public final class SlackChoice {

    private SlackChoice() {}

    /** Both; the integration keys of PagerDuty are secret texts that the build may use. */
    public static SlackOutbox.Sender withPagerDuty(Run<?, ?> run, HttpClient http, Executor executor) {
        return new RoutedSender(
                of(run, http, executor),
                new PagerDutyClient(
                        http,
                        PagerDutyClient.ENDPOINT,
                        id -> Optional.ofNullable(
                                        CredentialsProvider.findCredentialById(id, StringCredentials.class, run))
                                .map(secret -> secret.getSecret().getPlainText())));
    }

    /** The Slack plugin where it is installed and set up; else our own client with the secret of our configuration. */
    private static SlackOutbox.Sender of(Run<?, ?> run, HttpClient http, Executor executor) {
        if (Jenkins.get().getPlugin("slack") != null && PluginSlack.isSetUp()) {
            return new PluginSlack(run, executor);
        }
        return new SlackClient(
                http, () -> AmiRefreshConfiguration.get().slackSecret().map(secret -> secret.getSecret()
                        .getPlainText()));
    }
}
