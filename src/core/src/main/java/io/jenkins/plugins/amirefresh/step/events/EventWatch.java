package io.jenkins.plugins.amirefresh.step.events;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.Queues;
import io.jenkins.plugins.amirefresh.events.ChangeEvent;
import io.jenkins.plugins.amirefresh.events.EventDecider;
import io.jenkins.plugins.amirefresh.events.EventMatch;
import io.jenkins.plugins.amirefresh.events.EventMessage;
import io.jenkins.plugins.amirefresh.events.EventMessage.Fate;
import io.jenkins.plugins.amirefresh.events.PendingGroups;
import io.jenkins.plugins.amirefresh.events.Verdict;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.fleet.OwnNames;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Looks into a queue for a trigger: which groups a build is to be started for. A message stays in the queue, hidden, until a
 * build that names it is on record, whatever dies before that: what memory loses comes again.
 */
public final class EventWatch {

    /** Who dies loses no more time than this. */
    private static final Duration HIDDEN_FOR = Duration.ofMinutes(5);

    /** Hidden anew so long before that is over: looks are a minute apart. */
    private static final Duration BEFORE_THE_END = Duration.ofMinutes(3);

    /** A build that was asked for is waiting or on record by then. */
    private static final Duration UNTIL_KNOWN = Duration.ofSeconds(30);

    private static final int MOST_BATCHES = 100;

    private final Cloud cloud;
    private final Clock clock;
    private final Watched watched;
    private final Map<String, String> tagNames;
    private final Consumer<String> log;
    private final Memory memory;
    private final Queues queues;
    private final MessageReader reader;

    /**
     * What is watched.
     *
     * @param queue by name
     * @param job the name of the job that is started
     * @param jobs what groups' tag autorecycle_step_function_name calls that job, beside nothing and {@code autorecycle}
     * @param quietFor how long a group's events have to be over
     */
    public record Watched(String queue, String job, Set<String> jobs, Duration quietFor) {

        /** As the step's default is to its own. */
        private static final int AT_MOST = 10;

        /**
         * Refuses what is no name of a queue.
         *
         * @throws ParameterException naming it
         */
        public Watched {
            QueueName.requireName(RecycleOnEvents.QUEUE, queue);
            jobs = Set.copyOf(jobs);
        }

        private PendingGroups.Calm calm() {
            return new PendingGroups.Calm(quietFor, quietFor.multipliedBy(AT_MOST));
        }
    }

    /** What was received and is not settled, from look to look: SQS moves a message away that comes again too often. */
    public static final class Memory {
        private final Map<String, EventMessage> eventMessages = new LinkedHashMap<>();
        private final Map<String, Instant> asked = new LinkedHashMap<>();

        private void forget(Collection<EventMessage> gone) {
            gone.forEach(eventMessage -> {
                eventMessages.remove(eventMessage.id());
                asked.remove(eventMessage.id());
            });
        }
    }

    /**
     * A watch on one account and region.
     *
     * @param tagNames configured name by standard name
     * @param memory of earlier looks into the same queue
     */
    public EventWatch(
            Cloud cloud,
            Clock clock,
            Watched watched,
            Map<String, String> tagNames,
            Consumer<String> log,
            Memory memory) {
        this.cloud = cloud;
        this.clock = clock;
        this.watched = watched;
        this.tagNames = Map.copyOf(tagNames);
        this.log = log;
        this.memory = memory;
        this.queues = cloud.queues();
        this.reader = new MessageReader(tagNames);
    }

    /**
     * What a build is to be started for.
     *
     * @param groups the names of Auto Scaling groups, none when nothing is due
     * @param messages the ids that the build has to name
     */
    public record Due(List<String> groups, List<String> messages) {

        /** Copies the lists. */
        public Due {
            groups = List.copyOf(groups);
            messages = List.copyOf(messages);
        }
    }

    /**
     * One look: deletes what is on record or asks for nothing, moves what nobody can read, and says what is due.
     *
     * @param recorded ids that a build of the job names
     * @param waiting ids that a build in Jenkins' queue names
     * @throws CloudException when AWS refused or did not answer
     */
    public Due look(Set<String> recorded, Set<String> waiting) {
        String address = queues.address(watched.queue());
        receive(address);
        settle(recorded);
        bury(address);
        Due due = open(waiting).isEmpty() ? new Due(List.of(), List.of()) : due(waiting);
        delete(address);
        hold(address);
        return due;
    }

    private void receive(String address) {
        Instant now = clock.instant();
        for (int batch = 0; batch < MOST_BATCHES; batch++) {
            List<Queues.Message> some = queues.receive(address, HIDDEN_FOR);
            if (some.isEmpty()) {
                return;
            }
            for (Queues.Message message : some) {
                EventMessage known = memory.eventMessages.get(message.id());
                EventMessage eventMessage = known == null ? read(message) : known.again(message.receipt());
                memory.eventMessages.put(message.id(), eventMessage.held(now.plus(HIDDEN_FOR)));
            }
        }
    }

    /** It counts from when it was sent: looks are far apart. */
    private EventMessage read(Queues.Message message) {
        EventMessage eventMessage = reader.read(0, message, message.sentAt());
        ChangeEvent event = eventMessage.event();
        OpenQueue here = new OpenQueue(new Place(AccountAccess.SELF, cloud.region()), cloud.account(), "", "");
        EventMessage told = event == null || here.isAbout(event.account(), event.region())
                ? eventMessage
                : eventMessage.with(Fate.POISON, "is about " + event.account() + " in " + event.region());
        if (told.fate() == Fate.POISON) {
            log.accept("cannot read " + told.text() + ": it " + told.reason());
        }
        return told;
    }

