package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact.ApprovalAnswered;
import io.jenkins.plugins.amirefresh.journal.JournalFact.ApprovalAsked;
import io.jenkins.plugins.amirefresh.runner.build.BuildSettings;
import io.jenkins.plugins.amirefresh.schedule.DurationText;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers what a step asks people, as {@code --input} declares by id or message: {@code ok}, {@code abort}, {@code ok+2h}. */
final class DeclaredAnswers {

    private static final Pattern ANSWER = Pattern.compile("(ok|abort)(?:\\+(.+))?");

    private final Map<String, String> answers;

    DeclaredAnswers(Map<String, String> answers) {
        this.answers = Map.copyOf(answers);
    }

    /** Gives each answer whose time has come; a question without one stays open, as with people. */
    void give(Journal journal, Instant now) {
        for (JournalEvent event : journal.history().events()) {
            if (event.fact() instanceof ApprovalAsked asked
                    && journal.history().answer(asked).isEmpty()) {
                give(journal, asked, event.at(), now);
            }
        }
    }

    private void give(Journal journal, ApprovalAsked asked, Instant at, Instant now) {
        String text =
                answers.getOrDefault(asked.id(), answers.getOrDefault(asked.message(), answers.getOrDefault("*", "")));
        if (text.isEmpty()) {
            return;
        }
        Matcher answer = ANSWER.matcher(text);
        if (!answer.matches()) {
            throw ParameterException.of("--input " + asked.id(), text, "ok, abort, or one of them later: ok+2h");
        }
        Duration after = answer.group(2) == null
                ? Duration.ZERO
                : DurationText.parse(answer.group(2))
                        .orElseThrow(() -> ParameterException.of(
                                "--input " + asked.id(), text, "a duration after the plus: ok+2h"));
        if (!now.isBefore(at.plus(after))) {
            journal.append(new JournalEvent(
                    asked.key() + ":answered",
                    now,
                    "rehearse",
                    new ApprovalAnswered(asked.key(), answer.group(1).equals("ok"), BuildSettings.PERSON, "")));
        }
    }
}
