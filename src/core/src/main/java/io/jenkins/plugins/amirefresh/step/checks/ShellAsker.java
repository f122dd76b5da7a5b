package io.jenkins.plugins.amirefresh.step.checks;

import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.Finding;
import io.jenkins.plugins.amirefresh.smoketest.Trial;
import io.jenkins.plugins.amirefresh.step.Processes;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs commands on the step's node; they outlive a restart of the controller. */
final class ShellAsker {

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final int LONGEST = 1024 * 1024;

    private final Question question;

    ShellAsker(Question question) {
        this.question = question;
    }

    /** A node that is away, or a command of which nobody knows whether it began, is no answer: the next question has its own key. */
    Reply ask(Trial trial, Check.Shell check) {
        if (trial.subject().address().isEmpty()) {
            return Reply.of(Finding.notAsked("has no address to ask"));
        }
        if (!question.host().workspace().isPresent()) {
            return Reply.of(Finding.notAsked("could not be asked: the agent is away"));
        }
        try {
            return run(trial, check);
        } catch (IllegalStateException | UncheckedIOException e) {
            return Reply.of(Finding.notAsked("could not be asked: " + e.getMessage()));
        }
    }

    private Reply run(Trial trial, Check.Shell check) {
        Processes processes = question.host().processes();
        String key = question.key(trial.key());
        Instant since = trial.counts().handle().isEmpty()
                ? question.now()
                : trial.counts().since() == null
                        ? question.now()
                        : trial.counts().since();
        if (trial.counts().handle().isEmpty()) {
            processes.start(key, List.of("sh", "-c", check.command()), environment(trial));
        }
        Processes.Output output = processes.poll(key, 0);
        if (output.exitCode().isPresent()) {
            return Reply.of(ended(check, key, output));
        }
        boolean isLate = question.now().isAfter(since.plus(check.basics().timeLimit()));
        if (isLate) {
            processes.stop(key);
            return Reply.of(Finding.failed(
                    "no end", "did not end within " + check.basics().timeLimit().toSeconds() + " s"));
        }
        return Reply.under(key, since, question.now().plus(SOON));
    }

    private Finding ended(Check.Shell check, String key, Processes.Output first) {
        StringBuilder text = new StringBuilder(first.text());
        long offset = first.offset();
        while (text.length() < LONGEST) {
            Processes.Output more = question.host().processes().poll(key, offset);
            if (more.text().isEmpty()) {
                break;
            }
            text.append(more.text());
            offset = more.offset();
        }
        int code = first.exitCode().orElseThrow();
        return code < 0
                ? Finding.notAsked("the command vanished from the node without an exit code")
                : check.judge(code, text.toString());
    }

    /** What the command finds beside the step's own environment. */
    private Map<String, String> environment(Trial trial) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("INSTANCE_ID", trial.subject().id());
        variables.put("INSTANCE_ADDRESS", trial.subject().address());
        variables.put("AUTO_SCALING_GROUP_NAME", question.group().name().value());
        variables.put("AWS_ACCOUNT_ID", question.group().account().value());
        variables.put("AWS_REGION", question.group().region().value());
        return variables;
    }
}
