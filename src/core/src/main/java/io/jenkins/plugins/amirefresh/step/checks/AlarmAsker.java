package io.jenkins.plugins.amirefresh.step.checks;

import io.jenkins.plugins.amirefresh.cloud.Alarms.Alarm;
import io.jenkins.plugins.amirefresh.cloud.Alarms.State;
import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.Finding;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.smoketest.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks at CloudWatch alarms: one call for all that are looked at in a tick. */
final class AlarmAsker {

    private final Question question;
    private final SmokeTest test;
    private Map<String, Alarm> alarms = Map.of();

    AlarmAsker(Question question, SmokeTest test) {
        this.question = question;
        this.test = test;
    }

    void read(List<Trial> due) {
        Set<String> names = new TreeSet<>();
        due.forEach(trial -> {
            if (test.checks().get(trial.check()) instanceof Check.Alarm alarm) {
                names.addAll(alarm.alarmNames());
            }
        });
        if (!names.isEmpty()) {
            alarms = question.cloud().alarms().named(names);
        }
    }

    Reply ask(Trial trial, Check.Alarm check) {
        List<Alarm> found = check.alarmNames().stream()
                .map(name -> Optional.ofNullable(alarms.get(name)))
                .flatMap(Optional::stream)
                .toList();
        if (found.size() < check.alarmNames().size()) {
            String missing = check.alarmNames().stream()
                    .filter(name -> !alarms.containsKey(name))
                    .findFirst()
                    .orElseThrow();
            return Reply.of(Finding.notAsked("there is no alarm " + missing + " in "
                    + question.group().region() + " of " + question.group().account()));
        }
        Optional<Alarm> ringing =
                found.stream().filter(alarm -> alarm.state() == State.ALARM).findFirst();
        if (ringing.isPresent()) {
            return Reply.of(Finding.failedForGood(
                    ringing.get().name() + " in ALARM",
                    ringing.get().name() + " is in ALARM: " + ringing.get().reason()));
        }
        Optional<Alarm> blind = found.stream()
                .filter(alarm -> alarm.state() == State.INSUFFICIENT_DATA)
                .findFirst();
        if (blind.isPresent()) {
            return Reply.of(Finding.unknown(blind.get().name() + " has insufficient data"));
        }
        Instant since =
                trial.counts().since() == null ? question.now() : trial.counts().since();
        Duration soaked = Duration.between(since, question.now());
        return question.ofOld() || soaked.compareTo(check.soak()) >= 0
                ? Reply.rightSince(Finding.passed("OK for " + soaked.toSeconds() + " s"), since)
                : Reply.rightSince(
                        Finding.early("OK for " + soaked.toSeconds() + " of "
                                + check.soak().toSeconds() + " s"),
                        since);
    }
}
