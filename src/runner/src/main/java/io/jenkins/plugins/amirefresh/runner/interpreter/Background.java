package io.jenkins.plugins.amirefresh.runner.interpreter;

import java.time.Instant;
import java.util.Optional;

/** What goes on beside the program, while it waits for something else. */
public interface Background {

    /** When there is something to do; empty for nothing. */
    Optional<Instant> next();

    /** Does what is due. */
    void run();
}
