package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the Slack of a rehearsal answers to the first messages, as the option {@code --slack} spells it. */
public final class SlackRefusals {
    private static final Pattern LIMITED = Pattern.compile("429:([0-9]{1,6})");

    private SlackRefusals() {}

    /**
     * Reads a list with commas: {@code 429:30} asks to come back after 30 seconds, {@code 503} and {@code network} say
     * nothing, {@code lost} took the message or not, any other word is Slack's error.
     *
     * @throws IllegalArgumentException for what is none of these
     */
    public static List<Receipt> parse(String text) {
        return List.of(text.split(",")).stream()
                .map(String::trim)
                .filter(one -> !one.isEmpty())
                .map(SlackRefusals::one)
                .toList();
    }

    private static Receipt one(String text) {
        Matcher limited = LIMITED.matcher(text);
        if (limited.matches()) {
            return new Receipt.Later("Slack answered 429", Duration.ofSeconds(Long.parseLong(limited.group(1))));
        }
        if (text.matches("5[0-9]{2}")) {
            return new Receipt.Later("Slack answered " + text, Duration.ZERO);
        }
        if (text.equals("network")) {
            return new Receipt.Later("Slack cannot be reached", Duration.ZERO);
        }
        if (text.equals("lost")) {
            return new Receipt.Refused("Slack's answer was lost, so the message may be there");
        }
        if (text.matches("[a-z_]+")) {
            return new Receipt.Refused("Slack answered " + text);
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no answer of Slack; it is one of 429:SECONDS, 5xx, network,"
                        + " lost, or an error such as channel_not_found");
    }
}
