package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.model.LifecycleHook;
import io.jenkins.plugins.amirefresh.model.LifecycleHook.Transition;
import io.jenkins.plugins.amirefresh.refresh.Allowance;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RefreshPolicy;
import io.jenkins.plugins.amirefresh.refresh.TimeLimit;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/**
 * Whether the time limits that somebody gave leave room for the group's hooks and for draining. Limits that nobody gave do
 * not count these. A hook may take its heartbeat timeout. Source: EC2 Auto Scaling User Guide, "Lifecycle hooks".
 */
final class Waits {

    private Waits() {}

    static Optional<Objection> objection(RefreshPlan plan) {
        Allowance allowance = plan.allowance();
        RefreshPolicy policy = plan.policy();
        Duration in = longest(allowance, Transition.LAUNCHING);
        Duration out = allowance.drainTime().plus(longest(allowance, Transition.TERMINATING));
        return over(policy, TimeLimit.INSTANCE, "instanceTimeLimit", policy.instanceTimeLimit(), in, "launch hooks")
                .or(() -> over(policy, TimeLimit.BATCH, "batchTimeLimit", policy.batchTimeLimit(), in, "launch hooks"))
                .or(() -> over(
                        policy,
                        TimeLimit.BATCH,
                        "batchTimeLimit",
                        policy.batchTimeLimit(),
                        out,
                        "draining and termination hooks"))
                .or(() -> over(
                        policy,
                        TimeLimit.GROUP,
                        "timeLimit",
                        policy.groupTimeLimit(),
                        in.plus(out),
                        "hooks and draining of one instance"));
    }

    private static Duration longest(Allowance allowance, Transition transition) {
        return allowance.hooks().stream()
                .filter(hook -> hook.transition() == transition)
                .map(LifecycleHook::heartbeatTimeout)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static Optional<Objection> over(
            RefreshPolicy policy, TimeLimit kind, String parameter, Duration limit, Duration wait, String what) {
        return policy.given().contains(kind) && wait.compareTo(limit) > 0
                ? Optional.of(new Objection(
                        Risk.TIME_LIMITS,
                        "its " + what + " may take " + text(wait) + ", and " + parameter + " is " + text(limit)
                                + "; raise it, or leave it out: then they do not count"))
                : Optional.empty();
    }

    private static String text(Duration duration) {
        return duration.toSecondsPart() == 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }
}
