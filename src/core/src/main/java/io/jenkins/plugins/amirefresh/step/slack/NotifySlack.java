package io.jenkins.plugins.amirefresh.step.slack;

import io.jenkins.plugins.amirefresh.slack.SlackTexts;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.List;
import java.util.Map;

/** The step {@code notifySlack}. */
public final class NotifySlack implements StepDefinition {

    static final String EVENT = "event";
    static final String MESSAGE = "message";
    static final String CHANNEL = "channel";
    static final String COLOR = "color";
    static final String FAIL_ON_ERROR = "failOnError";
    static final String DRY_RUN = "dryRun";

    @Override
    public String functionName() {
        return "notifySlack";
    }

    @Override
    public String summary() {
        return "Tells a Slack channel that the run starts, failed or ended, or what you write; once, also over a restart.";
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(
                ParameterSpec.choice(
                        EVENT,
                        List.of("start", "failure", "end", "message"),
                        "message",
                        "What to tell: 'start' of the run, its 'failure', its 'end' with what became of the groups, "
                                + "or only your 'message'."),
                ParameterSpec.optional(
                        MESSAGE,
                        ParameterType.TEXT,
                        "",
                        "Your own words, at most 2,000 characters; with 'start', 'failure' and 'end' they are added."),
                ParameterSpec.optional(
                                CHANNEL,
                                ParameterType.TEXT,
                                "AMI_REFRESH_SLACK_CHANNEL, else the global setting, else '"
                                        + SlackTexts.DEFAULT_CHANNEL + "'",
                                "The channel, with or without the number sign.")
                        .orAs("slackChannel"),
                ParameterSpec.choice(
                        COLOR,
                        List.of("good", "warning", "danger"),
                        "by event and outcome",
                        "The colour of the bar beside the message."),
                ParameterSpec.optional(
                        FAIL_ON_ERROR,
                        ParameterType.BOOLEAN,
                        "false",
                        "Fails the step when Slack does not take the message; else that is a line in the console."),
                ParameterSpec.dryRun("Prints the message and posts nothing."));
    }

    @Override
    public StepOperation operation(Parameters parameters) {
        String message = parameters.text(MESSAGE).orElse("");
        if (message.length() > 2000) {
            throw ParameterException.about(
                    MESSAGE, message.length() + " characters are not allowed; give 2,000 at most");
        }
        if (message.isEmpty() && parameters.text(EVENT).orElse(MESSAGE).equals(MESSAGE)) {
            throw new ParameterException("notifySlack needs 'message', or 'event' as one of start, failure, end");
        }
        return new NotifySlackOperation(parameters);
    }

    @Override
    public boolean tellsTheEnd(Map<String, ?> given) {
        String event = String.valueOf(given.get(EVENT));
        return event.equals("end") || event.equals("failure");
    }

    @Override
    public boolean needsAgent() {
        return false;
    }
}
