package io.jenkins.plugins.amirefresh.step.slack;

import io.jenkins.plugins.amirefresh.journal.BuildStatus;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.journal.RunVerdict;
import io.jenkins.plugins.amirefresh.report.RunNews;
import io.jenkins.plugins.amirefresh.slack.SlackColor;
import io.jenkins.plugins.amirefresh.slack.SlackNotice;
import io.jenkins.plugins.amirefresh.slack.SlackTexts;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.RunIdentity;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Posts one message and waits for Slack's word on it, two minutes at most. */
final class NotifySlackOperation implements StepOperation {

    private static final String STEP = "step";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Parameters parameters;

    NotifySlackOperation(Parameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public Progress advance(StepState state, StepHost host) {
        String channel = channel(host);
        Asked asked = state.document(STEP)
                .map(json -> Json.read(json, Asked.class))
                .orElseGet(() -> new Asked(host.clock().instant(), notice(host)));
        StepState saved = state.with(STEP, Json.write(asked));
        if (parameters.flag(NotifySlack.DRY_RUN)) {
            host.log("slack: dry run: would post to #" + channel + ": "
                    + asked.notice().oneLine());
            return done(saved, channel, false, "dry run");
        }
        if (!host.slack().isConfigured()) {
            return refused(saved, host, channel, "Slack is not set up here");
        }
        // The same key after a restart is the same post, so the text is saved before it goes out.
        host.save(saved);
        var receipt = host.slack().post(key(host.run()), SlackNotices.message(channel, asked.notice()));
        if (receipt.isEmpty() || receipt.get() instanceof Receipt.Later) {
            return asked.at().plus(PATIENCE).isBefore(host.clock().instant())
                    ? late(saved, host, channel, receipt)
                    : new Progress.Again(saved, LOOK_AGAIN);
        }
        if (receipt.get() instanceof Receipt.Refused refusal) {
            return refused(saved, host, channel, refusal.reason());
        }
        host.log("slack: posted to #" + channel + ": " + asked.notice().oneLine());
        return done(saved, channel, true, "");
    }

    private String key(RunIdentity run) {
        return run.id() + ":" + run.stepId() + ":notifySlack";
    }

    private String channel(StepHost host) {
        String setting = host.settings().slackChannel();
        String channel =
                parameters.text(NotifySlack.CHANNEL).orElse(setting.isEmpty() ? SlackTexts.DEFAULT_CHANNEL : setting);
        return channel.startsWith("#") ? channel.substring(1) : channel;
    }

    /** The build does not wait for Slack: the message is sent when it can be. */
    private Progress late(StepState state, StepHost host, String channel, Optional<Receipt> receipt) {
        String why = receipt.filter(Receipt.Later.class::isInstance)
                .map(later -> ((Receipt.Later) later).reason())
                .orElse("no answer");
        return refused(
                state, host, channel, why + ", for " + PATIENCE.toSeconds() + " s; it is sent when Slack takes it");
    }

    private Progress refused(StepState state, StepHost host, String channel, String reason) {
        String line = "slack: #" + channel + " did not get the message: " + reason;
        if (parameters.flag(NotifySlack.FAIL_ON_ERROR)) {
            return new Progress.Failed(state, line + "; check the Slack settings, or set failOnError: false");
        }
        host.log(line);
        return done(state, channel, false, reason);
    }

    private static Progress done(StepState state, String channel, boolean posted, String reason) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("posted", posted);
        result.put("channel", channel);
        result.put("reason", reason);
        return new Progress.Done(state, result, Progress.BuildVerdict.NONE);
    }

    private SlackNotice notice(StepHost host) {
        String message = parameters.text(NotifySlack.MESSAGE).orElse("");
        RunIdentity run = host.run();
        String build = run.jobName() + " #" + run.buildNumber();
        SlackNotice notice =
                switch (parameters.text(NotifySlack.EVENT).orElse("message")) {
                    case "start" ->
                        new SlackNotice(
                                "AMI refresh started",
                                SlackColor.GOOD,
                                build,
                                joined(message, run.cause(), run.buildUrl()));
                    case "failure" ->
                        new SlackNotice(
                                "AMI refresh failed",
                                SlackColor.DANGER,
                                build,
                                joined(message, news(host), run.buildUrl()));
                    case "end" -> end(host, build, message);
                    default -> new SlackNotice(message, SlackColor.GOOD, build, run.buildUrl());
                };
        return parameters
                .text(NotifySlack.COLOR)
                .map(color -> new SlackNotice(
                        notice.text(),
                        SlackColor.valueOf(color.toUpperCase(Locale.ROOT)),
                        notice.title(),
                        notice.detail()))
                .orElse(notice);
    }

    /** The build's own result counts as well as its groups': the worse of the two gives the colour. */
    private static SlackNotice end(StepHost host, String build, String message) {
        RunHistory history = host.journal().history();
        BuildStatus status = host.buildStatus();
        RunNews news = RunNews.of(history, status);
        RunVerdict.Word word = history.verdict().noBetterThan(status).word();
        String how =
                switch (word) {
                    case SUCCESS -> "";
                    case UNSTABLE, ABORTED -> ", " + word;
                    case FAILURE, NOT_BUILT -> " in " + word;
                };
        return new SlackNotice(
                "AMI refresh ended" + how + ": " + news.counts(),
                color(word, news),
                build,
                joined(
                        message,
                        joined(status.errorLine(), String.join("\n", news.trouble()), ""),
                        host.run().buildUrl()));
    }

    private static SlackColor color(RunVerdict.Word word, RunNews news) {
        return switch (word) {
            case SUCCESS -> SlackColor.GOOD;
            case UNSTABLE -> SlackColor.WARNING;
            case FAILURE, NOT_BUILT -> SlackColor.DANGER;
            case ABORTED -> news.isBroken() ? SlackColor.DANGER : SlackColor.WARNING;
        };
    }

    private static String news(StepHost host) {
        RunNews news = RunNews.of(host.journal().history(), host.buildStatus());
        String error = host.buildStatus().errorLine();
        return joined(joined(error, news.counts(), ""), String.join("\n", news.trouble()), "");
    }

    private static String joined(String first, String second, String third) {
        return Stream.of(first, second, third).filter(text -> !text.isBlank()).collect(Collectors.joining("\n"));
    }

    @Override
    public Progress stop(StepState state, StopReason reason, StepHost host) {
        return new Progress.Failed(state, "stopped before Slack answered");
    }

    @Override
    public String describe(StepState state) {
        return state.isEmpty() ? "posting to Slack" : "waiting for Slack's answer";
    }

    /** What was asked of Slack, and since when. */
    record Asked(Instant at, SlackNotice notice) {}
}
