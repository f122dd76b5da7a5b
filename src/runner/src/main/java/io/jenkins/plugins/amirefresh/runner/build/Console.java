package io.jenkins.plugins.amirefresh.runner.build;

import java.util.Collection;

/** A build's console. */
public interface Console {
    /**
     * Prints text, one or more lines, with the given secrets masked.
     *
     * @param branches the names of the parallel branches the line comes from, outermost first
     */
    void print(Collection<String> branches, Collection<String> secrets, String text);

    /** From now on puts the simulated time before each line. */
    void showTimestamps();

    /** Prints text that belongs to no branch. */
    default void print(String text) {
        print(java.util.List.of(), java.util.List.of(), text);
    }
}
