package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.Instances;
import io.jenkins.plugins.amirefresh.cloud.TargetGroups;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTestState;
import io.jenkins.plugins.amirefresh.smoketest.Subject;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.GroupNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One tick of the test of one group. */
final class GroupTest {

    private static final Duration WHILE_WAITING = Duration.ofSeconds(1);

    private final StepHost host;
    private final SmokeTest test;
    private final GroupNames names;
    private final Instant now;

    GroupTest(StepHost host, SmokeTest test, GroupNames names, Instant now) {
        this.host = host;
        this.names = names;
        this.test = test;
        this.now = now;
    }

    /**
     * What a tick came to.
     *
     * @param after when to look again
     */
    record Tick(TestWork work, Duration after) {}

    /** Why this group cannot be tested with these checks at all, empty when it can. */
    static Optional<String> refusal(GroupObservation group, SmokeTest test) {
        boolean onlyHealth = test.checks().stream().allMatch(check -> check instanceof Check.LoadBalancerHealth);
        if (group.targetGroups().isEmpty() && onlyHealth) {
            return Optional.of(
                    "it has no target group, so its target health proves nothing; give checks: [[http: '/health']]");
        }
        boolean needsBalancer = test.checks().stream().anyMatch(check -> check.audience() != Check.Audience.INSTANCES);
        return group.targetGroups().isEmpty() && needsBalancer
                ? Optional.of("it has no target group, so no load balancer can be asked; give on: 'instances'")
                : Optional.empty();
    }

    /** Asks what is due and decides what can be decided. */
    Tick tick(TestWork work, Optional<GroupObservation> found, Optional<RefreshRecord> record) {
        if (found.isEmpty()) {
            return decided(work, SmokeTestVerdict.INCONCLUSIVE, "the group no longer exists");
        }
        try {
            return tick(work, found.get(), record);
        } catch (CloudException e) {
            if (!e.isTransient()) {
                return decided(work, SmokeTestVerdict.INCONCLUSIVE, String.valueOf(e.getMessage()));
            }
            return new Tick(said(work, "waiting: " + e.getMessage()), test.interval());
        }
    }

    private Tick tick(TestWork work, GroupObservation group, Optional<RefreshRecord> record) {
        Cloud cloud = host.cloud(work.place().access(), work.place().region());
        TestWork started = work.state() == null ? started(work, group, record, cloud) : work;
        SmokeTestState before = started.state();
        if (before == null || before.trials().isEmpty()) {
            return decided(started, SmokeTestVerdict.INCONCLUSIVE, "there is no instance in service to ask");
        }
        Prober prober = new Prober(host, cloud, test, started, now);
        SmokeTestState state =
                prober.asked(before.without(gone(before, group)), group).limited(test, now);
        TestWork next = started.with(state);
        if (state.isOver(test)) {
            SmokeTestVerdict verdict = state.verdict(test);
            return decided(next, verdict, verdict == SmokeTestVerdict.PASSED ? "" : state.reason(test));
        }
        return new Tick(next, prober.isWaiting() ? WHILE_WAITING : untilNext(state));
    }

    private TestWork started(TestWork work, GroupObservation group, Optional<RefreshRecord> record, Cloud cloud) {
        List<InstanceId> instances = group.instances().stream()
                .filter(instance -> isSubject(instance, record))
                .map(InstanceObservation::id)
                .toList();
        Map<InstanceId, String> addresses = new HashMap<>();
        for (Instances.Instance instance : cloud.instances().describe(instances)) {
            addresses.put(instance.id(), instance.privateIpAddress());
        }
        List<TargetGroups.TargetGroup> targetGroups = group.targetGroups().isEmpty()
                ? List.of()
                : cloud.targetGroups().describe(group.targetGroups());
        List<Subject> subjects = new ArrayList<>();
        instances.forEach(id -> subjects.add(new Subject(id.value(), addresses.getOrDefault(id, ""), true)));
        targetGroups.stream()
                .flatMap(targetGroup -> targetGroup.loadBalancerDnsNames().stream())
                .distinct()
                .forEach(name -> subjects.add(new Subject(name, name, false)));
        int port = targetGroups.isEmpty() ? 0 : targetGroups.get(0).port();
        String checks = test.checks().stream().map(Check::name).collect(Collectors.joining(", "));
        TestWork begun = work.started(SmokeTestState.start(test, subjects, now), port);
        return said(begun, "testing " + instances.size() + " instances: " + checks);
    }

    private static boolean isSubject(InstanceObservation instance, Optional<RefreshRecord> record) {
        return instance.isHealthyInService()
                && record.map(known -> instance.isOn(known.template(), known.to()))
                        .orElse(true);
    }

    private static Set<String> gone(SmokeTestState state, GroupObservation group) {
        Set<String> present = group.instances().stream()
                .filter(instance -> !instance.lifecycleState().isLeaving())
                .map(instance -> instance.id().value())
                .collect(Collectors.toSet());
        return state.trials().stream()
                .filter(trial -> trial.subject().isInstance())
                .map(trial -> trial.subject().id())
                .filter(id -> !present.contains(id))
                .collect(Collectors.toSet());
    }

    private Duration untilNext(SmokeTestState state) {
        Instant limit = state.startedAt().plus(test.timeLimit());
        Instant next = state.trials().stream()
                .filter(trial -> trial.decided() == null)
                .map(trial -> trial.nextAt())
                .min(Instant::compareTo)
                .filter(moment -> moment.isBefore(limit))
                .orElse(limit);
        Duration wait = Duration.between(now, next);
        return wait.compareTo(WHILE_WAITING) < 0 ? WHILE_WAITING : wait;
    }

    private Tick decided(TestWork work, SmokeTestVerdict verdict, String reason) {
        String line =
                switch (verdict) {
                    case PASSED -> "tests passed";
                    case FAILED -> "tests failed: " + reason;
                    case INCONCLUSIVE -> "tests inconclusive: " + reason;
                };
        return new Tick(said(work.decided(verdict, reason), line), Duration.ZERO);
    }

    TestWork said(TestWork work, String line) {
        if (line.equals(work.line())) {
            return work;
        }
        host.log(names.of(work.group()) + ": " + line);
        return work.saying(line);
    }
}
