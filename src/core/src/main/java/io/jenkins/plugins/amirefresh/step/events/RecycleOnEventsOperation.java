package io.jenkins.plugins.amirefresh.step.events;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.events.Audience;
import io.jenkins.plugins.amirefresh.events.EventDecider;
import io.jenkins.plugins.amirefresh.events.EventMessage;
import io.jenkins.plugins.amirefresh.events.EventMessage.Fate;
import io.jenkins.plugins.amirefresh.events.PendingGroups;
import io.jenkins.plugins.amirefresh.events.Verdict;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.events.EventState.Listener;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetReader;
import io.jenkins.plugins.amirefresh.step.fleet.GroupFamilies;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.pagerduty.PagerDutyEvent;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.recycle.Recycling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes messages in, decides upon each group when it has been quiet for a while, drives its refresh, and deletes a message
 * when all that it asks for is on record.
 */
final class RecycleOnEventsOperation implements StepOperation {

    /** How often the queue is asked while nothing else is to be done. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(20);

    /** How long an account that answers with a passing fault is waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final EventSettings settings;
    private final Recycling recycling;

    RecycleOnEventsOperation(EventSettings settings) {
        this.settings = settings;
        this.recycling = settings.recycling();
    }

    @Override
    public Progress advance(StepState state, StepHost host) {
        EventQueues eventQueues = new EventQueues(host, settings);
        Optional<Listener> known = EventState.listener(state);
        if (known.isEmpty()) {
            return opened(state, host, eventQueues);
        }
        StepState heard = listened(state, host, eventQueues);
        StepState decided = decided(heard, host);
        EventNotices notices = new EventNotices(host, settings);
        Recycling.Tick tick = Recycling.isOpen(decided) || !isListening(decided, host)
                ? recycling.tick(decided, host)
                : new Recycling.Tick(decided, false, LOOK_AGAIN);
        StepState told = notices.tell(tick.state());
        StepState settled = settled(told, host, eventQueues);
        boolean isOpen = tick.isOpen()
                || isListening(settled, host)
                || pendingGroups(settled).hasUndecided()
                || isToBeDeleted(settled, host)
                || !notices.isDone(settled);
        if (isOpen) {
            return new Progress.Again(settled, pause(settled, tick, host));
        }
        if (settings.isDryRun()) {
            eventQueues.giveBack(
                    EventState.eventMessages(settled),
                    EventState.listener(settled).orElseThrow());
        }
        return EventRows.end(settled, host, settings);
    }

    private Progress opened(StepState state, StepHost host, EventQueues eventQueues) {
        requirePagerDuty(host);
        List<Place> places = places(host);
        try {
            Listener listener = eventQueues.open(places);
            host.log(RecycleOnEvents.NAME + ": listening to "
                    + listener.queues().stream()
                            .map(OpenQueue::address)
                            .filter(address -> !address.isEmpty())
                            .collect(Collectors.joining(", "))
                    + (settings.isDryRun() ? " (dry run: nothing is changed)" : ""));
            StepState opened = EventState.with(recycling.opened(state), listener);
            for (Map.Entry<Place, RuntimeException> problem :
                    eventQueues.unopened().entrySet()) {
                opened = FleetReader.unreadable(
                        opened,
                        host,
                        RecycleOnEvents.NAME,
                        problem.getKey(),
                        String.valueOf(problem.getValue().getMessage()));
            }
            return new Progress.Again(opened, Duration.ZERO);
        } catch (CloudException e) {
            if (!e.isTransient()) {
                throw e;
            }
            return new Progress.Again(state, host.observer().interval());
        }
    }

    /** Before anything is changed: a page that cannot be sent helps nobody. */
    private void requirePagerDuty(StepHost host) {
        settings.pagerDuty().ifPresent(credentialsId -> host.slack()
                .problem(PagerDutyEvent.channel(credentialsId))
                .ifPresent(problem -> {
                    throw ParameterException.about(RecycleOnEvents.PAGER_DUTY, problem);
                }));
    }

    private List<Place> places(StepHost host) {
        return CommonParameters.places(
                settings.parameters(),
                host.environment(),
                host.settings().regions(),
                host.settings().accounts());
    }

    /** The state with what waits in the queues, as long as the step listens. */
    private StepState listened(StepState state, StepHost host, EventQueues eventQueues) {
        Listener listener = EventState.listener(state).orElseThrow();
        if (!isListening(state, host)) {
            return state;
        }
        Listener asking = listener.asking(host.clock().instant());
        host.save(EventState.with(state, asking));
        try {
            return eventQueues.collected(state, asking.answered());
        } catch (CloudException e) {
            return e.isTransient() ? state : broken(state, host, listener, e);
        }
    }

    private static StepState broken(StepState state, StepHost host, Listener listener, CloudException e) {
        if (listener.problem() == null) {
            host.log(RecycleOnEvents.NAME + ": listens no more: " + e.getMessage());
        }
        return EventState.with(state, listener.broken(String.valueOf(e.getMessage())));
    }

