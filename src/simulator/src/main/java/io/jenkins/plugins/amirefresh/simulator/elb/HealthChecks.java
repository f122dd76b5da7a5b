package io.jenkins.plugins.amirefresh.simulator.elb;

import io.jenkins.plugins.amirefresh.simulator.behavior.Conduct;
import io.jenkins.plugins.amirefresh.simulator.behavior.Request;
import io.jenkins.plugins.amirefresh.simulator.kernel.Addresses.ProbeAnswer;
import io.jenkins.plugins.amirefresh.simulator.kernel.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Checks targets only when the answer can have changed: while their state wavers at each interval, then at the first
 * interval after their machine's next change. Source: Application Load Balancer User Guide, "Health checks for your target
 * groups": a newly registered target must pass one check, one that was unhealthy as many as the healthy threshold. Classic
 * load balancers know the thresholds only. Source: Elastic Load Balancing API Reference 2012-06-01, "HealthCheck".
 */
final class HealthChecks {

    private static final Duration REGISTRATION = Duration.ofSeconds(2);

    private final SimulatedTime time;
    private final Backends backends;
    private final Function<TargetGroup, Collection<String>> senders;
    private final BiConsumer<TargetGroup, Target> changed;

    /**
     * For these machines.
     *
     * @param senders ids of the security groups of the load balancers that use a target group
     * @param changed told after each change of a target's state
     */
    HealthChecks(
            SimulatedTime time,
            Backends backends,
            Function<TargetGroup, Collection<String>> senders,
            BiConsumer<TargetGroup, Target> changed) {
        this.time = time;
        this.backends = backends;
        this.senders = senders;
        this.changed = changed;
    }

    /** A target was registered, or its group came into use. */
    void begin(TargetGroup group, Target target) {
        if (group.loadBalancers().isEmpty()) {
            become(group, target, TargetHealth.NOT_IN_USE);
            target.plan(null);
            return;
        }
        target.startOver();
        target.become(TargetHealth.REGISTERING);
        target.plan(time.after(REGISTRATION, () -> {
            target.startOver();
            check(group, target);
        }));
    }

    /** It has been there for long: its state is what its checks have said all along. */
    void settle(TargetGroup group, Target target) {
        ProbeAnswer answer = ask(group, target);
        if (passes(group, answer)) {
            target.become(TargetHealth.HEALTHY);
        } else {
            target.failed(answer.status());
            target.become(verdict(group, answer));
        }
        poke(group, target);
    }

    /** Something happened to the machine: it is asked again at the next interval. */
    void poke(TargetGroup group, Target target) {
        if (group.loadBalancers().isEmpty() || target.health() == TargetHealth.DRAINING) {
            return;
        }
        if (backends.conduct(group.at(), target.id()).isEmpty()) {
            target.plan(null);
            become(group, target, TargetHealth.STOPPED);
        } else if (target.health() == TargetHealth.STOPPED) {
            begin(group, target);
        } else {
            planAt(group, target, time.now());
        }
    }

    private void check(TargetGroup group, Target target) {
        Optional<Conduct> conduct = backends.conduct(group.at(), target.id());
        if (conduct.isEmpty()) {
            target.plan(null);
            become(group, target, TargetHealth.STOPPED);
            return;
        }
        judge(group, target, ask(group, target));
        if (target.isWavering()) {
            planAt(group, target, time.now());
        } else {
            conduct.get()
                    .nextChange(time.now())
                    .ifPresentOrElse(moment -> planAt(group, target, moment), () -> target.plan(null));
        }
    }

    private void judge(TargetGroup group, Target target, ProbeAnswer answer) {
        if (passes(group, answer)) {
            int needed = target.health() == TargetHealth.INITIAL ? group.firstThreshold() : group.healthyThreshold();
            if (target.succeeded() >= needed) {
                become(group, target, TargetHealth.HEALTHY);
            }
        } else if (target.failed(answer.status()) >= group.unhealthyThreshold()) {
            become(group, target, verdict(group, answer));
        }
    }

    /** Whether a check of this machine would pass now. */
    boolean passes(TargetGroup group, Target target) {
        return passes(group, ask(group, target));
    }

    private ProbeAnswer ask(TargetGroup group, Target target) {
        var request =
                new Request(group.healthCheckPort(target), group.path(), group.asks(target), senders.apply(group));
        return backends.answer(group.at(), target.id(), request).orElseGet(ProbeAnswer::silence);
    }

    private static boolean passes(TargetGroup group, ProbeAnswer answer) {
        return answer.connected() && (!group.checksHttp() || group.accepts(answer.status()));
    }

    private static TargetHealth verdict(TargetGroup group, ProbeAnswer answer) {
        if (answer.connected()) {
            return TargetHealth.MISMATCH;
        }
        // Network Load Balancers do not say which it was. Source: ELB API Reference, "TargetHealth".
        return group.checksHttp() && answer.silent() ? TargetHealth.TIMEOUT : TargetHealth.FAILED;
    }

    private void become(TargetGroup group, Target target, TargetHealth health) {
        if (target.health() != health) {
            target.become(health);
            changed.accept(group, target);
        }
    }

    /** The first of the target's check times after {@code moment}. */
    private void planAt(TargetGroup group, Target target, Instant moment) {
        Instant first = target.registered().plus(REGISTRATION);
        long interval = group.interval().toMillis();
        long passed = Math.max(0, Duration.between(first, moment).toMillis());
        long steps = passed / interval + 1;
        if (moment.isAfter(time.now()) && passed % interval == 0) {
            steps = passed / interval;
        }
        target.plan(time.at(first.plusMillis(steps * interval), () -> check(group, target)));
    }
}
