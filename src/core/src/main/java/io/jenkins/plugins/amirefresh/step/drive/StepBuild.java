package io.jenkins.plugins.amirefresh.step.drive;

import io.jenkins.plugins.amirefresh.step.Progress;
import java.io.IOException;

/** What a drive asks of the build its step runs in; called on the pool, by one thread at a time. */
public interface StepBuild {

    /** Opens the step; called once between two restarts. */
    OpenStep open() throws IOException, InterruptedException;

    /** The step still runs in a build that lives; asked before each tick. */
    boolean isLive() throws IOException, InterruptedException;

    /** The step needs an agent, and it does not answer: it may come back later than its build. */
    boolean isAgentAway();

    /** The step is over, and nothing is left to do for it. */
    void ended();

    /** The step is dead, and its operation not at a safe place: the host's finisher goes on from the files. */
    void handedOver();

    /** Lets the build go on with the step's result. */
    void succeed(Progress.Done done);

    /** Fails the step in the build. */
    void fail(Throwable failure);

    /** The failure whose one line says everything. */
    Throwable refusal(String line);

    /** The failure of a step that stopped, when a restart lost what stopped it. */
    Throwable interruption();
}
