package io.jenkins.plugins.amirefresh.step.events;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.Queues;
import io.jenkins.plugins.amirefresh.events.ChangeEvent;
import io.jenkins.plugins.amirefresh.events.Concerned;
import io.jenkins.plugins.amirefresh.events.EventDecider;
import io.jenkins.plugins.amirefresh.events.EventReader;
import io.jenkins.plugins.amirefresh.events.Reading;
import io.jenkins.plugins.amirefresh.events.RecycleTags;
import io.jenkins.plugins.amirefresh.events.Verdict;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Looks into a queue for a trigger: which groups a build is to be started for. Keeps nothing: a message stays in the queue until
 * a build that names it is on record, whatever dies before that.
 */
public final class EventWatch {

    /** Shorter than the time between two looks, so that each sees every message. */
    private static final Duration HIDDEN_FOR = Duration.ofSeconds(30);

    private static final int MOST_BATCHES = 100;

    private final Cloud cloud;
    private final Clock clock;
    private final Watched watched;
    private final Map<String, String> tagNames;
    private final Consumer<String> log;

    /**
     * What is watched.
     *
     * @param queue by name
     * @param job the name of the job that is started
     * @param jobs what groups' tag autorecycle_step_function_name calls that job, beside nothing and {@code autorecycle}
     * @param quietFor how long a group's events have to be over
     */
    public record Watched(String queue, String job, Set<String> jobs, Duration quietFor) {

        /**
         * Refuses what is no name of a queue.
         *
         * @throws ParameterException naming it
         */
        public Watched {
            QueueName.requireName(RecycleOnEvents.QUEUE, queue);
            jobs = Set.copyOf(jobs);
        }
    }

    /**
     * A watch on one account and region.
     *
     * @param tagNames configured name by standard name
     */
    public EventWatch(Cloud cloud, Clock clock, Watched watched, Map<String, String> tagNames, Consumer<String> log) {
        this.cloud = cloud;
        this.clock = clock;
        this.watched = watched;
        this.tagNames = Map.copyOf(tagNames);
        this.log = log;
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

    private record Unread(Queues.Message message, ChangeEvent event) {}

    /**
     * One look: deletes what is on record or asks for nothing, moves what nobody can read, and says what is due.
     *
     * @param recorded ids that a build of the job names
     * @param waiting ids that a build in Jenkins' queue names
     * @throws io.jenkins.plugins.amirefresh.cloud.CloudException when AWS refused or did not answer
     */
    public Due look(Set<String> recorded, Set<String> waiting) {
        Queues queues = cloud.queues();
        String address = queues.address(watched.queue());
        List<Queues.Message> done = new ArrayList<>();
        List<Unread> open = new ArrayList<>();
        EventReader reader = new EventReader(RecycleTags.configured(tagNames));
        for (Queues.Message message : received(queues, address)) {
            Reading reading = reader.read(message.body());
            if (recorded.contains(message.id()) || reading instanceof Reading.Ignored) {
                done.add(message);
            } else if (reading instanceof Reading.Poison poison) {
                bury(queues, address, message, poison.reason());
            } else if (reading instanceof Reading.Change change && !waiting.contains(message.id())) {
                place(queues, address, message, change.event(), open);
            }
        }
        Due due = open.isEmpty() ? new Due(List.of(), List.of()) : due(open, done);
        queues.delete(address, done);
        return due;
    }

    private List<Queues.Message> received(Queues queues, String address) {
        Map<String, Queues.Message> messages = new LinkedHashMap<>();
        for (int batch = 0; batch < MOST_BATCHES; batch++) {
            List<Queues.Message> some = queues.receive(address, HIDDEN_FOR);
            if (some.isEmpty()) {
                break;
            }
            some.forEach(message -> messages.put(message.id(), message));
        }
        return List.copyOf(messages.values());
    }

    private void bury(Queues queues, String address, Queues.Message message, String reason) {
        log.accept("cannot read message " + message.id() + ": it " + reason);
        queues.deadLetterQueue(address).ifPresent(deadLetters -> {
            queues.send(deadLetters, message.body(), Map.of("Reason", reason, "MessageId", message.id()));
            queues.delete(address, List.of(message));
        });
    }

    private void place(Queues queues, String address, Queues.Message message, ChangeEvent event, List<Unread> open) {
        boolean isHere = (event.account().isEmpty()
                        || event.account().equals(cloud.account().value()))
                && (event.region().isEmpty()
                        || event.region().equals(cloud.region().value()));
        if (isHere) {
            open.add(new Unread(message, event));
        } else {
            bury(queues, address, message, "is about " + event.account() + " in " + event.region());
        }
    }

    private Due due(List<Unread> open, List<Queues.Message> done) {
        List<GroupObservation> fleet = cloud.autoScalingGroups().all();
        Concerned concerned = new Concerned(OwnNames::of, use -> cloud.launchTemplates()
                .version(use.id(), use.version())
                .map(LaunchTemplateVersionData::imageId));
        EventDecider decider = new EventDecider(
                tagNames,
                watched.jobs().stream().collect(Collectors.toMap(name -> name, name -> watched.job())),
                watched.job());
        Set<String> due = new TreeSet<>();
        Set<String> messages = new TreeSet<>();
        Map<String, List<Unread>> byGroup = new LinkedHashMap<>();
        for (Unread unread : open) {
            Collection<GroupObservation> groups = fleet.stream()
                    .filter(group -> concerned.includes(unread.event(), group) && isRecycled(decider, group))
                    .toList();
            groups.forEach(group -> byGroup.computeIfAbsent(group.key().name().value(), any -> new ArrayList<>())
                    .add(unread));
            if (groups.isEmpty()) {
                done.add(unread.message());
            }
        }
        byGroup.forEach((group, unread) -> {
            if (isQuiet(unread)) {
                due.add(group);
            }
        });
        // A message about several groups is named once all of them are due: until then it keeps every one of them
        // waiting.
        open.stream()
                .filter(unread -> byGroup.values().stream().anyMatch(list -> list.contains(unread)))
                .filter(unread -> byGroup.entrySet().stream()
                        .filter(entry -> entry.getValue().contains(unread))
                        .allMatch(entry -> due.contains(entry.getKey())))
                .forEach(unread -> messages.add(unread.message().id()));
        due.removeIf(group -> byGroup.getOrDefault(group, List.of()).stream()
                .anyMatch(unread -> !messages.contains(unread.message().id())));
        return new Due(List.copyOf(due), List.copyOf(messages));
    }

    private static boolean isRecycled(EventDecider decider, GroupObservation group) {
        return decider.decide(group, "").word() == Verdict.Word.RECYCLED;
    }

    private boolean isQuiet(List<Unread> unread) {
        Instant now = clock.instant();
        Instant last = unread.stream()
                .map(one -> one.message().sentAt())
                .max(Instant::compareTo)
                .orElse(now);
        Instant first = unread.stream()
                .map(one -> one.message().sentAt())
                .min(Instant::compareTo)
                .orElse(now);
        return !now.isBefore(last.plus(watched.quietFor()))
                || !now.isBefore(first.plus(watched.quietFor().multipliedBy(10)));
    }
}
