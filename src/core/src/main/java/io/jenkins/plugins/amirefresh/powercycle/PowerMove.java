package io.jenkins.plugins.amirefresh.powercycle;

/** What is to be done with a resource. */
public enum PowerMove {
    /** Nothing. */
    NONE,
    /** It is to run. */
    START,
    /** It is to be off. */
    STOP,
    /** It is to run in another size. */
    RESIZE
}
