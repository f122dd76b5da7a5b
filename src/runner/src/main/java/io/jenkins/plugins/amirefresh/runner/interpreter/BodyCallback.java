package io.jenkins.plugins.amirefresh.runner.interpreter;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Told when a step's block ends. By default the step ends as its block did. */
public interface BodyCallback extends Serializable {
    /** The block ended with a value. */
    default void onSuccess(StepContext step, @Nullable Object result) throws Exception {
        step.succeed(result);
    }

    /** The block ended with an exception. */
    default void onFailure(StepContext step, Throwable failure) throws Exception {
        step.fail(failure);
    }
}
