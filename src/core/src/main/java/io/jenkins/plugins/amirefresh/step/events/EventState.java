package io.jenkins.plugins.amirefresh.step.events;

import io.jenkins.plugins.amirefresh.events.EventMessage;
import io.jenkins.plugins.amirefresh.events.Verdict;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The step's documents beside those of the refreshes: its queues, its messages and what was decided of groups. */
final class EventState {

    private static final String LISTENER = "listener";
    private static final String MESSAGE = "letter:";
    private static final String VERDICT = "verdict:";
    private static final String UNREAD = "unread:";

    private EventState() {}

    /**
     * Where the step listens, and whether it still does.
     *
     * @param isClosed it takes no more messages
     * @param isDrained the last look found none
     * @param askedAt a look began then, of which nobody knows what it found; null when that is known
     * @param hiddenUntil so long may messages be hidden that such a look has found
     * @param problem why it cannot listen any more, null while it can
     */
    record Listener(
            Instant openedAt,
            List<OpenQueue> queues,
            boolean isClosed,
            boolean isDrained,
            @Nullable Instant askedAt,
            Instant hiddenUntil,
            @Nullable String problem) {

        Listener {
            queues = List.copyOf(queues);
        }

        static Listener of(Instant now, List<OpenQueue> queues) {
            return new Listener(now, queues, false, false, null, now, null);
        }

        Listener closed() {
            return new Listener(openedAt, queues, true, isDrained, askedAt, hiddenUntil, problem);
        }

        Listener drained(boolean nothingCame) {
            return new Listener(openedAt, queues, isClosed, nothingCame, askedAt, hiddenUntil, problem);
        }

        /** A look begins; of one that began before and has no answer, the messages may be hidden. */
        Listener asking(Instant now) {
            Instant until = askedAt == null ? hiddenUntil : askedAt.plus(EventQueues.UNTIL_SAVED);
            return new Listener(openedAt, queues, isClosed, isDrained, now, until, problem);
        }

        Listener answered() {
            return new Listener(openedAt, queues, isClosed, isDrained, null, hiddenUntil, problem);
        }

        Listener broken(String why) {
            return new Listener(openedAt, queues, true, isDrained, askedAt, hiddenUntil, why);
        }
    }

    static Optional<Listener> listener(StepState state) {
        return state.read(LISTENER, Listener.class);
    }

    static StepState with(StepState state, Listener listener) {
        return state.with(LISTENER, Json.write(listener));
    }

    static List<EventMessage> eventMessages(StepState state) {
        return state.readAll(MESSAGE, EventMessage.class);
    }

    static Optional<EventMessage> eventMessage(StepState state, String id) {
        return state.read(MESSAGE + id, EventMessage.class);
    }

    static StepState with(StepState state, EventMessage eventMessage) {
        return state.with(MESSAGE + eventMessage.id(), Json.write(eventMessage));
    }

    /** One copy for many messages. */
    static StepState with(StepState state, List<EventMessage> eventMessages) {
        Map<String, String> changed = new LinkedHashMap<>();
        eventMessages.forEach(eventMessage -> changed.put(MESSAGE + eventMessage.id(), Json.write(eventMessage)));
        return changed.isEmpty() ? state : state.withAll(changed);
    }

    static Map<GroupKey, Verdict> verdicts(StepState state) {
        Map<GroupKey, Verdict> verdicts = new TreeMap<>();
        state.readAll(VERDICT, Verdict.class).forEach(verdict -> verdicts.put(verdict.group(), verdict));
        return verdicts;
    }

    static StepState with(StepState state, Verdict verdict) {
        return state.with(VERDICT + verdict.group(), Json.write(verdict));
    }

    /** A message that nobody can read, whatever becomes of it. */
    record Unread(String id, String reason) {}

    static List<Unread> unread(StepState state) {
        return state.readAll(UNREAD, Unread.class);
    }

    static StepState withUnread(StepState state, Collection<EventMessage> eventMessages) {
        Map<String, String> changed = new LinkedHashMap<>();
        eventMessages.stream()
                .filter(eventMessage -> eventMessage.fate() == EventMessage.Fate.POISON)
                .forEach(eventMessage -> changed.put(
                        UNREAD + eventMessage.id(), Json.write(new Unread(eventMessage.id(), eventMessage.reason()))));
        return changed.isEmpty() ? state : state.withAll(changed);
    }
}
