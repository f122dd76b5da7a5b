package io.jenkins.plugins.amirefresh.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that others changed.
 *
 * @param names of groups; the id or name of a template; the name of a parameter
 * @param account 12 digits, empty when the event does not say
 * @param region empty when the event does not say
 * @param at when it was done, null when the event does not say
 * @param session the session of the role that did it, empty for who has none
 * @param what the API's operation or the event's kind, for people
 */
public record ChangeEvent(
        ChangeKind kind,
        List<String> names,
        String account,
        String region,
        @Nullable Instant at,
        String session,
        String what) {

    /** Copies the names. */
    public ChangeEvent {
        names = List.copyOf(names);
    }

    /** For people: {@code UpdateAutoScalingGroup of web}. */
    public String text() {
        return what + " of " + String.join(", ", names);
    }
}
