package io.jenkins.plugins.amirefresh.runner.steps.flow;

import io.jenkins.plugins.amirefresh.runner.interpreter.StepSignature;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Steps that steer a pipeline. */
public final class FlowSteps {
    private FlowSteps() {}

    /** All of them; {@code inputAnswers} says how {@code input} is answered, by its id or message. */
    public static List<StepType> all(Map<String, String> inputAnswers) {
        List<StepType> steps = new ArrayList<>();
        steps.addAll(MessageSteps.all());
        steps.addAll(TimeSteps.all());
        steps.add(new InputStep(inputAnswers).type());
        steps.add(new StepType(
                StepSignature.of("stage")
                        .requires("name")
                        .accepts("concurrency")
                        .withBody(),
                (context, arguments) -> new StageExecution(context, arguments.text("name"))));
        steps.add(new StepType(StepSignature.of("parallel").open(), ParallelExecution::new));
        steps.add(new StepType(
                StepSignature.of("lock")
                        .accepts("resource", "label", "quantity", "variable", "extra", "inversePrecedence")
                        .accepts("skipIfLocked", "priority", "reason", "resourceSelectStrategy")
                        .unnamed("resource")
                        .withBody(),
                LockExecution::new));
        steps.add(StepType.immediate(
                StepSignature.of("milestone")
                        .accepts("ordinal", "label", "unsafe")
                        .unnamed("ordinal"),
                (context, arguments) -> null));
        return steps;
    }
}
