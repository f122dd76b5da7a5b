package io.jenkins.plugins.amirefresh.runner.interpreter;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Next;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import com.cloudbees.groovy.cps.impl.FunctionCallEnv;
import com.cloudbees.groovy.cps.impl.TryBlockEnv;
import groovy.lang.Closure;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A block of a step that runs in a thread of its own. */
public final class BodyExecution implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int NO_THREAD = -1;

    private final StepContext owner;
    private final BodyCallback callback;
    private int threadId = NO_THREAD;

    BodyExecution(StepContext owner, BodyCallback callback) {
        this.owner = owner;
        this.callback = callback;
    }

    /** Calls the block: CPS code throws its invocation, which becomes a thread; other code has then already run. */
    void launch(PipelineRuntime runtime, Closure<?> code, BlockContext block) {
        try {
            ended(code.call(), null);
        } catch (CpsCallableInvocation invocation) {
            PipelineThread thread = runtime.program().addThread(continuable(runtime, invocation), block, owner);
            threadId = thread.id();
            thread.resume(new Outcome(null, null));
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            ended(null, e);
        }
    }

    private Continuable continuable(PipelineRuntime runtime, CpsCallableInvocation invocation) {
        Continuation onSuccess = new End(this, false);
        FunctionCallEnv caller = new FunctionCallEnv(null, onSuccess, null, null);
        caller.setInvoker(runtime.invoker());
        TryBlockEnv env = new TryBlockEnv(caller, null);
        env.addHandler(Throwable.class, new End(this, true));
        return new Continuable(invocation.invoke(env, null, onSuccess));
    }

    /** Asks whatever runs inside to end because of {@code cause}. */
    public void cancel(Throwable cause) {
        owner.runtime().program().thread(threadId).ifPresent(thread -> thread.stop(cause));
    }

    int threadId() {
        return threadId;
    }

    private void ended(@Nullable Object result, @Nullable Throwable failure) {
        owner.bodyEnded(this);
        try {
            if (failure == null) {
                callback.onSuccess(owner, result);
            } else {
                callback.onFailure(owner, failure);
            }
        } catch (Exception e) {
            owner.fail(e);
        }
    }

    /** Where the thread of a block arrives when it has ended. */
    private record End(BodyExecution body, boolean isFailure) implements Continuation {
        @Override
        public Next receive(Object value) {
            if (isFailure) {
                body.ended(null, (Throwable) value);
            } else {
                body.ended(value, null);
            }
            return Next.terminate(null);
        }
    }
}
