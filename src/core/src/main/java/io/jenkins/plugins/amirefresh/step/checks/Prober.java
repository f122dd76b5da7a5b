package io.jenkins.plugins.amirefresh.step.checks;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.TargetState;
import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.Finding;
import io.jenkins.plugins.amirefresh.smoketest.OldAnswer;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.smoketest.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Asks whoever is to be asked now. Blocks on nothing but calls of AWS. */
public final class Prober {

    private final Question question;
    private final SmokeTest test;
    private final NetworkAsker network;
    private final ShellAsker shell;
    private final CommandAsker commands;
    private final AlarmAsker alarms;
    private final MetricAsker metrics;
    private boolean waiting;

    /** For one tick of one group. */
    public Prober(Question question, SmokeTest test, OldInstances old) {
        this.question = question;
        this.test = test;
        this.network = new NetworkAsker(question);
        this.shell = new ShellAsker(question);
        this.commands = new CommandAsker(question, test);
        this.alarms = new AlarmAsker(question, test);
        this.metrics = new MetricAsker(question, test, old);
    }

    /** An answer is still on its way. */
    public boolean isWaiting() {
        return waiting;
    }

    /**
     * The trials after one round, each as far as it got.
     *
     * @param old what the old version answered to a check, by its index
     * @throws CloudException when AWS refuses or does not answer; nothing is lost that is not asked again
     */
    public List<Trial> asked(List<Trial> due, IntFunction<Optional<OldAnswer>> old) {
        commands.send(due);
        alarms.read(due);
        metrics.read(due);
        List<Trial> changed = new ArrayList<>();
        for (Trial trial : due) {
            Optional<Reply> reply = reply(trial, test.checks().get(trial.check()));
            waiting |= reply.isEmpty() || reply.get().finding() == null;
            reply.ifPresent(
                    known -> changed.add(known.laidInto(trial, test, old.apply(trial.check()), question.now())));
        }
        return changed;
    }

    private Optional<Reply> reply(Trial trial, Check check) {
        if (check instanceof Check.LoadBalancerHealth) {
            TargetState health =
                    question.health().get().get(new InstanceId(trial.subject().id()));
            return Optional.of(Reply.of(judged(health)));
        }
        if (check instanceof Check.Http http) {
            return network.http(trial, http);
        }
        if (check instanceof Check.Tcp tcp) {
            return network.tcp(trial, tcp);
        }
        if (check instanceof Check.Shell own) {
            return Optional.of(shell.ask(trial, own));
        }
        if (check instanceof Check.Ssm ssm) {
            return Optional.of(commands.ask(trial, ssm));
        }
        if (check instanceof Check.Alarm alarm) {
            return Optional.of(alarms.ask(trial, alarm));
        }
        if (check instanceof Check.Metric metric) {
            return metrics.ask(trial, metric);
        }
        throw new AssertionError(check);
    }

    /** Only an answer, or its lack, says something of the version; where the balancer did not ask, nobody knows. */
    private static Finding judged(@Nullable TargetState found) {
        if (found == null) {
            return Finding.notAsked("is not registered with the target group");
        }
        String told = "is " + found.text() + " to the load balancer";
        if (found.isWrongAnswer()) {
            return Finding.failed(found.health().awsName(), told);
        }
        return switch (found.health()) {
            case HEALTHY -> Finding.passed("is healthy");
            case INITIAL -> Finding.early("is still being registered");
            case UNHEALTHY -> found.isSilence() ? Finding.silent(told) : Finding.notAsked(told);
            case UNUSED ->
                Finding.notAsked(told + ": no listener asks it there; forward to its target group or give checks");
            case UNHEALTHY_DRAINING, DRAINING, UNAVAILABLE, UNRECOGNISED -> Finding.notAsked(told);
        };
    }
}
