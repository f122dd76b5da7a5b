package io.jenkins.plugins.amirefresh.events;

/** What the body of a message came to. */
public sealed interface Reading {

    /** Something that groups may have to be recycled for. */
    record Change(ChangeEvent event) implements Reading {}

    /**
     * An event that no group is recycled for.
     *
     * @param reason one line
     * @param isOwn a change of this product itself, which nobody has to hear of
     */
    record Ignored(String reason, boolean isOwn) implements Reading {}

    /**
     * No event that anybody could read.
     *
     * @param reason one line
     */
    record Poison(String reason) implements Reading {}
}
