package io.jenkins.plugins.amirefresh.runner.steps.flow;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepArguments;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepSignature;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code echo}, {@code error}, {@code unstable}, {@code catchError}, {@code warnError}. */
final class MessageSteps {
    private MessageSteps() {}

    static List<StepType> all() {
        return List.of(
                StepType.immediate(StepSignature.of("echo").requires("message"), MessageSteps::echo),
                StepType.immediate(
                        StepSignature.of("error").accepts("message").unnamed("message"), MessageSteps::error),
                StepType.immediate(StepSignature.of("unstable").requires("message"), MessageSteps::unstable),
                new StepType(
                        StepSignature.of("catchError")
                                .accepts("message", "buildResult", "stageResult", "catchInterruptions")
                                .unnamed("message")
                                .withBody(),
                        MessageSteps::catchError),
                new StepType(
                        StepSignature.of("warnError")
                                .requires("message")
                                .accepts("catchInterruptions")
                                .withBody(),
                        MessageSteps::warnError));
    }

    private static @Nullable Object echo(StepContext context, StepArguments arguments) {
        context.print(arguments.text("message"));
        return null;
    }

    private static Object error(StepContext context, StepArguments arguments) throws AbortException {
        throw new AbortException(arguments.text("message"));
    }

    private static @Nullable Object unstable(StepContext context, StepArguments arguments) {
        context.block().stages().forEach(stage -> stage.warn(BuildResult.UNSTABLE));
        context.build().worsen(BuildResult.UNSTABLE);
        context.print("WARNING: " + arguments.text("message"));
        return null;
    }

    private static CatchErrorExecution catchError(StepContext context, StepArguments arguments) throws AbortException {
        return new CatchErrorExecution(
                context,
                arguments.text("message").trim(),
                result(arguments, "buildResult", BuildResult.FAILURE),
                result(arguments, "stageResult", BuildResult.SUCCESS),
                arguments.flag("catchInterruptions", true));
    }

    private static CatchErrorExecution warnError(StepContext context, StepArguments arguments) throws AbortException {
        String message = arguments.text("message").trim();
        if (message.isEmpty()) {
            throw new AbortException("warnError: message must not be empty");
        }
        return new CatchErrorExecution(
                context,
                message,
                BuildResult.UNSTABLE,
                BuildResult.UNSTABLE,
                arguments.flag("catchInterruptions", true));
    }

    private static BuildResult result(StepArguments arguments, String name, BuildResult otherwise) {
        if (!arguments.named().containsKey(name)) {
            return otherwise;
        }
        String text = arguments.text(name, BuildResult.SUCCESS.name());
        return BuildResult.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(name + " is invalid: " + text
                        + ". Valid options are SUCCESS, UNSTABLE, FAILURE, NOT_BUILT and ABORTED."));
    }
}
