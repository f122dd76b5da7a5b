package io.jenkins.plugins.amirefresh.step.events;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.Queues;
import io.jenkins.plugins.amirefresh.events.EventMessage;
import io.jenkins.plugins.amirefresh.events.EventMessage.Fate;
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
final class EventQueues {

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

    EventQueues(StepHost host, EventSettings settings) {
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
                List<EventMessage> eventMessages = eventMessages(state, number, messages);
                state = EventState.withUnread(EventState.with(state, eventMessages), eventMessages);
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

    private List<EventMessage> eventMessages(StepState state, int queue, List<Queues.Message> messages) {
        List<EventMessage> eventMessages = new ArrayList<>();
        for (Queues.Message message : messages) {
            eventMessages.add(EventState.eventMessage(state, message.id())
                    .map(known -> known.again(message.receipt()))
                    .map(known -> known.fate() == Fate.GONE ? known.with(Fate.SETTLED, "it came again") : known)
                    .orElseGet(() -> eventMessage(queue, message)));
        }
        return eventMessages;
    }

    private EventMessage eventMessage(int queue, Queues.Message message) {
        EventMessage eventMessage = reader.read(queue, message, host.clock().instant());
        if (eventMessage.fate() == Fate.OPEN) {
            host.log(RecycleOnEvents.NAME + ": " + eventMessage.text());
        } else if (eventMessage.fate() == Fate.POISON) {
            host.log(RecycleOnEvents.NAME + ": cannot read " + eventMessage.text() + ": it " + eventMessage.reason());
        } else if (!eventMessage.reason().isEmpty()) {
            ignored.add(eventMessage.reason());
        }
        return eventMessage;
    }

    /** The state in which messages are moved, deleted or left as their messages say; what is said there is on disk already. */
    StepState dispatched(StepState before, Listener listener) {
        List<EventMessage> changed = new ArrayList<>();
        for (int number = 0; number < listener.queues().size(); number++) {
            OpenQueue queue = listener.queues().get(number);
            int own = number;
            List<EventMessage> eventMessages = EventState.eventMessages(before).stream()
                    .filter(eventMessage -> eventMessage.queue() == own)
                    .toList();
            changed.addAll(moved(queue, eventMessages));
            changed.addAll(held(queue, eventMessages));
            List<EventMessage> settled = eventMessages.stream()
                    .filter(eventMessage -> eventMessage.fate() == Fate.SETTLED)
                    .toList();
            if (!settled.isEmpty() && !settings.isDryRun()) {
                queues(queue.place()).delete(queue.address(), messages(settled));
                settled.forEach(eventMessage -> changed.add(eventMessage.gone()));
            }
        }
        return EventState.with(before, changed);
    }

    private List<EventMessage> moved(OpenQueue queue, List<EventMessage> eventMessages) {
        List<EventMessage> changed = new ArrayList<>();
        for (EventMessage eventMessage : eventMessages) {
            if (eventMessage.fate() == Fate.POISON && !queue.deadLetters().isEmpty() && !settings.isDryRun()) {
                changed.add(moved(queue, eventMessage));
            }
        }
        return changed;
    }

    /** Where it cannot go it stays, and keeps nobody from what comes after it. */
    private EventMessage moved(OpenQueue queue, EventMessage eventMessage) {
        try {
            queues(queue.place())
                    .send(
                            queue.deadLetters(),
                            String.valueOf(eventMessage.body()),
                            MessageReader.attributes(eventMessage, queue.address()));
        } catch (CloudException e) {
            if (e.isTransient()) {
                throw e;
            }
            host.log(
                    RecycleOnEvents.NAME + ": message " + eventMessage.id() + " stays in the queue: " + e.getMessage());
            return eventMessage.with(Fate.LEFT, String.valueOf(e.getMessage()));
        }
        queues(queue.place()).delete(queue.address(), messages(List.of(eventMessage)));
        return eventMessage.gone();
    }

    /** A message that comes again counts as one more attempt, and SQS moves it away after a few: it stays hidden. */
    private List<EventMessage> held(OpenQueue queue, List<EventMessage> eventMessages) {
        Instant now = host.clock().instant();
        List<EventMessage> kept = eventMessages.stream()
                .filter(eventMessage ->
                        eventMessage.fate() == Fate.OPEN || (settings.isDryRun() && eventMessage.fate() != Fate.LEFT))
                .filter(eventMessage -> !eventMessage.isHeld(now, BEFORE_THE_END))
                .toList();
        Duration time = settings.calm().atMost().plus(BEYOND_QUIET);
        if (!kept.isEmpty()) {
            queues(queue.place()).hide(queue.address(), messages(kept), time);
        }
        return kept.stream()
                .map(eventMessage -> eventMessage.held(now.plus(time)))
                .toList();
    }

    /** Lets others have messages at once; they come again by themselves when that does not work. */
    void giveBack(List<EventMessage> eventMessages, Listener listener) {
        for (int number = 0; number < listener.queues().size(); number++) {
            OpenQueue queue = listener.queues().get(number);
            int own = number;
            List<EventMessage> some = eventMessages.stream()
                    .filter(eventMessage -> eventMessage.queue() == own && eventMessage.fate() != Fate.GONE)
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

    private static List<Queues.Message> messages(List<EventMessage> eventMessages) {
        return eventMessages.stream().map(MessageReader::message).toList();
    }
}
