package io.jenkins.plugins.amirefresh.step.events;

import io.jenkins.plugins.amirefresh.events.EventMessage.Fate;
import io.jenkins.plugins.amirefresh.events.Verdict;
import io.jenkins.plugins.amirefresh.events.Verdict.Word;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.Progress.BuildVerdict;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.events.EventState.Listener;
import io.jenkins.plugins.amirefresh.step.recycle.Recycling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the step returns: the rows of recycleAsgs, and what came of the other messages. */
final class EventRows {

    private EventRows() {}

    static Progress end(StepState state, StepHost host, EventSettings settings) {
        Progress end = settings.recycling().result(state, host);
        Listener listener = EventState.listener(state).orElseThrow();
        if (listener.problem() != null) {
            return new Progress.Failed(
                    end.state(), RecycleOnEvents.NAME + ": could not listen to the end: " + listener.problem());
        }
        if (!(end instanceof Progress.Done done)) {
            return end;
        }
        List<EventState.Unread> unread = settings.isDryRun() ? List.of() : EventState.unread(state);
        if (!unread.isEmpty()) {
            tell(unread, settings, listener, host);
        }
        Map<String, Object> result = new LinkedHashMap<>(done.result());
        Collection<Verdict> verdicts = EventState.verdicts(state).values();
        result.put("ignored", ignored(verdicts));
        result.put("jobs", jobs(verdicts));
        result.put("pages", pages(state));
        result.put(
                "unread",
                unread.stream()
                        .map(one -> Map.<String, Object>of("messageId", one.id(), "reason", one.reason()))
                        .toList());
        result.put("left", (int) EventState.eventMessages(state).stream()
                .filter(eventMessage -> eventMessage.fate() == Fate.LEFT)
                .count());
        boolean isWorse = !unread.isEmpty() && done.verdict() == BuildVerdict.NONE;
        return new Progress.Done(done.state(), result, isWorse ? BuildVerdict.UNSTABLE : done.verdict());
    }

    /** What they asked for is done by nobody: the report says so too. */
    private static void tell(List<EventState.Unread> unread, EventSettings settings, Listener listener, StepHost host) {
        boolean isMoved = listener.queues().stream().filter(OpenQueue::isRead).noneMatch(queue -> queue.deadLetters()
                .isEmpty());
        String line = unread.size() + (unread.size() == 1 ? " message" : " messages") + " that nobody can read "
                + (unread.size() == 1 ? "is " : "are ")
                + (isMoved ? "moved to the dead-letter queue" : "left in the queue, which has no dead-letter queue")
                + "; the first one " + unread.get(0).reason();
        host.log(RecycleOnEvents.NAME + ": UNSTABLE: " + line);
        host.journal()
                .append(new JournalEvent(
                        host.run().stepId() + ":unread",
                        host.clock().instant(),
                        RecycleOnEvents.NAME,
                        new JournalFact.PlaceUnreadable(
                                "queue " + settings.queue().name(), line)));
    }

    private static List<Map<String, Object>> ignored(Collection<Verdict> verdicts) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            if (verdict.word() == Word.IGNORED) {
                rows.add(row(verdict, "reason"));
            }
        }
        return rows;
    }

    /** Groups that ended badly and whose tags ask for somebody to be paged. */
    private static List<Map<String, Object>> pages(StepState state) {
        Map<GroupKey, Verdict> verdicts = EventState.verdicts(state);
        List<Map<String, Object>> pages = new ArrayList<>();
        for (GroupResult result : Recycling.rows(state)) {
            Verdict verdict = verdicts.get(result.group());
            if (isBad(result) && verdict != null && verdict.audience().pages()) {
                Map<String, Object> page = row(verdict, "decision");
                page.put("component", verdict.audience().component());
                page.put("team", verdict.audience().team());
                page.put("outcome", result.outcome().text());
                page.put("reason", result.reason());
                pages.add(page);
            }
        }
        return pages;
    }

    /** Somebody has to look at the group. */
    static boolean isBad(GroupResult result) {
        return switch (result.outcome()) {
            case FAILED, ROLLED_BACK, REFUSED, MISSED, UNFINISHED -> true;
            case REFRESHED, SKIPPED, HELD, PAUSED -> false;
        };
    }

    private static Map<String, Object> row(Verdict verdict, String reason) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("account", verdict.group().account().value());
        row.put("region", verdict.group().region().value());
        row.put("autoScalingGroupName", verdict.group().name().value());
        row.put(reason, verdict.reason());
        return row;
    }

    private static List<Map<String, Object>> jobs(Collection<Verdict> verdicts) {
        Map<String, List<Map<String, Object>>> byJob = new TreeMap<>();
        for (Verdict verdict : verdicts) {
            if (verdict.word() == Word.HANDED_OVER) {
                byJob.computeIfAbsent(verdict.reason(), any -> new ArrayList<>())
                        .add(row(verdict, "job"));
            }
        }
        return byJob.values().stream().flatMap(List::stream).toList();
    }
}
