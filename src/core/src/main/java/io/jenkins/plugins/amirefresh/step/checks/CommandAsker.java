package io.jenkins.plugins.amirefresh.step.checks;

import io.jenkins.plugins.amirefresh.cloud.Commands;
import io.jenkins.plugins.amirefresh.cloud.Commands.Invocation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.Finding;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.smoketest.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs commands by Systems Manager: one call sends a check's command to all who are due, as far as they are managed. */
final class CommandAsker {

    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration SHORTEST_DELIVERY = Duration.ofSeconds(30);

    /** Single calls a tick, where one for all is refused. */
    private static final int MOST_SINGLE = 10;

    private final Question question;
    private final SmokeTest test;
    private final Map<String, String> sent = new HashMap<>();
    private final Map<String, Boolean> unmanaged = new HashMap<>();

    CommandAsker(Question question, SmokeTest test) {
        this.question = question;
        this.test = test;
    }

    /** Sends the commands of those that have none under way. */
    void send(List<Trial> due) {
        Map<Integer, List<Trial>> byCheck = new HashMap<>();
        due.stream()
                .filter(trial -> test.checks().get(trial.check()) instanceof Check.Ssm
                        && trial.counts().handle().isEmpty())
                .forEach(trial -> byCheck.computeIfAbsent(trial.check(), check -> new ArrayList<>())
                        .add(trial));
        byCheck.forEach((check, trials) -> {
            for (int from = 0; from < trials.size(); from += Commands.MOST_INSTANCES) {
                int to = Math.min(trials.size(), from + Commands.MOST_INSTANCES);
                send((Check.Ssm) test.checks().get(check), trials.subList(from, to));
            }
        });
    }

    private void send(Check.Ssm check, List<Trial> trials) {
        Optional<String> command = sent(check, trials);
        if (command.isPresent()) {
            trials.forEach(trial -> sent.put(trial.key(), command.get()));
        } else if (trials.size() == 1) {
            unmanaged.put(trials.get(0).key(), true);
        } else {
            // AWS does not say which of them it cannot reach.
            trials.stream().limit(MOST_SINGLE).forEach(trial -> send(check, List.of(trial)));
        }
    }

    private Optional<String> sent(Check.Ssm check, List<Trial> trials) {
        Duration limit = check.basics().timeLimit();
        return question.cloud()
                .commands()
                .send(
                        check.document(),
                        check.parameters(),
                        trials.stream()
                                .map(trial -> new InstanceId(trial.subject().id()))
                                .toList(),
                        "ami-refresh " + question.host().run().id(),
                        limit.compareTo(SHORTEST_DELIVERY) < 0 ? SHORTEST_DELIVERY : limit);
    }

    Reply ask(Trial trial, Check.Ssm check) {
        String handle = trial.counts().handle();
        if (handle.isEmpty()) {
            if (unmanaged.containsKey(trial.key())) {
                return Reply.of(Finding.notAsked("is not managed by Systems Manager: no agent answers there, or its"
                        + " instance profile does not let it"));
            }
            String command = sent.get(trial.key());
            return command == null
                    ? Reply.under("", null, question.now().plus(SOON))
                    : Reply.under(command, question.now(), question.now().plus(SOON));
        }
        Optional<Invocation> invocation = question.cloud()
                .commands()
                .invocation(handle, new InstanceId(trial.subject().id()));
        Instant since =
                trial.counts().since() == null ? question.now() : trial.counts().since();
        boolean isLate = question.now().isAfter(since.plus(check.basics().timeLimit()));
        return invocation
                .flatMap(found -> finding(found, check, isLate))
                .or(() -> isLate ? Optional.of(notDelivered(check)) : Optional.empty())
                .map(Reply::of)
                .orElseGet(() -> Reply.under(handle, since, question.now().plus(SOON)));
    }

    private static Optional<Finding> finding(Invocation invocation, Check.Ssm check, boolean isLate) {
        return switch (invocation.status()) {
            case ENDED -> Optional.of(check.judge(invocation.responseCode(), invocation.output(), invocation.error()));
            case STOPPED ->
                Optional.of(Finding.failed(
                        "no end", "the command was stopped before its end: " + invocation.statusDetails()));
            case UNDELIVERED ->
                Optional.of(Finding.notAsked("the command did not reach the instance: " + invocation.statusDetails()));
            case IN_PROGRESS ->
                isLate
                        ? Optional.of(Finding.failed(
                                "no end",
                                "the command did not end within "
                                        + check.basics().timeLimit().toSeconds() + " s"))
                        : Optional.empty();
            case PENDING -> Optional.empty();
        };
    }

    private static Finding notDelivered(Check.Ssm check) {
        return Finding.notAsked("the command did not reach the instance within "
                + check.basics().timeLimit().toSeconds() + " s");
    }
}
