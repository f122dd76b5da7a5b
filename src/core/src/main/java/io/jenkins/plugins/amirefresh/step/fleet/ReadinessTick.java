package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.refresh.CheckSight;
import io.jenkins.plugins.amirefresh.refresh.GroupSight;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecider;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecider.Serving;
import io.jenkins.plugins.amirefresh.smoketest.OldVersion;
import io.jenkins.plugins.amirefresh.smoketest.Readiness;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.smoketest.Subject;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.checks.OldAnswers;
import io.jenkins.plugins.amirefresh.step.checks.OldInstances;
import io.jenkins.plugins.amirefresh.step.checks.Once;
import io.jenkins.plugins.amirefresh.step.checks.Prober;
import io.jenkins.plugins.amirefresh.step.checks.Question;
import io.jenkins.plugins.amirefresh.step.checks.Question.Asked;
import io.jenkins.plugins.amirefresh.step.checks.Reach;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the checks of one group in one tick: first of its old version, then of the new instances that serve. */
final class ReadinessTick {

    private static final int MOST_OLD = 3;

    private final String step;
    private final StepHost host;
    private final SmokeTest test;
    private final GroupWork work;
    private final Instant now;

    ReadinessTick(String step, StepHost host, SmokeTest test, GroupWork work, Instant now) {
        this.step = step;
        this.host = host;
        this.test = test;
        this.work = work;
        this.now = now;
    }

    /**
     * What the tick came to.
     *
     * @param problem why nobody could be asked, empty as a rule; time goes on meanwhile, so that limits hold
     * @param passes the problem may be gone at the next tick
     */
    record Came(Readiness readiness, Map<InstanceId, CheckSight> sights, String problem, boolean passes) {}

    /** @throws CloudException when AWS does not answer, or does not say how the instances are reached */
    Came ask(GroupSight sight) {
        Serving serving = RefreshDecider.serving(work.plan(), sight, work.state());
        Cloud cloud = FleetWork.cloud(host, work);
        Readiness known = work.readiness() == null ? begun(cloud, sight.group(), serving) : work.readiness();
        Readiness before = arrived(known, cloud, serving);
        String problem = "";
        boolean passes = false;
        Readiness after = before;
        try {
            after = asked(before, cloud, sight.group(), serving);
        } catch (CloudException e) {
            passes = e.isTransient();
            problem = "its checks cannot be asked: " + e.getMessage();
        }
        return new Came(after, sights(after, serving.current(), problem), problem, passes);
    }

    private Readiness begun(Cloud cloud, GroupObservation group, Serving serving) {
        Reach reach = Reach.of(cloud, group);
        List<Subject> old = Reach.instances(
                cloud, serving.outdatedServing().stream().limit(MOST_OLD).toList());
        return Readiness.start(OldVersion.of(test, old, now), reach.loadBalancers(), reach.backendPort());
    }

    private Readiness arrived(Readiness known, Cloud cloud, Serving serving) {
        List<String> strangers = known.strangers(test, texts(serving.currentServing()));
        List<Subject> arrived =
                Reach.instances(cloud, strangers.stream().map(InstanceId::new).toList());
        return known.looking(test, arrived, Set.copyOf(texts(serving.current())), now);
    }

    private Readiness asked(Readiness before, Cloud cloud, GroupObservation group, Serving serving) {
        Readiness next = before;
        OldVersion old = before.old();
        if (!old.isKnown()) {
            Prober prober = new Prober(question(before, cloud, group, Asked.OLD), test.ofOld(), OldInstances.NONE);
            OldVersion answered = old.with(prober.asked(old.due(now), check -> Optional.empty()));
            if (answered.isKnown()) {
                String key = host.run().stepId() + ":" + work.group() + ":old-version-asked";
                host.journal().append(new JournalEvent(key, now, step, OldAnswers.fact(work.group(), test, answered)));
            }
            next = before.withOld(answered);
        }
        Prober prober = new Prober(question(before, cloud, group, Asked.NEW), test, compared(cloud, serving));
        OldVersion answers = next.old();
        return next.with(
                prober.asked(next.due(test, Set.copyOf(texts(serving.currentServing())), now), answers::answer));
    }

    private OldInstances compared(Cloud cloud, Serving serving) {
        return test.comparesMetrics()
                ? new OldInstances(
                        Reach.instances(
                                cloud,
                                serving.outdatedServing().stream().limit(10).toList()),
                        work.startedAt())
                : OldInstances.NONE;
    }

    private Question question(Readiness readiness, Cloud cloud, GroupObservation group, Asked asked) {
        return new Question(
                host,
                work.place(),
                work.group(),
                readiness.backendPort(),
                new Once<>(() -> Reach.health(cloud, group)),
                asked,
                now);
    }

    private Map<InstanceId, CheckSight> sights(Readiness readiness, List<InstanceId> instances, String problem) {
        Map<InstanceId, CheckSight> sights = new HashMap<>();
        for (InstanceId id : instances) {
            Readiness.Said said = readiness.of(test, id.value());
            sights.put(
                    id,
                    said.passed() || problem.isEmpty()
                            ? new CheckSight(said.passed(), said.isForGood(), said.blames(), said.answer())
                            : new CheckSight(false, false, false, problem));
        }
        return sights;
    }

    private static List<String> texts(List<InstanceId> ids) {
        return ids.stream().map(InstanceId::value).toList();
    }
}
