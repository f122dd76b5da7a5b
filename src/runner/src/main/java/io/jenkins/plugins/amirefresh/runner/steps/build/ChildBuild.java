package io.jenkins.plugins.amirefresh.runner.steps.build;

import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.interpreter.RealWorld;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A build that another one started and waits for. */
public interface ChildBuild {
    /** Its job's and its own name. */
    String name();

    /** Runs it as far as it gets at this moment; its result once it has ended. */
    Optional<BuildResult> run() throws IOException;

    /** When it wants to go on. */
    Optional<Instant> nextMoment();

    /** What of the real world it waits for. */
    RealWorld realWorld();

    /** Lets it look whether the real world has moved. */
    void lookAtRealWorld();

    /** Aborts it. */
    void interrupt(Throwable cause);

    /** What the starting pipeline gets to read, as {@code currentBuild} has it. */
    Map<String, Object> facts();
}
