package io.jenkins.plugins.amirefresh.step.events;

import io.jenkins.plugins.amirefresh.events.PendingGroups;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import io.jenkins.plugins.amirefresh.step.recycle.Recycling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of {@code recycleOnEvents}, checked and typed.
 *
 * @param deadLetterQueue empty for the queue's own
 * @param pagerDuty the credentials with the integration key; empty to page nobody
 */
record EventSettings(
        Parameters parameters,
        QueueName queue,
        String deadLetterQueue,
        Duration listenFor,
        PendingGroups.Calm calm,
        Map<String, String> jobs,
        Recycling recycling,
        Optional<String> slackChannel,
        Optional<String> pagerDuty,
        boolean isDryRun) {

    /** A message is hidden as long at most. Source: SQS API Reference, "ReceiveMessage". */
    private static final Duration MOST_QUIET = Duration.ofHours(6);

    static EventSettings of(Parameters parameters) {
        Duration quietFor = parameters.duration(RecycleOnEvents.QUIET_FOR).orElse(Duration.ofMinutes(1));
        Duration atMost = parameters.duration(RecycleOnEvents.QUIET_AT_MOST).orElse(Duration.ofMinutes(10));
        if (atMost.compareTo(MOST_QUIET) > 0) {
            throw ParameterException.of(RecycleOnEvents.QUIET_AT_MOST, atMost, MOST_QUIET.toHours() + "h at most");
        }
        if (quietFor.compareTo(atMost) > 0) {
            throw ParameterException.of(
                    RecycleOnEvents.QUIET_FOR, quietFor, "no more than quietAtMost, which is " + atMost);
        }
        String deadLetters = parameters.text(RecycleOnEvents.DEAD_LETTER_QUEUE).orElse("");
        if (!deadLetters.isEmpty()) {
            QueueName.requireName(RecycleOnEvents.DEAD_LETTER_QUEUE, deadLetters);
        }
        return new EventSettings(
                parameters,
                QueueName.parse(parameters.text(RecycleOnEvents.QUEUE).orElse("")),
                deadLetters,
                parameters.duration(RecycleOnEvents.LISTEN_FOR).orElse(Duration.ZERO),
                new PendingGroups.Calm(quietFor, atMost),
                jobs(parameters),
                Recycling.of(
                        RecycleOnEvents.NAME,
                        RecycleOnEvents.RECYCLE,
                        parameters.map(RecycleOnEvents.RECYCLE),
                        common(parameters)),
                parameters.text(RecycleOnEvents.SLACK_CHANNEL),
                parameters.text(RecycleOnEvents.PAGER_DUTY).map(String::trim),
                parameters.flag(RecycleOnEvents.DRY_RUN));
    }

    private static Map<String, String> jobs(Parameters parameters) {
        Map<String, String> jobs = new LinkedHashMap<>();
        parameters.map(RecycleOnEvents.JOBS).forEach((name, job) -> {
            if (job.toString().isBlank()) {
                throw ParameterException.of(RecycleOnEvents.JOBS, name + ": ''", "the full name of a job for each");
            }
            jobs.put(name, job.toString().trim());
        });
        return jobs;
    }

    private static Map<String, Object> common(Parameters parameters) {
        List<String> names = new ArrayList<>(
                CommonParameters.where().stream().map(ParameterSpec::name).toList());
        names.addAll(List.of(RecycleOnEvents.SLACK_CHANNEL, RecycleOnEvents.DRY_RUN));
        Map<String, Object> common = new LinkedHashMap<>(parameters.asMap());
        common.keySet().retainAll(names);
        return common;
    }
}
