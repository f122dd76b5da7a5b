package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact.ApprovalAnswered;
import io.jenkins.plugins.amirefresh.journal.JournalFact.ApprovalAsked;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks people whether a wave may start: once, when the first of its groups could. Question and answer are in the run's record, so
 * both outlive the controller.
 */
final class Approvals {

    private static final int NAMED = 10;

    private final StepHost host;
    private final RecycleSettings settings;
    private final RunHistory history;
    private final Instant now;

    /** For one tick. */
    Approvals(StepHost host, RecycleSettings settings) {
        this.host = host;
        this.settings = settings;
        this.history = host.journal().history();
        this.now = host.clock().instant();
    }

    private String key(int wave) {
        return host.run().stepId() + ":approval:" + wave;
    }

    private Optional<ApprovalAsked> asked(int wave) {
        return settings.waves().wave(wave).approval() == null
                ? Optional.empty()
                : history.facts(ApprovalAsked.class).stream()
                        .filter(one -> one.key().equals(key(wave)))
                        .findFirst();
    }

    /** Why the group may not start at all: somebody said no, or nobody said yes in time; empty when neither. */
    Optional<String> refusal(Candidate candidate) {
        int wave = candidate.standing().wave();
        String name = settings.waves().wave(wave).name();
        Optional<ApprovalAsked> question = asked(wave);
        Optional<ApprovalAnswered> answer = question.flatMap(history::answer);
        if (answer.isPresent()) {
            ApprovalAnswered given = answer.get();
            return given.isApproved()
                    ? Optional.empty()
                    : Optional.of(name + " was not approved by " + given.by()
                            + (given.reason().isEmpty() ? "" : ": " + given.reason()));
        }
        return question.map(ApprovalAsked::expiresAt)
                .filter(end -> !now.isBefore(end))
                .map(end -> "nobody approved " + name + " until " + end);
    }

    /** It waits for an answer. */
    Optional<Turns.Wait> pending(Candidate candidate) {
        int wave = candidate.standing().wave();
        return asked(wave)
                .filter(question -> history.answer(question).isEmpty())
                .map(question -> wait(wave));
    }

    private Turns.Wait wait(int wave) {
        String url = host.run().buildUrl();
        String line = "waiting for somebody to approve "
                + settings.waves().wave(wave).name() + (url.isEmpty() ? "" : " at " + url + "ami-refresh/");
        return new Turns.Wait(line, line, now);
    }

    /** Asks where nobody was asked yet: the group is ready, and waits; empty when its wave may start. */
    Optional<Turns.Wait> ask(StepState state, Candidate candidate) {
        int wave = candidate.standing().wave();
        Approval approval = settings.waves().wave(wave).approval();
        if (approval == null || asked(wave).isPresent()) {
            return Optional.empty();
        }
        String name = settings.waves().wave(wave).name();
        List<GroupKey> groups = RecycleState.waiting(state).stream()
                .filter(one -> one.standing().wave() == wave)
                .map(Candidate::group)
                .toList();
        String message = approval.message().isEmpty() ? "Refresh " + name + "?" : approval.message();
        List<String> evidence = evidence(state, wave, groups);
        Instant expiresAt = approval.expires() == null ? null : now.plus(approval.expires());
        host.journal()
                .append(new JournalEvent(
                        key(wave) + ":asked",
                        now,
                        RecycleAsgs.NAME,
                        new ApprovalAsked(
                                key(wave),
                                approval.id(),
                                message,
                                approval.submitters(),
                                evidence,
                                groups,
                                expiresAt)));
        host.log(RecycleAsgs.NAME + ": " + approval.id() + ": " + message
                + (approval.submitters().isEmpty() ? "" : " (" + String.join(", ", approval.submitters()) + ")"));
        evidence.forEach(line -> host.log(RecycleAsgs.NAME + ": " + approval.id() + ": " + line));
        return Optional.of(wait(wave));
    }

    private List<String> evidence(StepState state, int wave, List<GroupKey> groups) {
        List<String> lines = new ArrayList<>();
        String names = groups.stream()
                .limit(NAMED)
                .map(group -> group.name() + " to version "
                        + RecycleState.candidate(state, group).orElseThrow().to())
                .collect(Collectors.joining(", "));
        lines.add(groups.size()
                + (groups.size() == 1 ? " group: " : " groups: ")
                + names
                + (groups.size() > NAMED ? ", and " + (groups.size() - NAMED) + " more" : ""));
        for (int i = 0; i < wave; i++) {
            lines.add(settings.waves().wave(i).name() + ": " + outcome(state, i));
        }
        return lines;
    }

    private String outcome(StepState state, int wave) {
        List<GroupKey> groups = RecycleState.candidates(state).stream()
                .filter(one -> one.standing().wave() == wave)
                .map(Candidate::group)
                .toList();
        List<String> parts = new ArrayList<>();
        for (GroupOutcome outcome : GroupOutcome.values()) {
            long count = groups.stream()
                    .filter(group -> history.row(group)
                            .filter(row -> row.outcome() == outcome)
                            .isPresent())
                    .count();
            if (count > 0) {
                parts.add(count + " " + outcome.words());
            }
        }
        long tested = groups.stream()
                .filter(group -> history.group(group).isTestedSinceItsRefresh())
                .count();
        parts.add(tested + " tested since");
        return String.join(", ", parts);
    }
}
