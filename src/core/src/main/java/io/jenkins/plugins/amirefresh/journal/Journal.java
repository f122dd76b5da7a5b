package io.jenkins.plugins.amirefresh.journal;

import java.util.List;

/**
 * The run's record: every step of a build appends to the same one, and it outlives the controller's restart.
 *
 * <p>Thread: any; an implementation orders concurrent appends.
 */
public interface Journal {

    /** Appends and forces to disk before it returns. An event with the same {@link JournalEvent#key()} is kept once. */
    void append(JournalEvent event);

    /** The same for many at once; an implementation forces them together. */
    default void appendAll(List<JournalEvent> events) {
        events.forEach(this::append);
    }

    /** Everything so far, in the order of appending. */
    List<JournalEvent> events();

    /** What they come to, asked by group and by image. */
    default RunHistory history() {
        return RunHistory.of(events());
    }
}
