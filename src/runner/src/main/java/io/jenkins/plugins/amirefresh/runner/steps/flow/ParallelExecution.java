package io.jenkins.plugins.amirefresh.runner.steps.flow;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.build.FlowInterruptedException;
import io.jenkins.plugins.amirefresh.runner.interpreter.BodyCallback;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepArguments;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepExecution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs branches side by side and ends when all have ended: with a map of their values, or with the most severe failure,
 * the others attached. With {@code failFast} the first failure interrupts the other branches and is the one thrown.
 *
 * <p>Source: workflow-cps plugin, {@code ParallelStep}.
 */
final class ParallelExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final String FAIL_FAST = "failFast";

    private final LinkedHashMap<String, Closure<?>> branches = new LinkedHashMap<>();
    private final Map<String, @Nullable Outcome> outcomes = new LinkedHashMap<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final boolean isFailFast;
    private boolean isStopSent;

    ParallelExecution(StepContext context, StepArguments arguments) throws AbortException {
        super(context);
        this.isFailFast = arguments.flag(FAIL_FAST, false);
        for (Map.Entry<String, @Nullable Object> argument : arguments.named().entrySet()) {
            if (argument.getValue() instanceof Closure<?> code) {
                branches.put(argument.getKey(), code);
            } else if (!argument.getKey().equals(FAIL_FAST)) {
                throw new AbortException("parallel: the branch '" + argument.getKey() + "' must be a block");
            }
        }
    }

    @Override
    public void start() {
        if (branches.isEmpty()) {
            context().print("No branches to run");
            context().succeed(new LinkedHashMap<>());
            return;
        }
        branches.keySet().forEach(name -> outcomes.put(name, null));
        branches.forEach(
                (name, code) -> context().runBody(code, context().block().inBranch(name), new Branch(this, name)));
    }

    private void ended(String name, Outcome outcome) {
        outcomes.put(name, outcome);
        Throwable failure = outcome.getAbnormal();
        if (failure != null) {
            context().print("Failed in branch " + name);
            failures.add(failure);
        }
        if (outcomes.containsValue(null)) {
            if (failure != null && isFailFast && !isStopSent) {
                isStopSent = true;
                FlowInterruptedException stop =
                        new FlowInterruptedException(BuildResult.ABORTED, 0, List.of("Failed in branch " + name));
                context().runtime().cancelBodies(context(), stop);
            }
            return;
        }
        finish();
    }

    private void finish() {
        if (failures.isEmpty()) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            outcomes.forEach((name, outcome) -> values.put(name, outcome == null ? null : outcome.getNormal()));
            context().succeed(values);
            return;
        }
        if (!isFailFast) {
            failures.sort(Comparator.comparingInt(ParallelExecution::severity));
        }
        Throwable worst = failures.get(0);
        failures.stream().skip(1).filter(other -> other != worst).forEach(worst::addSuppressed);
        context().fail(worst);
    }

    /** Exceptions first, then errors of steps, then interruptions by their result. */
    private static int severity(Throwable failure) {
        if (failure instanceof FlowInterruptedException interruption) {
            return interruption.getResult() == BuildResult.ABORTED ? 2 : 3;
        }
        return failure instanceof AbortException ? 1 : 0;
    }

    /** Told when one branch has ended. */
    private record Branch(ParallelExecution parallel, String name) implements BodyCallback {
        @Override
        public void onSuccess(StepContext step, @Nullable Object result) {
            parallel.ended(name, new Outcome(result, null));
        }

        @Override
        public void onFailure(StepContext step, Throwable failure) {
            parallel.ended(name, new Outcome(null, failure));
        }
    }
}
