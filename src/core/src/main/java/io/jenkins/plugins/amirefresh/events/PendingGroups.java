package io.jenkins.plugins.amirefresh.events;

import io.jenkins.plugins.amirefresh.events.EventMessage.Fate;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Merges what messages say by group: when each is to be decided upon, and which messages have done their work. */
public final class PendingGroups {

    private final Collection<EventMessage> eventMessages;
    private final Map<GroupKey, Verdict> verdicts;
    private final Predicate<GroupKey> isTaken;
    private final Predicate<GroupKey> isEnded;

    /**
     * What is known.
     *
     * @param verdicts the last one of each group
     * @param isTaken the work on the group has begun or ended, so that what changes now comes too late for it
     * @param isEnded the work on the group has ended
     */
    public PendingGroups(
            Collection<EventMessage> eventMessages,
            Map<GroupKey, Verdict> verdicts,
            Predicate<GroupKey> isTaken,
            Predicate<GroupKey> isEnded) {
        this.eventMessages = eventMessages;
        this.verdicts = verdicts;
        this.isTaken = isTaken;
        this.isEnded = isEnded;
    }

    /**
     * How long to wait for more of the same.
     *
     * @param quietFor without another event of the group
     * @param atMost after its first
     */
    public record Calm(Duration quietFor, Duration atMost) {}

    /**
     * A group of which messages wait.
     *
     * @param last when the last one came
     * @param due when it is decided upon
     * @param events what they tell, in the order in which they came
     * @param isOfTemplate others gave a template another version that the group follows by an alias
     */
    public record Pending(GroupKey group, Instant last, Instant due, List<String> events, boolean isOfTemplate) {}

    /** Groups that are to be decided upon, in the order of their keys. */
    public List<Pending> pending(Calm calm) {
        Map<GroupKey, List<EventMessage>> waiting = new TreeMap<>();
        for (EventMessage eventMessage : eventMessages) {
            if (eventMessage.fate() == Fate.OPEN) {
                eventMessage.about().stream()
                        .filter(group -> !isCovered(eventMessage, group) && !isTaken.test(group))
                        .forEach(group -> waiting.computeIfAbsent(group, any -> new ArrayList<>())
                                .add(eventMessage));
            }
        }
        return waiting.entrySet().stream()
                .map(entry -> pending(entry.getKey(), entry.getValue(), calm))
                .toList();
    }

    private static Pending pending(GroupKey group, List<EventMessage> waiting, Calm calm) {
        Instant first = waiting.stream()
                .map(EventMessage::receivedAt)
                .min(Instant::compareTo)
                .orElseThrow();
        Instant last = waiting.stream()
                .map(EventMessage::receivedAt)
                .max(Instant::compareTo)
                .orElseThrow();
        Instant quiet = last.plus(calm.quietFor());
        Instant latest = first.plus(calm.atMost());
        return new Pending(
                group,
                last,
                quiet.isBefore(latest) ? quiet : latest,
                waiting.stream()
                        .flatMap(eventMessage -> eventMessage.event() == null
                                ? Stream.empty()
                                : Stream.of(eventMessage.event().what()))
                        .distinct()
                        .toList(),
                waiting.stream().anyMatch(PendingGroups::isOfTemplate));
    }

    private static boolean isOfTemplate(EventMessage eventMessage) {
        return eventMessage.event() != null
                && (eventMessage.event().kind() == ChangeKind.TEMPLATE_VERSION
                        || eventMessage.event().kind() == ChangeKind.TEMPLATE_DEFAULT);
    }

    private boolean isCovered(EventMessage eventMessage, GroupKey group) {
        Verdict verdict = verdicts.get(group);
        return verdict != null && verdict.covers(eventMessage);
    }

    /** A message is open, and a group that it is about has not begun. */
    public boolean hasUndecided() {
        return eventMessages.stream()
                .filter(eventMessage -> eventMessage.fate() == Fate.OPEN)
                .anyMatch(eventMessage -> eventMessage.groups() == null
                        || eventMessage.about().stream()
                                .anyMatch(group -> !isCovered(eventMessage, group) || waits(group)));
    }

    private boolean waits(GroupKey group) {
        return isRecycled(group) && !isTaken.test(group);
    }

    private boolean isRecycled(GroupKey group) {
        Verdict verdict = verdicts.get(group);
        return verdict != null && verdict.word() == Verdict.Word.RECYCLED;
    }

    /**
     * A message whose groups are known comes to this: it stays open until the last of them has its row, so that it comes again
     * when the work is broken off; it has done its work; or it came too late for one of them.
     */
    public Fate fate(EventMessage eventMessage) {
        boolean isSettled = true;
        for (GroupKey group : eventMessage.about()) {
            boolean isCovered = isCovered(eventMessage, group);
            if (!isCovered && isTaken.test(group)) {
                return Fate.LEFT;
            }
            isSettled &= isCovered && (!isRecycled(group) || isEnded.test(group));
        }
        return isSettled ? Fate.SETTLED : Fate.OPEN;
    }
}