    private void settle(Set<String> recorded) {
        memory.eventMessages.replaceAll((id, eventMessage) ->
                recorded.contains(id) ? eventMessage.with(Fate.SETTLED, "a build has it") : eventMessage);
    }

    private List<EventMessage> of(Fate fate) {
        return memory.eventMessages.values().stream()
                .filter(eventMessage -> eventMessage.fate() == fate)
                .toList();
    }

    private List<EventMessage> open(Set<String> waiting) {
        Instant now = clock.instant();
        return of(Fate.OPEN).stream()
                .filter(eventMessage -> !waiting.contains(eventMessage.id()))
                .filter(eventMessage -> !now.isBefore(memory.asked
                        .getOrDefault(eventMessage.id(), Instant.EPOCH)
                        .plus(UNTIL_KNOWN)))
                .toList();
    }

    /** Where it cannot go it stays, and keeps nobody from what comes after it. */
    private void bury(String address) {
        List<EventMessage> poison = of(Fate.POISON);
        if (poison.isEmpty()) {
            return;
        }
        Optional<String> deadLetters = queues.deadLetterQueue(address);
        for (EventMessage eventMessage : poison) {
            try {
                deadLetters.ifPresent(target -> queues.send(
                        target, String.valueOf(eventMessage.body()), MessageReader.attributes(eventMessage, address)));
                Fate fate = deadLetters.isPresent() ? Fate.SETTLED : Fate.LEFT;
                memory.eventMessages.put(eventMessage.id(), eventMessage.with(fate, eventMessage.reason()));
            } catch (CloudException e) {
                log.accept("message " + eventMessage.id() + " stays in the queue: " + e.getMessage());
                memory.eventMessages.put(
                        eventMessage.id(),
                        e.isTransient() ? eventMessage : eventMessage.with(Fate.LEFT, String.valueOf(e.getMessage())));
            }
        }
    }

    private void delete(String address) {
        List<EventMessage> settled = of(Fate.SETTLED);
        queues.delete(address, settled.stream().map(MessageReader::message).toList());
        memory.forget(settled);
    }

    private void hold(String address) {
        Instant now = clock.instant();
        List<EventMessage> kept = of(Fate.OPEN).stream()
                .filter(eventMessage -> !eventMessage.isHeld(now, BEFORE_THE_END))
                .toList();
        if (!kept.isEmpty()) {
            queues.hide(address, kept.stream().map(MessageReader::message).toList(), HIDDEN_FOR);
            kept.forEach(eventMessage ->
                    memory.eventMessages.put(eventMessage.id(), eventMessage.held(now.plus(HIDDEN_FOR))));
        }
    }

    private Due due(Set<String> waiting) {
        List<GroupObservation> fleet = cloud.autoScalingGroups().all();
        List<EventMessage> open = new ArrayList<>();
        for (EventMessage eventMessage : open(waiting)) {
            List<GroupKey> groups = groups(eventMessage, fleet);
            if (groups.isEmpty()) {
                memory.eventMessages.put(
                        eventMessage.id(), eventMessage.with(Fate.SETTLED, "it is about no group of this job"));
            } else {
                open.add(eventMessage.about(groups));
            }
        }
        Instant now = clock.instant();
        Set<GroupKey> quiet = new PendingGroups(open, Map.of(), group -> false, group -> false)
                .pending(watched.calm()).stream()
                        .filter(pending -> !now.isBefore(pending.due()))
                        .map(PendingGroups.Pending::group)
                        .collect(Collectors.toSet());
        Set<GroupKey> due = together(open, quiet);
        List<String> messages = open.stream()
                .filter(eventMessage -> due.containsAll(eventMessage.about()))
                .map(EventMessage::id)
                .toList();
        messages.forEach(id -> memory.asked.put(id, now));
        return new Due(due.stream().map(group -> group.name().value()).toList(), messages);
    }

    /** A message about several groups is named once all of them are due: until then it keeps every one of them waiting. */
    private static Set<GroupKey> together(List<EventMessage> open, Set<GroupKey> quiet) {
        Set<GroupKey> due = new TreeSet<>(quiet);
        int before;
        do {
            before = due.size();
            open.stream()
                    .filter(eventMessage -> !due.containsAll(eventMessage.about()))
                    .forEach(eventMessage -> eventMessage.about().forEach(due::remove));
        } while (due.size() < before);
        return due;
    }

    private List<GroupKey> groups(EventMessage eventMessage, List<GroupObservation> fleet) {
        EventMatch eventMatch = new EventMatch(OwnNames::of, use -> cloud.launchTemplates()
                .version(use.id(), use.version())
                .map(LaunchTemplateVersionData::imageId));
        EventDecider decider = new EventDecider(
                tagNames,
                watched.jobs().stream().collect(Collectors.toMap(name -> name, name -> watched.job())),
                watched.job());
        ChangeEvent event = eventMessage.event();
        List<GroupKey> groups = new ArrayList<>();
        for (GroupObservation group : fleet) {
            if (event != null && eventMatch.includes(event, group)) {
                Verdict verdict = decider.decide(group, "");
                if (verdict.word() == Verdict.Word.RECYCLED) {
                    groups.add(group.key());
                } else if (verdict.word() == Verdict.Word.REFUSED) {
                    log.accept(group.key().name() + ": refused: " + verdict.reason());
                }
            }
        }
        return groups;
    }
}
