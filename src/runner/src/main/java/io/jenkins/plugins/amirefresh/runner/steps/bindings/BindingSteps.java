package io.jenkins.plugins.amirefresh.runner.steps.bindings;

import io.jenkins.plugins.amirefresh.runner.interpreter.StepSignature;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepType;
import java.util.List;

/** {@code withEnv} and {@code withCredentials}. */
public final class BindingSteps {
    private BindingSteps() {}

    /** Both. */
    public static List<StepType> all() {
        return List.of(
                new StepType(
                        StepSignature.of("withEnv").requires("overrides").withBody(),
                        (context, arguments) -> new WithEnvExecution(context, arguments.list("overrides"))),
                new StepType(
                        StepSignature.of("withCredentials").requires("bindings").withBody(),
                        (context, arguments) -> new WithCredentialsExecution(context, arguments.list("bindings"))));
    }

    /** The bindings {@code withCredentials} takes. */
    public static List<StepSignature> symbols() {
        return List.of(
                StepSignature.of("usernamePassword").requires("credentialsId", "usernameVariable", "passwordVariable"),
                StepSignature.of("usernameColonPassword").requires("credentialsId", "variable"),
                StepSignature.of("file").requires("credentialsId", "variable"),
                StepSignature.of("aws")
                        .requires("credentialsId")
                        .accepts("accessKeyVariable", "secretKeyVariable", "roleArn", "roleSessionName")
                        .accepts("roleSessionDurationSeconds"));
    }
}