    /** Messages are taken in until the time is over, the queue is empty and every group that is concerned has begun. */
    private boolean isListening(StepState state, StepHost host) {
        Listener listener = EventState.listener(state).orElseThrow();
        Instant end = listener.openedAt().plus(settings.listenFor());
        Instant now = host.clock().instant();
        boolean isWaited = now.isBefore(end) || !listener.isDrained() || now.isBefore(listener.hiddenUntil());
        return !listener.isClosed() && (isWaited || pendingGroups(state).hasUndecided());
    }

    private static boolean hasOpenMessages(StepState state) {
        return EventState.eventMessages(state).stream().anyMatch(eventMessage -> eventMessage.fate() == Fate.OPEN);
    }

    /** SQS did not take it the last time; what stays would come again for a group that has its row. */
    private boolean isToBeDeleted(StepState state, StepHost host) {
        Instant now = host.clock().instant();
        return !settings.isDryRun()
                && EventState.listener(state).orElseThrow().problem() == null
                && EventState.eventMessages(state).stream()
                        .anyMatch(eventMessage -> eventMessage.fate() == Fate.SETTLED
                                && eventMessage.isHeld(now, EventQueues.BEFORE_THE_END));
    }

    private static PendingGroups pendingGroups(StepState state) {
        return new PendingGroups(
                EventState.eventMessages(state),
                EventState.verdicts(state),
                group -> Recycling.isTaken(state, group),
                group -> Recycling.hasEnded(state, group));
    }

    /** The state in which every message has its groups, and every group that is due its verdict. */
    private StepState decided(StepState before, StepHost host) {
        if (!hasOpenMessages(before)) {
            return before;
        }
        Instant now = host.clock().instant();
        boolean isDue = EventState.eventMessages(before).stream()
                        .anyMatch(eventMessage -> eventMessage.fate() == Fate.OPEN && eventMessage.groups() == null)
                || pendingGroups(before).pending(settings.calm()).stream()
                        .anyMatch(pending -> !now.isBefore(pending.due()));
        if (!isDue) {
            return before;
        }
        Fleet fleet = Fleet.readWhatAnswers(host, places(host));
        StepState found = found(before, host, fleet);
        GroupFamilies families = new GroupFamilies(host);
        StepState state = found;
        for (PendingGroups.Pending pending : pendingGroups(found).pending(settings.calm())) {
            if (!now.isBefore(pending.due())) {
                state = decided(state, host, fleet, pending, families);
            }
        }
        return state;
    }

    /** The state in which each open message has its groups; what cannot be looked up goes back to the queue in the end. */
    private StepState found(StepState before, StepHost host, Fleet fleet) {
        Listener listener = EventState.listener(before).orElseThrow();
        AffectedGroups affectedGroups = new AffectedGroups(host, listener, fleet);
        StepState state = before;
        for (EventMessage eventMessage : EventState.eventMessages(before)) {
            Optional<CloudException> problem = affectedGroups.problem(eventMessage);
            if (problem.isPresent()) {
                state = unreadable(state, host, eventMessage, affectedGroups.place(eventMessage), problem.get());
                continue;
            }
            try {
                EventMessage found = affectedGroups.found(eventMessage);
                state = EventState.withUnread(EventState.with(state, found), List.of(found));
            } catch (CloudException e) {
                state = unreadable(state, host, eventMessage, affectedGroups.place(eventMessage), e);
            }
        }
        return state;
    }

    private StepState unreadable(
            StepState state, StepHost host, EventMessage eventMessage, Place place, CloudException e) {
        boolean isOver =
                host.clock().instant().isAfter(eventMessage.receivedAt().plus(PATIENCE));
        if (e.isTransient() && !isOver) {
            return state;
        }
        Listener listener = EventState.listener(state).orElseThrow();
        new EventQueues(host, settings).giveBack(List.of(eventMessage), listener);
        StepState left = EventState.with(
                EventState.with(state, eventMessage.with(Fate.LEFT, String.valueOf(e.getMessage()))),
                listener.closed());
        return FleetReader.isTold(left, place)
                ? left
                : FleetReader.unreadable(left, host, RecycleOnEvents.NAME, place, e);
    }

