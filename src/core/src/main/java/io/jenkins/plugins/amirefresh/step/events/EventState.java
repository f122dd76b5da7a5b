package io.jenkins.plugins.amirefresh.step.events;

import io.jenkins.plugins.amirefresh.events.Letter;
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

/** The step's documents beside those of the refreshes: its queues, its letters and what was decided of groups. */
final class EventState {

    private static final String LISTENER = "listener";
    private static final String LETTER = "letter:";
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
            Instant until = askedAt == null ? hiddenUntil : askedAt.plus(Mailbox.UNTIL_SAVED);
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

    static List<Letter> letters(StepState state) {
        return state.readAll(LETTER, Letter.class);
    }

    static Optional<Letter> letter(StepState state, String id) {
        return state.read(LETTER + id, Letter.class);
    }

    static StepState with(StepState state, Letter letter) {
        return state.with(LETTER + letter.id(), Json.write(letter));
    }

    /** One copy for many letters. */
    static StepState with(StepState state, List<Letter> letters) {
        Map<String, String> changed = new LinkedHashMap<>();
        letters.forEach(letter -> changed.put(LETTER + letter.id(), Json.write(letter)));
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

    static StepState withUnread(StepState state, Collection<Letter> letters) {
        Map<String, String> changed = new LinkedHashMap<>();
        letters.stream()
                .filter(letter -> letter.fate() == Letter.Fate.POISON)
                .forEach(letter ->
                        changed.put(UNREAD + letter.id(), Json.write(new Unread(letter.id(), letter.reason()))));
        return changed.isEmpty() ? state : state.withAll(changed);
    }
}
