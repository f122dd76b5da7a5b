package io.jenkins.plugins.amirefresh.journal;

import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What happened in a run so far, asked by group and by image instead of read again from the list: the only place that knows
 * which of a group's rows stands.
 *
 * <p>Thread: any. It is kept current by {@link #add}; what it answers is a copy.
 */
public final class RunHistory {

    private final List<JournalEvent> events = new ArrayList<>();
    private final Map<Class<? extends JournalFact>, List<JournalFact>> facts = new HashMap<>();
    private final Map<GroupKey, JournalFact.GroupSeen> seen = new HashMap<>();
    private final Map<GroupKey, Integer> lowest = new HashMap<>();
    private final Map<GroupKey, JournalFact.GroupListed> listed = new LinkedHashMap<>();
    private final Map<GroupKey, JournalEvent> estimated = new HashMap<>();
    private final Map<GroupKey, GroupHistory> groups = new LinkedHashMap<>();
    private final Map<AmiId, Map<GroupKey, String>> bad = new HashMap<>();
    private final Map<String, String> unreadable = new LinkedHashMap<>();

    /** A history of these events. */
    public static RunHistory of(Collection<JournalEvent> events) {
        RunHistory history = new RunHistory();
        events.forEach(history::add);
        return history;
    }

    /** Takes one more event in. */
    public synchronized void add(JournalEvent event) {
        events.add(event);
        JournalFact fact = event.fact();
        facts.computeIfAbsent(fact.getClass(), kind -> new ArrayList<>()).add(fact);
        if (fact instanceof JournalFact.GroupSeen look) {
            seen.put(look.group(), look);
            lowest.merge(look.group(), look.serving(), Math::min);
        } else if (fact instanceof JournalFact.GroupListed one) {
            listed.put(one.group(), one);
        } else if (fact instanceof JournalFact.ApprovalAnswered answer) {
            approvals().stream()
                    .filter(asked -> asked.key().equals(answer.key()))
                    .flatMap(asked -> asked.groups().stream())
                    .forEach(group -> of(group).answered(answer, event.at()));
        } else if (fact instanceof JournalFact.GroupEstimated one) {
            estimated.put(one.group(), event);
        } else if (fact instanceof JournalFact.RefreshStarted started) {
            of(started.record().group()).started(started.record(), event.at());
        } else if (fact instanceof JournalFact.GroupEnded ended) {
            of(ended.result().group()).ended(ended, event.at());
        } else if (fact instanceof JournalFact.GroupTested tested) {
            of(tested.group()).tested(tested, event.at());
        } else if (fact instanceof JournalFact.HoldReleased released) {
            of(released.group()).released(released, event.at());
        } else if (fact instanceof JournalFact.GroupPinned pinned) {
            of(pinned.group()).pinned(pinned, event.at());
        } else if (fact instanceof JournalFact.PinRefused refused) {
            of(refused.group()).unpinned();
        } else if (fact instanceof JournalFact.AmiMarkedBad marked) {
            bad.computeIfAbsent(marked.ami(), ami -> new LinkedHashMap<>()).put(marked.group(), marked.reason());
        } else if (fact instanceof JournalFact.AmiMarkWithdrawn withdrawn) {
            bad.getOrDefault(withdrawn.ami(), new HashMap<>()).remove(withdrawn.group());
        } else if (fact instanceof JournalFact.PlaceUnreadable place) {
            unreadable.putIfAbsent(place.place(), place.reason());
        }
    }

    private GroupHistory of(GroupKey group) {
        return groups.computeIfAbsent(group, GroupHistory::new);
    }

    /** Every event of one kind, of all kinds for {@link JournalFact} itself, in the order of appending. */
    public synchronized <F extends JournalFact> List<F> facts(Class<F> kind) {
        Stream<JournalFact> known = kind.isInterface()
                ? events.stream().map(JournalEvent::fact)
                : facts.getOrDefault(kind, List.of()).stream();
        return known.map(kind::cast).toList();
    }

    private List<JournalFact.ApprovalAsked> approvals() {
        return facts(JournalFact.ApprovalAsked.class);
    }

    /** What was answered to a question, empty while nobody did. */
    public synchronized Optional<JournalFact.ApprovalAnswered> answer(JournalFact.ApprovalAsked asked) {
        return facts(JournalFact.ApprovalAnswered.class).stream()
                .filter(answer -> answer.key().equals(asked.key()))
                .findFirst();
    }

    /** Questions that nobody answered yet and that have not expired. */
    public synchronized List<JournalFact.ApprovalAsked> openApprovals(Instant now) {
        return approvals().stream()
                .filter(asked -> answer(asked).isEmpty())
                .filter(asked -> asked.expiresAt() == null || now.isBefore(asked.expiresAt()))
                .toList();
    }

    /** Every event, in the order of appending. */
    public synchronized List<JournalEvent> events() {
        return List.copyOf(events);
    }

    /** A group as it came into the scope of the step that had it last; empty when none had. */
    public synchronized Optional<JournalFact.GroupListed> listed(GroupKey group) {
        return Optional.ofNullable(listed.get(group));
    }

    /** What the last refresh of a group was estimated to take when it began, a {@link JournalFact.GroupEstimated}; empty for none. */
    public synchronized Optional<JournalEvent> estimated(GroupKey group) {
        return Optional.ofNullable(estimated.get(group));
    }

    /** The fewest instances that served at any look; empty when nobody looked. */
    public synchronized OptionalInt lowestSeen(GroupKey group) {
        Integer least = lowest.get(group);
        return least == null ? OptionalInt.empty() : OptionalInt.of(least);
    }

    /** Every group that came into the scope of a step. */
    public synchronized List<JournalFact.GroupListed> listed() {
        return List.copyOf(listed.values());
    }

    /** How a group stood when it was looked at last; empty when it was not. */
    public synchronized Optional<JournalFact.GroupSeen> lastSeen(GroupKey group) {
        return Optional.ofNullable(seen.get(group));
    }

    /** What is known of a group; a group that nothing happened to has an empty history. */
    public synchronized GroupHistory group(GroupKey group) {
        GroupHistory known = groups.get(group);
        return known == null ? new GroupHistory(group) : known.copy();
    }

    /** Every group that something happened to, in that order. */
    public synchronized List<GroupHistory> groups() {
        return groups.values().stream().map(GroupHistory::copy).toList();
    }

    /** The row that stands of each group that has one, in the order in which they first had one. */
    public synchronized List<GroupResult> rows() {
        return groups.values().stream().flatMap(group -> group.row().stream()).toList();
    }

    /** A row for each group of this run's families that none of its steps named, as it is when no further step comes. */
    public synchronized List<GroupResult> forgotten() {
        return forgotten(BuildStatus.GOOD);
    }

    private List<GroupResult> forgotten(BuildStatus build) {
        List<JournalFact.GroupsChosen> chosen = facts(JournalFact.GroupsChosen.class);
        return chosen.isEmpty() ? List.of() : new Forgotten(chosen).rows(named(), lastMoment(), build);
    }

    private Set<GroupKey> named() {
        return groups.values().stream()
                .filter(group -> group.row().isPresent())
                .map(GroupHistory::group)
                .collect(Collectors.toSet());
    }

    private Instant lastMoment() {
        return events.stream()
                .map(JournalEvent::at)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /** The rows of a run that is over: each group that has one, then the forgotten. */
    public synchronized List<GroupResult> finalRows() {
        return finalRows(BuildStatus.GOOD);
    }

    /** The same of a build that stands so: what an abort or a failure kept it from is named, too. */
    public synchronized List<GroupResult> finalRows(BuildStatus build) {
        List<GroupResult> rows = new ArrayList<>(rows());
        rows.addAll(forgotten(build));
        rows.addAll(
                new Forgotten(facts(JournalFact.GroupsChosen.class)).cutOff(pinnedBeside(rows), lastMoment(), build));
        return rows;
    }

    /** Groups that this run left pinned and that no row of it tells of: what is so, by group. */
    public synchronized Map<GroupKey, String> pinnedAside(BuildStatus build) {
        return pinnedBeside(finalRows(build));
    }

    private Map<GroupKey, String> pinnedBeside(List<GroupResult> rows) {
        Map<GroupKey, String> pins = new LinkedHashMap<>();
        groups.values().forEach(group -> group.pin()
                .ifPresent(pin -> pins.put(
                        group.group(),
                        "stays pinned to version " + pin.to() + ", it named "
                                + pin.was().text())));
        for (JournalFact.GroupsChosen chosen : facts(JournalFact.GroupsChosen.class)) {
            chosen.leftOut().stream()
                    .filter(group -> !group.pin().isEmpty())
                    .forEach(group -> pins.put(group.group(), group.pin()));
        }
        rows.forEach(row -> pins.remove(row.group()));
        return pins;
    }

    /** The row that stands of a group: see {@link GroupHistory#row}. */
    public synchronized Optional<GroupResult> row(GroupKey group) {
        return Optional.ofNullable(groups.get(group)).flatMap(GroupHistory::row);
    }

    /** Somebody let later waves go on in spite of the group, after what was last said of it. */
    public synchronized boolean isReleased(GroupKey group) {
        GroupHistory known = groups.get(group);
        return known != null && known.isReleased();
    }

    /** Why an image failed in this run, empty while it did not or when each group took it back. */
    public synchronized Optional<String> badReason(AmiId ami) {
        return bad.getOrDefault(ami, Map.of()).values().stream().findFirst();
    }

    /** Every image that failed in this run, and why. */
    public synchronized Map<AmiId, String> badImages() {
        Map<AmiId, String> reasons = new HashMap<>();
        bad.keySet().forEach(ami -> badReason(ami).ifPresent(reason -> reasons.put(ami, reason)));
        return reasons;
    }

    /** Why an account could not be read in a region, by {@code self in eu-west-1} or with the role's ARN. */
    public synchronized Map<String, String> unreadable() {
        return new LinkedHashMap<>(unreadable);
    }

    /** What the groups make of the build's result: never better than the worst of them, nor when one was forgotten. */
    public synchronized RunVerdict verdict() {
        boolean isPlanOnly =
                facts(JournalFact.GroupsChosen.class).stream().allMatch(JournalFact.GroupsChosen::isDryRun);
        RunVerdict verdict = verdict(isPlanOnly ? List.of() : forgotten());
        return verdict.word() == RunVerdict.Word.SUCCESS
                ? nobodyLeft()
                        .map(why -> new RunVerdict(RunVerdict.Word.UNSTABLE, why))
                        .orElse(verdict)
                : verdict;
    }

    /** Every step chose by environments that narrow the whole pipeline, and nobody was left: a green end would hide it. */
    private Optional<String> nobodyLeft() {
        List<JournalFact.GroupsChosen> chosen = facts(JournalFact.GroupsChosen.class);
        boolean isNarrowed = !chosen.isEmpty()
                && chosen.stream().noneMatch(step -> step.onlyEnvironments().isEmpty());
        return isNarrowed && rows().isEmpty()
                ? Optional.of("no group was looked at: onlyEnvironments "
                        + chosen.get(0).onlyEnvironments() + " left none")
                : Optional.empty();
    }

    /** The same while a later step may still name what no step has named yet. */
    public synchronized RunVerdict verdictSoFar() {
        return verdict(List.of());
    }

    private RunVerdict verdict(List<GroupResult> forgotten) {
        RunVerdict.Word worst = RunVerdict.Word.SUCCESS;
        List<String> reasons = new ArrayList<>();
        for (GroupHistory group : groups.values()) {
            RunVerdict verdict = group.verdict();
            if (verdict.word().compareTo(worst) > 0) {
                worst = verdict.word();
                reasons.clear();
            }
            if (verdict.word() == worst && worst != RunVerdict.Word.SUCCESS) {
                reasons.add(verdict.reason());
            }
        }
        if (worst != RunVerdict.Word.FAILURE && !(unreadable.isEmpty() && forgotten.isEmpty())) {
            worst = RunVerdict.Word.UNSTABLE;
            forgotten.forEach(row -> reasons.add(row.group().name() + ": " + row.reason()));
            unreadable.forEach((place, why) -> reasons.add(place + " could not be read: " + why));
        }
        List<WorkRow> beside = othersTrouble();
        if (worst != RunVerdict.Word.FAILURE && !beside.isEmpty()) {
            worst = RunVerdict.Word.UNSTABLE;
            beside.forEach(row -> reasons.add(row.told()));
        }
        String others = reasons.size() > 1 ? "; and " + (reasons.size() - 1) + " more" : "";
        String deeds = deeds();
        return new RunVerdict(
                worst,
                Stream.of(groupsWord(reasons.isEmpty()), deeds, reasons.isEmpty() ? "" : reasons.get(0) + others)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("; ")));
    }

    private String groupsWord(boolean isGood) {
        if (!rows().isEmpty()) {
            return isGood ? "every group is refreshed or had nothing to do" : "";
        }
        boolean isLookedAt = !facts(JournalFact.WorkDone.class).isEmpty()
                || !facts(JournalFact.GroupTested.class).isEmpty();
        return isGood && !isLookedAt ? "no group was looked at" : "";
    }

    /** What steps did beside the refresh of groups, in a line; empty for nothing. */
    public synchronized String deeds() {
        return new Deeds(this).words();
    }

    /** What of that is not as it should be. */
    public synchronized List<WorkRow> othersTrouble() {
        return new Deeds(this).trouble();
    }

    /** When the group of a row was first changed in this run, else when the row says. */
    public synchronized Optional<Instant> startedAt(GroupResult row) {
        GroupHistory group = groups.get(row.group());
        return Optional.ofNullable(group)
                .flatMap(GroupHistory::firstStart)
                .or(() -> Optional.ofNullable(row.startedAt()));
    }

    @Override
    public String toString() {
        return Objects.toString(groups.keySet());
    }
}
