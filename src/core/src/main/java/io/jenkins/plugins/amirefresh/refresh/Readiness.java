package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What makes an instance count as healthy under a plan, in words for people. */
public final class Readiness {

    private Readiness() {}

    /** For example {@code in service and healthy in 2 target groups, after a warmup of 1m}. */
    public static String of(RefreshPlan plan, GroupObservation group) {
        Duration warmup = plan.warmup();
        String checked = plan.policy().checked() ? ", its checks passed" : "";
        if (!AwsReadiness.isBehindBalancer(group)) {
            return warmup.isZero() && checked.isEmpty()
                    ? "running only: set instanceWarmup or checks"
                    : "in service" + after(warmup) + checked;
        }
        boolean goesOn = plan.strategy() == RefreshStrategy.INSTANCE_REFRESH && AwsReadiness.isBlind(group);
        return "in service and healthy in " + balancers(group)
                + plan.proof()
                        .map(proof -> proof.isZero() ? "" : " for " + Trouble.text(proof))
                        .orElseGet(() -> after(warmup))
                + checked
                + (goesOn
                        ? "; AWS itself goes on as soon as an instance is in service"
                                + (warmup.isZero() ? "" : " and warm")
                                + ", so its refresh is cancelled when too few serve"
                                + awaited(plan)
                        : "");
    }

    private static String awaited(RefreshPlan plan) {
        return plan.policy().managed().awaitsService()
                ? ", and AWS waits " + Trouble.text(plan.policy().checkpointDelay())
                        + " after its first instances, until they are seen to serve"
                : "";
    }

    private static String after(Duration warmup) {
        return warmup.isZero() ? "" : ", after a warmup of " + Trouble.text(warmup);
    }

    private static String balancers(GroupObservation group) {
        List<String> parts = new ArrayList<>();
        if (!group.targetGroups().isEmpty()) {
            parts.add(Tick.count(group.targetGroups().size(), "target group"));
        }
        if (!group.classicLoadBalancers().isEmpty()) {
            parts.add(Tick.count(group.classicLoadBalancers().size(), "classic load balancer"));
        }
        return String.join(" and ", parts);
    }
}
