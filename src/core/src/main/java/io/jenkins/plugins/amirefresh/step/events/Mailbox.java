package io.jenkins.plugins.amirefresh.step.events;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.Queues;
import io.jenkins.plugins.amirefresh.events.Letter;
import io.jenkins.plugins.amirefresh.events.Letter.Fate;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.events.EventState.Listener;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The step's queues: takes messages in, moves those nobody can read, deletes those that have done their work. */
final class Mailbox {

    /** Ten batches of ten: what comes faster waits for the next tick. */
    private static final int MOST_BATCHES = 10;

    private static final int MOST_REASONS = 3;

    /** Who dies before it is on disk that a message was received loses no more time than this. */
    static final Duration UNTIL_SAVED = Duration.ofMinutes(1);

    /** While its groups wait to be quiet and to begin, a message stays hidden; afterwards it is on record and deleted. */
    private static final Duration BEYOND_QUIET = Duration.ofMinutes(15);

    /** It is hidden anew so long before that is over: at most so long nobody may look. */
    static final Duration BEFORE_THE_END = Duration.ofMinutes(10);

    private final StepHost host;
    private final EventSettings settings;
    private final MessageReader reader;
    private final Set<String> ignored = new LinkedHashSet<>();
    private final Map<Place, RuntimeException> unopened = new LinkedHashMap<>();

    Mailbox(StepHost host, EventSettings settings) {
        this.host = host;
        this.settings = settings;
        this.reader = new MessageReader(host.settings().tagNames());
    }

    /**
     * Looks the queues up.
     *
     * @throws ParameterException when there is no such queue
     */
    Listener open(List<Place> places) {
        List<OpenQueue> queues = new ArrayList<>();
        Map<Place, RuntimeException> problems = new LinkedHashMap<>();
        for (Place place : places) {
            try {
                queues.add(open(place));
            } catch (CloudException e) {
                if (e.isTransient()) {
                    throw e;
                }
                problems.put(place, e);
            } catch (ParameterException e) {
                problems.put(place, e);
            }
        }
        if (queues.isEmpty() && !problems.isEmpty()) {
            throw problems.values().iterator().next();
        }
        unopened.putAll(problems);
        if (queues.stream().noneMatch(OpenQueue::isRead)) {
            throw ParameterException.of(
                    RecycleOnEvents.QUEUE,
                    settings.queue().address(),
                    "the address of a queue in the accounts and regions of this step");
        }
        return Listener.of(host.clock().instant(), queues);
    }

    /** Why places have no queue that could be opened, while others have. */
    Map<Place, RuntimeException> unopened() {
        return Map.copyOf(unopened);
    }

    private OpenQueue open(Place place) {
        AccountId account = host.cloud(place.access(), place.region()).account();
        QueueName wanted = settings.queue();
        boolean isElsewhere = wanted.isAddress()
                && !(wanted.account().equals(account.value())
                        && wanted.region().equals(place.region().value()));
        if (isElsewhere) {
            return new OpenQueue(place, account, "", "");
        }
        Queues queues = queues(place);
        String address = address(queues, RecycleOnEvents.QUEUE, wanted.name(), place);
        String deadLetters = settings.deadLetterQueue().isEmpty()
                ? queues.deadLetterQueue(address).orElse("")
                : address(queues, RecycleOnEvents.DEAD_LETTER_QUEUE, settings.deadLetterQueue(), place);
        if (deadLetters.equals(address)) {
            throw ParameterException.of(
                    RecycleOnEvents.DEAD_LETTER_QUEUE, deadLetters, "another queue than the one that is read");
        }
        return new OpenQueue(place, account, address, deadLetters);
    }

    private static String address(Queues queues, String parameter, String name, Place place) {
        try {
            return queues.address(name);
        } catch (CloudException.NotFound e) {
            throw ParameterException.of(parameter, name, "the name of a queue that exists for " + place);
        }
    }

    private Queues queues(Place place) {
        return host.cloud(place.access(), place.region()).queues();
    }

    /** The state with every message that waits, up to some. */
    StepState collected(StepState before, Listener listener) {
        StepState state = before;
        boolean isDrained = true;
        for (int number = 0; number < listener.queues().size(); number++) {
            OpenQueue queue = listener.queues().get(number);
            for (int batch = 0; queue.isRead() && batch < MOST_BATCHES; batch++) {
                List<Queues.Message> messages = queues(queue.place()).receive(queue.address(), UNTIL_SAVED);
                List<Letter> letters = letters(state, number, messages);
                state = EventState.withUnread(EventState.with(state, letters), letters);
                isDrained &= messages.isEmpty();
                if (messages.isEmpty()) {
                    break;
                }
            }
        }
        sayIgnored();
        return EventState.with(state, listener.drained(isDrained));
    }

