package io.jenkins.plugins.amirefresh.runner.interpreter;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.GroovyObjectSupport;
import io.jenkins.plugins.amirefresh.model.Suggestion;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The variable {@code steps}: calls steps by name, past every variable of the same name. */
public final class StepsObject extends GroovyObjectSupport implements Serializable {
    private static final long serialVersionUID = 1L;

    private final PipelineRuntime runtime;

    StepsObject(PipelineRuntime runtime) {
        this.runtime = runtime;
    }

    /** Calls a step: returns its value if it ends at once, else suspends the calling thread. */
    @Override
    public @Nullable Object invokeMethod(String name, @Nullable Object args) {
        Optional<StepType> type = runtime.catalogue().step(name);
        if (type.isPresent()) {
            return call(type.get(), args);
        }
        Optional<StepSignature> symbol = runtime.catalogue().symbol(name);
        if (symbol.isPresent()) {
            return new Symbol(name, StepArguments.of(symbol.get(), args).named());
        }
        return failHere(name, place -> {
            UnknownStepException failure = new UnknownStepException(runtime, name, place);
            runtime.build().stepEnded(failure);
            return failure;
        });
    }

    /** The step {@code sleep}, which Groovy's own method of that name would hide. */
    public @Nullable Object sleep(long time) {
        return invokeMethod("sleep", time);
    }

    private @Nullable Object call(StepType type, @Nullable Object args) {
        StepArguments arguments;
        try {
            arguments = StepArguments.of(type.signature(), args);
        } catch (UnknownParameterException e) {
            return failHere(type.name(), place -> {
                runtime.build().meetUnsupported(place + ": " + e.getMessage());
                IllegalArgumentException failure = new IllegalArgumentException(place + ": " + e.getMessage(), e);
                runtime.build().stepEnded(failure);
                return failure;
            });
        }
        PipelineThread thread = runtime.currentThread();
        StepContext context =
                new StepContext(runtime, thread, type.name(), arguments.body().orElse(null));
        try {
            StepExecution execution = type.starter().create(context, arguments);
            thread.waitFor(execution);
            execution.start();
        } catch (Exception e) {
            context.fail(e);
        }
        Optional<Outcome> outcome = context.outcome();
        if (outcome.isEmpty()) {
            context.suspend();
            Continuable.suspend(type.name(), Suspended.WAITING);
            throw new AssertionError("suspending returns by an exception");
        }
        thread.stopWaiting();
        return value(outcome.get());
    }

    private static @Nullable Object value(Outcome outcome) {
        Throwable failure = outcome.getAbnormal();
        if (failure != null) {
            throw Sneaky.rethrow(failure);
        }
        return outcome.getNormal();
    }

    private static @Nullable Object failHere(String name, Located failure) {
        Continuable.suspend(name, failure);
        throw new AssertionError("suspending returns by an exception");
    }

    /** What a suspended thread hands out: its step has its context already. */
    enum Suspended {
        WAITING
    }

    /** Throws what a step failed with, checked or not, as Groovy code expects. */
    private static final class Sneaky {
        @SuppressWarnings("unchecked")
        static <E extends Throwable> RuntimeException rethrow(Throwable failure) throws E {
            throw (E) failure;
        }
    }

    /** No step, symbol or variable has that name. */
    static final class UnknownStepException extends NoSuchMethodError {
        private static final long serialVersionUID = 1L;

        UnknownStepException(PipelineRuntime runtime, String name, String place) {
            super(place + ": " + explain(runtime, name));
            runtime.build().meetUnsupported(place + ": " + explain(runtime, name));
        }

        private static String explain(PipelineRuntime runtime, String name) {
            Optional<String> refusal = runtime.catalogue().refusal(name);
            if (refusal.isPresent()) {
                return "the step '" + name + "' is not run in a rehearsal: " + refusal.get();
            }
            Collection<String> names = new ArrayList<>(runtime.catalogue().stepNames());
            names.addAll(runtime.globals().names());
            return "there is no step or global variable '" + name + "'" + Suggestion.of(name, List.copyOf(names));
        }
    }
}
