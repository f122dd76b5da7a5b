package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LifecycleHook;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import java.util.Optional;

/**
 * Groups that CodeDeploy deploys to, or has copied. They are their team's and may be refreshed: each new instance gets the last
 * revision before it is in service. While it deploys in place it can suspend processes, which refuses a refresh like any
 * suspended process. Source: CodeDeploy User Guide, "Integrating CodeDeploy with Amazon EC2 Auto Scaling", "Suspending Amazon
 * EC2 Auto Scaling processes during deployments".
 */
final class CodeDeploy {

    private static final String HOOK = "CodeDeploy-managed-automatic-";
    private static final String COPY = "CodeDeploy_";

    private CodeDeploy() {}

    /** What is said of a group that it has to do with; empty for all others. */
    static Optional<String> remark(GroupObservation group, RefreshPlan plan) {
        Optional<String> hook = plan.allowance().hooks().stream()
                .map(LifecycleHook::name)
                .filter(name -> name.startsWith(HOOK))
                .findFirst();
        boolean isCopy = group.key().name().value().startsWith(COPY);
        if (hook.isEmpty() && !isCopy) {
            return Optional.empty();
        }
        return Optional.of("CodeDeploy "
                + (isCopy ? "made the group for a blue/green deployment" : "deploys to its new instances")
                + hook.map(name -> " (hook " + name + ")").orElse("")
                + "; whether a deployment runs now is not looked at");
    }

    /** The objection with who may have suspended a process. */
    static Objection explained(Objection objection, GroupObservation group, RefreshPlan plan) {
        return remark(group, plan)
                .map(remark -> new Objection(
                        objection.risk(),
                        objection.why() + "; CodeDeploy does this while it deploys: then wait until it has resumed it"))
                .orElse(objection);
    }
}
