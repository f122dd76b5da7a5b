package io.jenkins.plugins.amirefresh.runner.steps.flow;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.interpreter.BlockContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.BodyCallback;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepArguments;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepExecution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs its block while no other block of the build holds the same resource; a label counts as one resource.
 *
 * <p>Source: lockable-resources plugin, {@code LockStepExecution}.
 */
final class LockExecution extends StepExecution implements BodyCallback {
    private static final long serialVersionUID = 1L;

    private final List<String> resources = new ArrayList<>();
    private final String variable;
    private final boolean skipsIfLocked;
    private final boolean isInverse;
    private boolean isHolding;

    LockExecution(StepContext context, StepArguments arguments) throws AbortException {
        super(context);
        add(arguments.text("resource"), arguments.text("label"));
        for (Object extra : arguments.list("extra")) {
            if (extra instanceof Map<?, ?> map) {
                add(text(map.get("resource")), text(map.get("label")));
            }
        }
        if (resources.isEmpty()) {
            throw new AbortException("lock: either resource label or resource name must be specified.");
        }
        this.variable = arguments.text("variable");
        this.skipsIfLocked = arguments.flag("skipIfLocked", false);
        this.isInverse = arguments.flag("inversePrecedence", false);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private void add(String resource, String label) {
        if (!resource.isEmpty()) {
            resources.add("Resource: " + resource);
        } else if (!label.isEmpty()) {
            resources.add("Label: " + label);
        }
    }

    private String names() {
        return String.join(", ", resources);
    }

    @Override
    public void start() {
        context().print("Trying to acquire lock on [" + names() + "]");
        if (isFree()) {
            acquire();
        } else if (skipsIfLocked) {
            context().print("[" + names() + "] is locked, skipping execution...");
            context().succeed(null);
        } else {
            context().print("[" + names() + "] is locked by this build, waiting for execution...");
        }
    }

    private List<LockExecution> others() {
        return context().runtime().waiting().stream()
                .filter(step -> step instanceof LockExecution && step != this)
                .map(LockExecution.class::cast)
                .toList();
    }

    private boolean isFree() {
        return others().stream()
                .noneMatch(other -> other.isHolding && other.resources.stream().anyMatch(resources::contains));
    }

    private void acquire() {
        isHolding = true;
        context().print("Lock acquired on [" + names() + "]");
        BlockContext inside = context().block();
        if (!variable.isEmpty()) {
            String name = resources.get(0).replaceFirst("^\\w+: ", "");
            inside = inside.withEnvironment(Map.of(variable, name, variable + "0", name));
        }
        context().runBody(inside, this);
    }

    private void release() {
        isHolding = false;
        context().print("Lock released on resource [" + names() + "]");
        List<LockExecution> queue = new ArrayList<>();
        others().stream().filter(other -> !other.isHolding).forEach(other -> {
            queue.add(other.isInverse ? 0 : queue.size(), other);
        });
        queue.stream().filter(LockExecution::isFree).findFirst().ifPresent(LockExecution::acquire);
    }

    @Override
    public void onSuccess(StepContext step, @Nullable Object result) {
        release();
        step.succeed(result);
    }

    @Override
    public void onFailure(StepContext step, Throwable failure) {
        release();
        step.fail(failure);
    }

    @Override
    public String describe() {
        return "lock on [" + names() + "]";
    }
}