    private StepState decided(
            StepState state, StepHost host, Fleet fleet, PendingGroups.Pending pending, GroupFamilies families) {
        Optional<LocatedGroup> located = fleet.group(pending.group());
        if (located.isEmpty() && isUnreadable(state, fleet, pending.group())) {
            return state;
        }
        if (located.isEmpty()) {
            host.log(pending.group().name() + ": ignored, the group no longer exists");
            Verdict gone = new Verdict(
                    pending.group(),
                    host.clock().instant(),
                    Verdict.Word.IGNORED,
                    "the group no longer exists",
                    Audience.NONE);
            return EventState.with(state, gone);
        }
        GroupObservation group = located.get().group();
        if (group.at().isBefore(pending.last())) {
            // What the event tells of may have come after that look.
            return state;
        }
        Verdict verdict = new EventDecider(
                        host.settings().tagNames(), settings.jobs(), host.run().jobName())
                .decide(group, GroupFamilies.environment(host, group));
        String events = " (" + String.join(", ", pending.events()) + ")";
        StepState decided = EventState.with(state, verdict);
        return switch (verdict.word()) {
            case RECYCLED -> {
                host.log(group.key().name() + ": " + verdict.reason() + events);
                Recycling.Aim aim =
                        pending.isOfTemplate() ? Recycling.Aim.AS_OWNER_NAMES : Recycling.Aim.AS_IT_LAUNCHES;
                yield recycling.add(decided, host, located.get(), families, aim);
            }
            case REFUSED -> recycling.refused(decided, host, located.get(), verdict.reason() + events);
            case IGNORED -> {
                host.log(group.key().name() + ": " + verdict.reason() + events);
                yield decided;
            }
            case HANDED_OVER -> {
                host.log(group.key().name() + ": left to the job " + verdict.reason() + events);
                yield decided;
            }
        };
    }

    /** The state in which messages that have done their work are gone; what they asked for is on disk before that. */
    private StepState settled(StepState before, StepHost host, EventQueues eventQueues) {
        PendingGroups pendingGroups = pendingGroups(before);
        Listener listener = EventState.listener(before).orElseThrow();
        List<EventMessage> changed = new ArrayList<>();
        for (EventMessage eventMessage : EventState.eventMessages(before)) {
            Fate fate = eventMessage.fate() == Fate.OPEN && eventMessage.groups() != null
                    ? pendingGroups.fate(eventMessage)
                    : eventMessage.fate();
            if (fate == Fate.LEFT && eventMessage.fate() != Fate.LEFT) {
                host.log(RecycleOnEvents.NAME + ": " + eventMessage.text() + " came after its group had begun:"
                        + " left in the queue for the next call");
                eventQueues.giveBack(List.of(eventMessage), listener);
                listener = listener.closed();
                changed.add(eventMessage.with(fate, "its group had begun already"));
            } else if (fate != eventMessage.fate()) {
                changed.add(eventMessage.with(fate, ""));
            }
        }
        StepState state = EventState.with(EventState.with(before, changed), listener);
        host.save(state);
        try {
            return eventQueues.dispatched(state, listener);
        } catch (CloudException e) {
            return e.isTransient() ? state : broken(state, host, listener, e);
        }
    }

    private static boolean isUnreadable(StepState state, Fleet fleet, GroupKey group) {
        return EventState.listener(state).orElseThrow().queues().stream()
                .filter(queue ->
                        queue.isAbout(group.account().value(), group.region().value()))
                .anyMatch(queue -> fleet.problem(queue.place()).isPresent());
    }

    private Duration pause(StepState state, Recycling.Tick tick, StepHost host) {
        Duration pause = tick.isOpen() ? tick.after() : LOOK_AGAIN;
        if (!isListening(state, host) && !pendingGroups(state).hasUndecided()) {
            boolean mayHide = hasOpenMessages(state) && pause.compareTo(EventQueues.BEFORE_THE_END) > 0;
            return mayHide ? EventQueues.BEFORE_THE_END : pause;
        }
        Instant now = host.clock().instant();
        Instant wake = now.plus(pause.compareTo(LOOK_AGAIN) < 0 ? pause : LOOK_AGAIN);
        for (PendingGroups.Pending pending : pendingGroups(state).pending(settings.calm())) {
            wake = pending.due().isBefore(wake) ? pending.due() : wake;
        }
        Duration until = Duration.between(now, wake);
        return until.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : until;
    }

    /** Messages of groups that have not begun go back to the queue; the refreshes end as those of recycleAsgs. */
    @Override
    public Progress stop(StepState state, StopReason reason, StepHost host) {
        Optional<Listener> known = EventState.listener(state);
        if (known.isEmpty()) {
            return new Progress.Failed(state, RecycleOnEvents.NAME + ": " + reason.why() + " before it listened");
        }
        StepState left = state;
        if (!known.get().isClosed()) {
            EventQueues eventQueues = new EventQueues(host, settings);
            List<EventMessage> open = EventState.eventMessages(state).stream()
                    .filter(eventMessage -> eventMessage.fate() == Fate.OPEN || settings.isDryRun())
                    .filter(eventMessage -> eventMessage.fate() != Fate.GONE)
                    .map(eventMessage -> eventMessage.with(Fate.LEFT, reason.why()))
                    .toList();
            eventQueues.giveBack(open, known.get());
            left = EventState.with(EventState.with(state, open), known.get().closed());
        }
        return recycling.stop(left, reason, host);
    }

    @Override
    public String describe(StepState state) {
        long open = EventState.eventMessages(state).stream()
                .filter(eventMessage -> eventMessage.fate() == Fate.OPEN)
                .count();
        return open + " messages open, " + recycling.describe(state);
    }
}