    /** One line a tick: a busy account tells of much that recycles nothing. */
    private void sayIgnored() {
        if (!ignored.isEmpty()) {
            int more = ignored.size() - MOST_REASONS;
            host.log(RecycleOnEvents.NAME + ": ignored: "
                    + ignored.stream().limit(MOST_REASONS).collect(Collectors.joining("; "))
                    + (more > 0 ? "; and " + more + " more" : ""));
            ignored.clear();
        }
    }

    private List<Letter> letters(StepState state, int queue, List<Queues.Message> messages) {
        List<Letter> letters = new ArrayList<>();
        for (Queues.Message message : messages) {
            letters.add(EventState.letter(state, message.id())
                    .map(known -> known.again(message.receipt()))
                    .map(known -> known.fate() == Fate.GONE ? known.with(Fate.SETTLED, "it came again") : known)
                    .orElseGet(() -> letter(queue, message)));
        }
        return letters;
    }

    private Letter letter(int queue, Queues.Message message) {
        Letter letter = reader.read(queue, message, host.clock().instant());
        if (letter.fate() == Fate.OPEN) {
            host.log(RecycleOnEvents.NAME + ": " + letter.text());
        } else if (letter.fate() == Fate.POISON) {
            host.log(RecycleOnEvents.NAME + ": cannot read " + letter.text() + ": it " + letter.reason());
        } else if (!letter.reason().isEmpty()) {
            ignored.add(letter.reason());
        }
        return letter;
    }

    /** The state in which messages are moved, deleted or left as their letters say; what is said there is on disk already. */
    StepState dispatched(StepState before, Listener listener) {
        List<Letter> changed = new ArrayList<>();
        for (int number = 0; number < listener.queues().size(); number++) {
            OpenQueue queue = listener.queues().get(number);
            int own = number;
            List<Letter> letters = EventState.letters(before).stream()
                    .filter(letter -> letter.queue() == own)
                    .toList();
            changed.addAll(moved(queue, letters));
            changed.addAll(held(queue, letters));
            List<Letter> settled = letters.stream()
                    .filter(letter -> letter.fate() == Fate.SETTLED)
                    .toList();
            if (!settled.isEmpty() && !settings.isDryRun()) {
                queues(queue.place()).delete(queue.address(), messages(settled));
                settled.forEach(letter -> changed.add(letter.gone()));
            }
        }
        return EventState.with(before, changed);
    }

    private List<Letter> moved(OpenQueue queue, List<Letter> letters) {
        List<Letter> changed = new ArrayList<>();
        for (Letter letter : letters) {
            if (letter.fate() == Fate.POISON && !queue.deadLetters().isEmpty() && !settings.isDryRun()) {
                changed.add(moved(queue, letter));
            }
        }
        return changed;
    }

    /** Where it cannot go it stays, and keeps nobody from what comes after it. */
    private Letter moved(OpenQueue queue, Letter letter) {
        try {
            queues(queue.place())
                    .send(
                            queue.deadLetters(),
                            String.valueOf(letter.body()),
                            MessageReader.attributes(letter, queue.address()));
        } catch (CloudException e) {
            if (e.isTransient()) {
                throw e;
            }
            host.log(RecycleOnEvents.NAME + ": message " + letter.id() + " stays in the queue: " + e.getMessage());
            return letter.with(Fate.LEFT, String.valueOf(e.getMessage()));
        }
        queues(queue.place()).delete(queue.address(), messages(List.of(letter)));
        return letter.gone();
    }

    /** A message that comes again counts as one more attempt, and SQS moves it away after a few: it stays hidden. */
    private List<Letter> held(OpenQueue queue, List<Letter> letters) {
        Instant now = host.clock().instant();
        List<Letter> kept = letters.stream()
                .filter(letter -> letter.fate() == Fate.OPEN || (settings.isDryRun() && letter.fate() != Fate.LEFT))
                .filter(letter -> !letter.isHeld(now, BEFORE_THE_END))
                .toList();
        Duration time = settings.calm().atMost().plus(BEYOND_QUIET);
        if (!kept.isEmpty()) {
            queues(queue.place()).hide(queue.address(), messages(kept), time);
        }
        return kept.stream().map(letter -> letter.held(now.plus(time))).toList();
    }

    /** Lets others have messages at once; they come again by themselves when that does not work. */
    void giveBack(List<Letter> letters, Listener listener) {
        for (int number = 0; number < listener.queues().size(); number++) {
            OpenQueue queue = listener.queues().get(number);
            int own = number;
            List<Letter> some = letters.stream()
                    .filter(letter -> letter.queue() == own && letter.fate() != Fate.GONE)
                    .toList();
            try {
                if (!some.isEmpty()) {
                    queues(queue.place()).hide(queue.address(), messages(some), Duration.ZERO);
                }
            } catch (CloudException e) {
                host.log(RecycleOnEvents.NAME + ": messages stay hidden for a while: " + e.getMessage());
            }
        }
    }

    private static List<Queues.Message> messages(List<Letter> letters) {
        return letters.stream().map(MessageReader::message).toList();
    }
}
