package io.jenkins.plugins.amirefresh.runner.steps.build;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.build.FlowInterruptedException;
import io.jenkins.plugins.amirefresh.runner.interpreter.RealWorld;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepArguments;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepExecution;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepSignature;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepType;
import io.jenkins.plugins.amirefresh.runner.interpreter.Symbol;
import io.jenkins.plugins.amirefresh.runner.parameters.ParameterValues;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * {@code build}: runs another job's Jenkinsfile and waits for it.
 *
 * <p>Source: pipeline-build-step plugin, {@code BuildTriggerStep}: unless {@code propagate} is false, a result other than
 * SUCCESS ends the step with that result.
 */
public final class BuildExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final String job;
    private final LinkedHashMap<String, String> parameters = new LinkedHashMap<>();
    private final boolean propagates;
    private boolean isStarted;

    private BuildExecution(StepContext context, StepArguments arguments) throws AbortException {
        super(context);
        this.job = arguments.text("job");
        this.propagates = arguments.flag("propagate", true);
        if (!arguments.flag("wait", true)) {
            throw new AbortException("build: wait: false is not run in a rehearsal, which ends with its own build");
        }
        List<Symbol> values = new ArrayList<>();
        for (Object value : arguments.list("parameters")) {
            if (!(value instanceof Symbol symbol)) {
                throw new AbortException("build: '" + value + "' is no parameter; write string(name: ..., value: ...)");
            }
            values.add(symbol);
        }
        parameters.putAll(ParameterValues.asText(values));
    }

    /** The step. */
    public static StepType type() {
        return new StepType(
                StepSignature.of("build")
                        .requires("job")
                        .accepts("parameters", "wait", "propagate", "quietPeriod", "waitForStart"),
                BuildExecution::new);
    }

    private String key() {
        return "build-" + context().id();
    }

    private ChildBuild child() {
        return context().runtime().service(ChildBuilds.class).get(key());
    }

    @Override
    public void start() throws IOException {
        context().print("Scheduling project: " + job);
        ChildBuild child = context().runtime().service(ChildBuilds.class).start(key(), job, parameters);
        isStarted = true;
        context().print("Starting building: " + child.name());
    }

    @Override
    public Optional<Instant> wakeUpAt() {
        return isStarted ? child().nextMoment() : Optional.empty();
    }

    @Override
    public RealWorld realWorld() {
        return isStarted ? child().realWorld() : RealWorld.NOTHING;
    }

    @Override
    public void wakeUp(Instant now) throws IOException {
        child().lookAtRealWorld();
        Optional<BuildResult> result = child().run();
        if (result.isEmpty()) {
            return;
        }
        isStarted = false;
        String outcome = "Build " + child().name() + " completed: " + result.get();
        context().print(outcome);
        if (propagates && result.get() != BuildResult.SUCCESS) {
            FlowInterruptedException failure = new FlowInterruptedException(
                    result.get(),
                    context().id(),
                    List.of(child().name() + " completed with status " + result.get()
                            + " (propagate: false to ignore)"));
            failure.becomeFailure();
            context().fail(failure);
        } else {
            context().succeed(new LinkedHashMap<>(child().facts()));
        }
    }

    @Override
    public void stop(Throwable cause) {
        child().interrupt(cause);
    }

    @Override
    public String describe() {
        return "build of " + job;
    }
}
