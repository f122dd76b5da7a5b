package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.CheckResult;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.slack.SlackNotice;
import io.jenkins.plugins.amirefresh.slack.SlackTexts;
import io.jenkins.plugins.amirefresh.smoketest.OldVersion;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTestState;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupNames;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.fleet.RollbackPlanner;
import io.jenkins.plugins.amirefresh.step.slack.SlackNotices;
import io.jenkins.plugins.amirefresh.step.smoketest.TestWork.Rollback;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What follows from a verdict: facts, messages, a rollback. */
final class Consequences {

    private static final Duration SLACKS_PATIENCE = Duration.ofMinutes(2);

    private final String onFailure;
    private final @Nullable String asked;
    private final StepHost host;
    private final GroupNames names;
    private final Rollbacks rollbacks;
    private final SlackNotices slack;
    private final Instant now;

    /**
     * @param channel Slack's, empty for the host's
     * @param asked what is written down as asked, null when the test is a step of its own
     */
    Consequences(
            String onFailure,
            Optional<String> channel,
            @Nullable String asked,
            StepHost host,
            List<Place> places,
            GroupNames names) {
        this.onFailure = onFailure;
        this.asked = asked;
        this.host = host;
        this.names = names;
        this.rollbacks = new Rollbacks(host, places, SmokeTestAsgOperation.STEP);
        this.slack = SlackNotices.of(host, channel);
        this.now = host.clock().instant();
    }

    Optional<RefreshRecord> record(GroupObservation group) {
        return rollbacks.record(group);
    }

    /** The group cannot be tested with these checks: it did not pass. */
    TestWork refused(TestWork work, String reason) {
        host.log(names.of(work.group()) + ": not tested: " + reason);
        CheckResult row = new CheckResult(
                "refused", work.group().name().value(), SmokeTestVerdict.INCONCLUSIVE, reason, 1, Duration.ZERO);
        tested(work, SmokeTestVerdict.INCONCLUSIVE, List.of(row));
        return work.decided(SmokeTestVerdict.INCONCLUSIVE, reason).saying("not tested: " + reason);
    }

    /** Writes the verdict down and announces what follows. */
    TestWork decided(TestWork work, SmokeTest test) {
        SmokeTestVerdict verdict = work.verdict();
        SmokeTestState state = work.state();
        if (verdict == null) {
            throw new IllegalStateException(work.group() + " has no verdict");
        }
        List<CheckResult> checks = state == null ? List.of() : state.results(test, now);
        tested(work, verdict, checks);
        return switch (verdict) {
            // That it is complete was told before its wave soaked.
            case PASSED ->
                work.afterSoak()
                        ? work
                        : telling(
                                work,
                                SlackTexts.testsPassed(
                                        "Refresh of " + work.group().name() + " complete"));
            case INCONCLUSIVE -> work;
            case FAILED -> failed(work);
        };
    }

    private void tested(TestWork work, SmokeTestVerdict verdict, List<CheckResult> checks) {
        String which = work.afterSoak() ? ":soaked" : "";
        rollbacks.append(
                work.group() + which + ":tested", new JournalFact.GroupTested(work.group(), verdict, checks, asked));
    }

    private TestWork failed(TestWork work) {
        String title = work.group().name() + ": " + work.reason();
        return switch (onFailure) {
            case "rollback" -> telling(work, SlackTexts.testsFailed(title)).with(Rollback.ANNOUNCED);
            case "continue" -> telling(work, SlackTexts.testsFailedWithoutRollback(title));
            default -> {
                leftBroken(work, "smoke test failed: " + work.reason() + "; left on the new version");
                yield telling(work, SlackTexts.testsFailedWithoutRollback(title));
            }
        };
    }

    private void leftBroken(TestWork work, String reason) {
        GroupResult before = host.journal().history().row(work.group()).orElse(null);
        GroupResult row = new GroupResult(
                work.group(),
                work.environment(),
                work.family(),
                before == null ? "" : before.strategy(),
                GroupOutcome.FAILED,
                reason,
                before == null ? 0 : before.fromVersion(),
                before == null ? 0 : before.toVersion(),
                before == null ? null : before.windowStart(),
                before == null ? null : before.startedAt(),
                now,
                before == null ? 0 : before.floor());
        new FleetWork(SmokeTestAsgOperation.STEP).record(row, host);
    }

    /** The group is back: what the other version failed is asked of this one, else nothing is left but to tell. */
    private TestWork ended(TestWork work, GroupResult result) {
        if (result.outcome() == GroupOutcome.REFUSED) {
            leftBroken(work, "smoke test failed: " + work.reason() + "; not rolled back: " + result.reason());
        }
        return result.outcome() == GroupOutcome.ROLLED_BACK ? work.with(Rollback.ASKING) : told(work, result);
    }

