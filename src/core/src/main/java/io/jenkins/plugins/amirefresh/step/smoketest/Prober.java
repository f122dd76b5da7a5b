package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.TargetGroupArn;
import io.jenkins.plugins.amirefresh.model.TargetHealth;
import io.jenkins.plugins.amirefresh.model.TargetState;
import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTestState;
import io.jenkins.plugins.amirefresh.smoketest.Trial;
import io.jenkins.plugins.amirefresh.step.Probes.Answer;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks whoever is to be asked now, and lays the answers into the test's state. */
final class Prober {

    private final StepHost host;
    private final Cloud cloud;
    private final SmokeTest test;
    private final TestWork work;
    private final Instant now;
    private boolean waiting;

    Prober(StepHost host, Cloud cloud, SmokeTest test, TestWork work, Instant now) {
        this.host = host;
        this.cloud = cloud;
        this.test = test;
        this.work = work;
        this.now = now;
    }

    /** An answer is still on its way. */
    boolean isWaiting() {
        return waiting;
    }

    /** The state after one round. */
    SmokeTestState asked(SmokeTestState before, GroupObservation group) {
        SmokeTestState state = before;
        Map<InstanceId, TargetState> health = new HashMap<>();
        boolean healthIsRead = false;
        for (Trial trial : before.due(now)) {
            Check check = test.checks().get(trial.check());
            if (check instanceof Check.LoadBalancerHealth) {
                if (!healthIsRead) {
                    group.targetGroups()
                            .forEach(arn -> health(arn).forEach((id, found) -> health.merge(id, found, Prober::worse)));
                    healthIsRead = true;
                }
                state = state.with(
                        judged(trial, health.get(new InstanceId(trial.subject().id()))));
            } else {
                Optional<Trial> answered =
                        check instanceof Check.Http http ? asked(trial, http) : asked(trial, (Check.Tcp) check);
                waiting |= answered.isEmpty();
                state = answered.map(state::with).orElse(state);
            }
        }
        return state;
    }

    private Map<InstanceId, TargetState> health(TargetGroupArn arn) {
        return cloud.targetGroups().health(arn);
    }

    private static TargetState worse(TargetState one, TargetState other) {
        return one.health() == TargetHealth.HEALTHY ? other : one;
    }

    private Trial judged(Trial trial, @Nullable TargetState found) {
        if (found == null) {
            return trial.failed("is not registered with the target group", test, now);
        }
        return switch (found.health()) {
            case HEALTHY -> trial.passed("is healthy", now);
            case INITIAL -> trial.early("is still being registered", test, now);
            case UNHEALTHY, UNHEALTHY_DRAINING, UNUSED, DRAINING, UNAVAILABLE, UNRECOGNISED ->
                trial.failed("is " + found.text() + " to the load balancer", test, now);
        };
    }

    private Optional<Trial> asked(Trial trial, Check.Http check) {
        if (trial.subject().address().isEmpty()) {
            return Optional.of(trial.notAsked("has no address to ask", test, now));
        }
        URI uri = URI.create(
                check.scheme() + "://" + trial.subject().address() + ":" + port(trial, check) + check.path());
        return host.probes()
                .http(key(trial), uri, Map.of(), check.timeLimit())
                .map(answer -> answer instanceof Answer.Http http
                        ? check.problem(http.status(), http.body())
                                .map(problem -> trial.failed(problem, test, now))
                                .orElseGet(() -> trial.passed("answered " + http.status(), now))
                        : without(trial, answer));
    }

    // A target group's port is the instances'; a load balancer listens where its listeners say, as a rule on the usual
    // port.
    private int port(Trial trial, Check.Http check) {
        int usual = check.scheme().equals("https") ? 443 : 80;
        if (check.port() > 0) {
            return check.port();
        }
        return trial.subject().isInstance() && work.backendPort() > 0 ? work.backendPort() : usual;
    }

    private Optional<Trial> asked(Trial trial, Check.Tcp check) {
        if (trial.subject().address().isEmpty()) {
            return Optional.of(trial.notAsked("has no address to ask", test, now));
        }
        return host.probes()
                .tcp(key(trial), trial.subject().address(), check.port(), check.timeLimit())
                .map(answer -> answer instanceof Answer.Connected
                        ? trial.passed("accepted the connection", now)
                        : without(trial, answer));
    }

    private Trial without(Trial trial, Answer answer) {
        if (answer instanceof Answer.NotSent notSent) {
            return trial.notAsked("could not be asked: " + notSent.reason(), test, now);
        }
        String reason = answer instanceof Answer.NoAnswer silent ? silent.reason() : answer.toString();
        return trial.failed("did not answer: " + reason, test, now);
    }

    private String key(Trial trial) {
        return host.run().id() + ":" + host.run().stepId() + ":" + work.group() + ":" + trial.key();
    }
}
