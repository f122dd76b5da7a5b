package io.jenkins.plugins.amirefresh.runner.interpreter;

import java.util.function.Consumer;

/** Steps that only run their block, perhaps after doing something first. */
public final class BlockStep {
    private BlockStep() {}

    /** A step that runs its block. */
    public static StepType plain(String name) {
        return type(StepSignature.of(name).withBody(), context -> {});
    }

    /** A step that does something and then runs its block. */
    public static StepType type(StepSignature signature, Consumer<StepContext> first) {
        return new StepType(signature, (context, arguments) -> {
            first.accept(context);
            return new Plain(context);
        });
    }

    private static final class Plain extends StepExecution implements BodyCallback {
        private static final long serialVersionUID = 1L;

        Plain(StepContext context) {
            super(context);
        }

        @Override
        public void start() {
            context().runBody(context().block(), this);
        }
    }
}
