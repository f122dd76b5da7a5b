package io.jenkins.plugins.amirefresh.schedule;

import java.util.function.Function;

/** What a group's tags say about when it may be changed. */
public sealed interface Schedule {

    /**
     * It has windows.
     *
     * @param source where it comes from, for people: the tags' names or the environment
     */
    record Windows(WindowCalendar calendar, String source) implements Schedule {}

    /**
     * It has none: no tags, and no default for its environment.
     *
     * @param reason one line that says so and what to set
     */
    record Unset(String reason) implements Schedule {}

    /**
     * A tag or default cannot be read.
     *
     * @param reason one line: the tag, its value and what is allowed
     */
    record Unreadable(String reason) implements Schedule {}

    /** One function a case. */
    default <T> T fold(Function<Windows, T> windows, Function<Unset, T> unset, Function<Unreadable, T> unreadable) {
        if (this instanceof Windows found) {
            return windows.apply(found);
        }
        if (this instanceof Unset none) {
            return unset.apply(none);
        }
        if (this instanceof Unreadable bad) {
            return unreadable.apply(bad);
        }
        throw new AssertionError(this);
    }
}
