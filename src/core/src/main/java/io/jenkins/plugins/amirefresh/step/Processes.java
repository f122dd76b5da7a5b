package io.jenkins.plugins.amirefresh.step;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Processes on the agent that outlive a restart of the controller. */
public interface Processes {

    /**
     * Starts a process in the workspace, once: a key that was started before is left alone.
     *
     * @param environment added to the agent's; may hold secrets, so it is never logged
     */
    void start(String key, List<String> command, Map<String, String> environment);

    /** What it wrote to standard output since {@code offset} bytes, and whether it ended. */
    Output poll(String key, long offset);

    /**
     * Asks it to end, as Ctrl-C does, and returns at once; safe to repeat. {@link #poll} tells when it has: Packer first removes
     * what it made. A host may end by force what does not end by itself.
     */
    void stop(String key);

    /** Removes what a process that has ended wrote, since it may hold secrets; it counts as started still. Safe to repeat. */
    void forget(String key);

    /**
     * A piece of a process's output.
     *
     * @param text whole lines only, until the process has ended
     * @param offset where the next poll goes on
     * @param exitCode empty while it runs; -1 when it vanished without one
     */
    record Output(String text, long offset, OptionalInt exitCode) {}
}
