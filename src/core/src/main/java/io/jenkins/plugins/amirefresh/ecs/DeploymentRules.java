package io.jenkins.plugins.amirefresh.ecs;

import io.jenkins.plugins.amirefresh.model.ServiceObservation;
import io.jenkins.plugins.amirefresh.model.ServiceObservation.Rules;
import java.util.Optional;

/** What a service's own rules say about a deployment that is to begin: why none can, and what to do about it. */
public final class DeploymentRules {

    private static final int WHOLE = 100;

    private DeploymentRules() {}

    /** Somebody else deploys it, or in a way that is watched differently. */
    public static Optional<String> ofOthers(Rules rules) {
        if (rules.controller().equals("CODE_DEPLOY")) {
            return Optional.of(
                    "its deployment controller is CODE_DEPLOY, so ECS takes no task definition for it; create a"
                            + " deployment of it in AWS CodeDeploy");
        }
        if (!rules.controller().equals("ECS")) {
            return Optional.of("its deployment controller is " + rules.controller()
                    + ", so ECS takes no task definition" + " for it; have that create a task set with the new image");
        }
        return rules.strategy().equals("ROLLING")
                ? Optional.empty()
                : Optional.of(
                        "its deployment strategy is " + rules.strategy() + ", which shifts traffic in steps that are"
                                + " not watched here; deploy it with ECS's own means, or give it the strategy ROLLING");
    }

    /** No task may go before another came, and none may come. */
    public static Optional<String> withoutRoom(ServiceObservation service) {
        if (!service.hasNoRoom()) {
            return Optional.empty();
        }
        Rules rules = service.rules();
        int desired = service.desired();
        int most = (desired - 1) * WHOLE / desired;
        int least = ((desired + 1) * WHOLE + desired - 1) / desired;
        String one = desired == 1 ? "its one task" : "any of its " + desired + " tasks";
        String more = rules.scheduling().equals("DAEMON") ? "" : ", or maximumPercent to " + least + " or more";
        return Optional.of("no deployment of it can begin: minimumHealthyPercent " + rules.minimumHealthyPercent()
                + " does not let " + one + " go, and maximumPercent " + rules.maximumPercent()
                + " lets none come beside "
                + (desired == 1 ? "it" : "them") + "; set minimumHealthyPercent to " + most
                + (most == 0 ? "" : " or less")
                + more);
    }
}
