package io.jenkins.plugins.amirefresh.runner.interpreter;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step a pipeline can call.
 *
 * @param signature how it is called
 * @param starter makes the execution of one call
 * @param values what the step refuses whatever else is given
 */
public record StepType(StepSignature signature, Starter starter, Values values) {
    /** A step that looks at its values when it runs. */
    public StepType(StepSignature signature, Starter starter) {
        this(signature, starter, values -> Map.of());
    }

    /** Looks at the values of a call that stand in the source. */
    @FunctionalInterface
    public interface Values {
        /** Why values are not allowed, by parameter; empty when all are. */
        Map<String, String> problems(Map<String, Object> values);
    }

    /** Makes the execution of one call. */
    @FunctionalInterface
    public interface Starter {
        /** The execution; it has not started yet. Throws what the call then fails with. */
        StepExecution create(StepContext context, StepArguments arguments) throws Exception;
    }

    /** What a step without waiting does. */
    @FunctionalInterface
    public interface Work {
        /** The step's value. Throws what the call then fails with. */
        @Nullable
        Object run(StepContext context, StepArguments arguments) throws Exception;
    }

    /** A step that ends at once: the program is not saved for it. */
    public static StepType immediate(StepSignature signature, Work work) {
        return new StepType(signature, (context, arguments) -> new Immediate(context, work, arguments));
    }

    /** The step's function name. */
    public String name() {
        return signature.name();
    }

    private static final class Immediate extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final transient Work work;
        private final transient StepArguments arguments;

        Immediate(StepContext context, Work work, StepArguments arguments) {
            super(context);
            this.work = work;
            this.arguments = arguments;
        }

        @Override
        public void start() throws Exception {
            context().succeed(work.run(context(), arguments));
        }
    }
}
