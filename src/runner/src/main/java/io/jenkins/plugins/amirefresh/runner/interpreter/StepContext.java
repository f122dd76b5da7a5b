package io.jenkins.plugins.amirefresh.runner.interpreter;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.build.Build;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of a step: where it stands, what surrounds it, its block, and how it ends. */
public final class StepContext implements Serializable {
    private static final long serialVersionUID = 1L;

    private final PipelineRuntime runtime;
    private final int id;
    private final int threadId;
    private final String stepName;
    private final BlockContext block;
    private final @Nullable Closure<?> body;
    private final List<BodyExecution> bodies = new ArrayList<>();
    private @Nullable Outcome outcome;
    private boolean isSuspended;

    StepContext(PipelineRuntime runtime, PipelineThread thread, String stepName, @Nullable Closure<?> body) {
        this.runtime = runtime;
        this.id = runtime.program().nextId();
        this.threadId = thread.id();
        this.stepName = stepName;
        this.block = thread.block();
        this.body = body;
    }

    /** A number no other call of this build has. */
    public int id() {
        return id;
    }

    /** The function name the step was called by. */
    public String stepName() {
        return stepName;
    }

    /** What enclosing blocks give to this call. */
    public BlockContext block() {
        return block;
    }

    /** The build. */
    public Build build() {
        return runtime.build();
    }

    /** The interpreter, for steps that load code. */
    public PipelineRuntime runtime() {
        return runtime;
    }

    /** The environment a process started by this call gets, without the variables of the node. */
    public Map<String, String> environment() {
        return runtime.environment(block);
    }

    /** Prints lines on the console. */
    public void print(String text) {
        runtime.console().print(block.branches(), block.secrets(), text);
    }

    /** The node and directory this call runs in. */
    public Workplace workplace() throws AbortException {
        Workplace place = block.workplace();
        if (place == null) {
            throw new MissingNodeException(stepName);
        }
        return place;
    }

    /** A file given to this call, resolved against the current directory. */
    public Path file(String name) throws AbortException {
        return workplace().resolve(name);
    }

    /** Whether the call has a block. */
    public boolean hasBody() {
        return body != null;
    }

    /** Runs the block that was given with the call. */
    public BodyExecution runBody(BlockContext inside, BodyCallback callback) {
        if (body == null) {
            throw new IllegalStateException(stepName + " has no block");
        }
        return runBody(body, inside, callback);
    }

    /** Runs {@code code} as a block of this call. */
    public BodyExecution runBody(Closure<?> code, BlockContext inside, BodyCallback callback) {
        BodyExecution execution = new BodyExecution(this, callback);
        bodies.add(execution);
        execution.launch(runtime, code, inside);
        return execution;
    }

    /** Ends the call with a value. */
    public void succeed(@Nullable Object value) {
        finish(new Outcome(value, null));
    }

    /** Ends the call with an exception; blocks that still run are dropped. */
    public void fail(Throwable failure) {
        finish(new Outcome(null, failure));
    }

    /** Whether the call has ended. */
    public boolean isFinished() {
        return outcome != null;
    }

    private void finish(Outcome end) {
        if (outcome != null) {
            return;
        }
        outcome = end;
        runtime.build().stepEnded(end.getAbnormal());
        List.copyOf(bodies).forEach(runtime.program()::drop);
        bodies.clear();
        if (isSuspended) {
            Optional<PipelineThread> thread = runtime.program().thread(threadId);
            thread.ifPresent(t -> t.resume(end));
        }
    }

    /** From now on the end of the call resumes its thread. */
    void suspend() {
        isSuspended = true;
    }

    Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Blocks that run. */
    List<BodyExecution> bodies() {
        return List.copyOf(bodies);
    }

    void bodyEnded(BodyExecution execution) {
        bodies.remove(execution);
    }
}