    /**
     * What follows from the answers of the version that the group came back to.
     *
     * @param back the way back, as it ended
     */
    TestWork asked(TestWork work, SmokeTest test, GroupWork back) {
        GroupResult result = Objects.requireNonNull(back.result());
        SmokeTestState state = work.state();
        OldVersion again = work.again();
        boolean isLate = !now.isBefore(Objects.requireNonNull(result.endedAt()).plus(test.timeLimit()));
        if ((again == null || !again.isKnown()) && !isLate) {
            return work;
        }
        String alike = state == null || again == null ? "" : state.alike(test, again);
        if (alike.isEmpty()) {
            return told(work, result);
        }
        String said = "version " + back.record().from() + " fails alike (" + alike + ")";
        host.log(names.of(work.group()) + ": " + said);
        rollbacks.withdraw(back, names.of(work.group()), said);
        GroupResult row = result.withReason(
                result.reason() + "; " + said + ", so its image is not marked bad: look at what both share");
        rollbacks.append(work.group() + ":alike", new JournalFact.GroupEnded(row));
        return told(work, row);
    }

    private TestWork told(TestWork work, GroupResult result) {
        String group = work.group().name().value();
        SlackNotice notice = result.outcome() == GroupOutcome.ROLLED_BACK
                ? SlackTexts.rolledBack(group, result.reason())
                : SlackTexts.failed(group, result.reason());
        return telling(work, notice).with(Rollback.ENDED);
    }

    private TestWork telling(TestWork work, SlackNotice notice) {
        return slack.isOn() ? work.telling(notice, now) : work;
    }

    /** Marks the AMI bad and hands each announced rollback to the engine; the announcement is saved first. */
    StepState begun(StepState state, List<TestWork> works, Fleet fleet) {
        List<TestWork> announced = works.stream()
                .filter(work -> work.rollback() == Rollback.ANNOUNCED)
                .toList();
        if (announced.isEmpty()) {
            return state;
        }
        host.save(state);
        StepState next = state;
        for (TestWork work : announced) {
            Optional<CloudException> problem = fleet.problem(work.place());
            next = problem.isPresent()
                    ? unreadable(next, work, problem.get())
                    : begun(next, work, fleet, fleet.group(work.group()));
        }
        return next;
    }

    private StepState unreadable(StepState state, TestWork work, CloudException e) {
        return e.isTransient() ? state : notRolledBack(state, work, String.valueOf(e.getMessage()));
    }

    private StepState notRolledBack(StepState state, TestWork work, String why) {
        leftBroken(work, "smoke test failed: " + work.reason() + "; not rolled back: " + why);
        host.log(names.of(work.group()) + ": not rolled back: " + why);
        return Testing.withWorks(state, List.of(work.with(Rollback.NONE)));
    }

    private StepState begun(StepState state, TestWork work, Fleet fleet, Optional<LocatedGroup> found) {
        Optional<RefreshRecord> record = found.flatMap(located -> rollbacks.record(located.group()));
        if (found.isEmpty() || record.isEmpty()) {
            String why = found.isEmpty()
                    ? "the group no longer exists"
                    : "no earlier version of it is known; set one with rollbackAsgs";
            return notRolledBack(state, work, why);
        }
        try {
            String unmarked = record.get().from().equals(record.get().to())
                    ? ""
                    : rollbacks.markBad(found.get(), names.of(work.group()), work, record.get());
            RollbackPlanner.Planned planned = rollbacks.plan(fleet, found.get(), work, record.get());
            GroupWork back = planned.work();
            return back == null
                    ? notRolledBack(state, work, planned.reason() + (unmarked.isEmpty() ? "" : "; " + unmarked))
                    : FleetWork.begin(
                            Testing.withWorks(state, List.of(work.with(Rollback.BEGUN))), back.remarking(unmarked));
        } catch (CloudException e) {
            if (!e.isTransient()) {
                return notRolledBack(state, work, String.valueOf(e.getMessage()));
            }
            host.log(names.of(work.group()) + ": waiting: " + e.getMessage());
            return state;
        }
    }

    /** Posts what waits to be posted; the end of a rollback is the next thing to say. */
    TestWork told(TestWork before, Optional<GroupWork> rollback) {
        TestWork work = before.notice() == null && before.rollback() == Rollback.BEGUN
                ? rollback.map(GroupWork::result)
                        .map(result -> ended(before, result))
                        .orElse(before)
                : before;
        SlackNotice notice = work.notice();
        Instant since = work.noticeSince();
        if (notice == null || since == null) {
            return work;
        }
        String key = host.run().stepId() + ":" + work.group() + ":" + notice.text();
        boolean isOver = slack.post(key, notice) || since.plus(SLACKS_PATIENCE).isBefore(now);
        return isOver ? work.telling(null, null) : work;
    }
}
