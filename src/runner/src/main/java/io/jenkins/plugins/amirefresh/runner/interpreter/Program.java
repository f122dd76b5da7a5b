package io.jenkins.plugins.amirefresh.runner.interpreter;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.CpsDefaultGroovyMethods;
import com.cloudbees.groovy.cps.CpsDefaultGroovyStaticMethods;
import com.cloudbees.groovy.cps.CpsStringGroovyMethods;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All threads of one build: what is saved at every suspension. */
final class Program implements Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("rawtypes") // the interpreter's own signature
    private static final List<Class> CATEGORIES = List.of(
            CpsDefaultGroovyMethods.class,
            CpsDefaultGroovyStaticMethods.class,
            CpsStringGroovyMethods.class,
            SerializableIterators.class);

    private final TreeMap<Integer, PipelineThread> threads = new TreeMap<>();
    private int lastId;
    private @Nullable Outcome outcome;

    int nextId() {
        return ++lastId;
    }

    PipelineThread addThread(Continuable code, BlockContext block, @Nullable StepContext owner) {
        PipelineThread thread = new PipelineThread(nextId(), code, block, owner);
        threads.put(thread.id(), thread);
        return thread;
    }

    Optional<PipelineThread> thread(int id) {
        return Optional.ofNullable(threads.get(id));
    }

    /** Threads that live, oldest first. */
    List<PipelineThread> threads() {
        return List.copyOf(threads.values());
    }

    /** How the main thread ended; empty while it runs. */
    Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Runs every ready thread once, oldest first. */
    void runReadyThreads(PipelineRuntime runtime) {
        for (PipelineThread thread : threads()) {
            if (thread.isReady() && threads.containsKey(thread.id())) {
                runtime.enter(thread);
                CpsCallableInvocation.registerMismatchHandler(runtime::warnOfMismatch);
                Outcome end = thread.run(CATEGORIES);
                if (!thread.isAlive()) {
                    threads.remove(thread.id());
                    if (thread.owner().isEmpty()) {
                        outcome = end;
                    }
                }
            }
        }
    }

    boolean hasReadyThread() {
        return threads.values().stream().anyMatch(PipelineThread::isReady);
    }

    /** Forgets a block and everything inside it. */
    void drop(BodyExecution body) {
        PipelineThread thread = threads.remove(body.threadId());
        if (thread != null) {
            thread.step().ifPresent(step -> {
                step.context().bodies().forEach(this::drop);
                step.abandon();
            });
        }
    }

    /** Interrupts every thread that waits for something itself, the innermost ones. */
    void interrupt(Throwable cause) {
        threads().stream().filter(t -> t.owner().isEmpty()).forEach(t -> t.stop(cause));
    }
}
