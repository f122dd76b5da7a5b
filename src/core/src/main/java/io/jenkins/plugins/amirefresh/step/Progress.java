package io.jenkins.plugins.amirefresh.step;

import java.time.Duration;
import java.util.Map;

/** What one unit of work came to. */
public sealed interface Progress {

    /**
     * Call again.
     *
     * @param after how long to wait first; zero for at once
     */
    record Again(StepState state, Duration after) implements Progress {}

    /**
     * The step is done.
     *
     * @param result what the step returns to the pipeline: maps, lists, strings, numbers and booleans only; keys documented
     *     in the step's help
     * @param verdict what it means for the build's result; the step itself succeeds
     */
    record Done(StepState state, Map<String, Object> result, BuildVerdict verdict) implements Progress {}

    /**
     * The step fails.
     *
     * @param message one line: what was done, on what, what came back, what to do next
     */
    record Failed(StepState state, String message) implements Progress {}

    /** What a step that succeeds says of the build, as {@code unstable} does; results only get worse. */
    enum BuildVerdict {
        /** Leaves the build's result alone. */
        NONE,
        /** Makes the build UNSTABLE. */
        UNSTABLE,
        /** Makes the build FAILURE without ending it. */
        FAILURE
    }

    /** The state to save. */
    StepState state();
}
