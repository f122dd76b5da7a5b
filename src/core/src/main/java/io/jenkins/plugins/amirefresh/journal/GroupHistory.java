package io.jenkins.plugins.amirefresh.journal;

import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened to one group in a run, and the rule which of its rows stands. */
public final class GroupHistory {

    private final GroupKey group;
    private final List<Moment> moments = new ArrayList<>();
    private @Nullable GroupResult row;
    private @Nullable GroupResult done;
    private List<InstanceId> canaries = List.of();
    private @Nullable LeftOn left;
    private String strategy = "";
    private @Nullable RefreshRecord record;
    private @Nullable Instant firstStart;
    private JournalFact.@Nullable GroupTested test;
    private boolean testIsOlder;
    private JournalFact.@Nullable GroupPinned pin;
    private @Nullable Instant pinnedAt;
    private boolean isPinned;
    private boolean isReleased;

    GroupHistory(GroupKey group) {
        this.group = group;
    }

    /**
     * A point of the group's story.
     *
     * @param what {@code started}, {@code refreshed}, {@code tests passed}, {@code rolled-back}, ...
     */
    public record Moment(Instant at, String what) {}

    GroupHistory copy() {
        GroupHistory copy = new GroupHistory(group);
        copy.moments.addAll(moments);
        copy.row = row;
        copy.done = done;
        copy.canaries = canaries;
        copy.left = left;
        copy.strategy = strategy;
        copy.record = record;
        copy.firstStart = firstStart;
        copy.test = test;
        copy.testIsOlder = testIsOlder;
        copy.pin = pin;
        copy.pinnedAt = pinnedAt;
        copy.isPinned = isPinned;
        copy.isReleased = isReleased;
        return copy;
    }

    void started(RefreshRecord started, Instant at) {
        record = started;
        firstStart = firstStart == null ? at : firstStart;
        moments.add(new Moment(at, "started"));
    }

    void ended(JournalFact.GroupEnded ended, Instant at) {
        GroupResult result = ended.result();
        boolean isUntrue = row != null && row.outcome() == GroupOutcome.REFRESHED && ended.gone();
        row = row == null || isUntrue ? result : standing(row, result);
        if (result.outcome().saysWhatWasDone()) {
            done = result;
            canaries = ended.canary() == null ? List.of() : List.copyOf(ended.canary());
            boolean isOver = result.outcome() == GroupOutcome.REFRESHED || result.outcome() == GroupOutcome.ROLLED_BACK;
            left = ended.left() != null || isOver ? ended.left() : left;
            isReleased = false;
            testIsOlder |= result.outcome() == GroupOutcome.REFRESHED;
            isPinned = false;
        }
        strategy = result.strategy().isEmpty() ? strategy : result.strategy();
        moments.add(new Moment(at, result.outcome().text()));
    }

    void tested(JournalFact.GroupTested tested, Instant at) {
        test = tested;
        testIsOlder = false;
        isReleased = false;
        moments.add(new Moment(at, "tests " + tested.verdict().name().toLowerCase(Locale.ROOT)));
    }

    void released(JournalFact.HoldReleased released, Instant at) {
        isReleased = true;
        moments.add(new Moment(at, "hold released: " + released.reason()));
    }

    void answered(JournalFact.ApprovalAnswered answer, Instant at) {
        String what = (answer.isApproved() ? "approved by " : "not approved by ") + answer.by();
        moments.add(new Moment(at, answer.reason().isEmpty() ? what : what + ": " + answer.reason()));
    }

    boolean isReleased() {
        return isReleased;
    }

    void unpinned() {
        pin = null;
        pinnedAt = null;
        isPinned = false;
    }

    void pinned(JournalFact.GroupPinned pinned, Instant at) {
        pin = pinned;
        pinnedAt = at;
        isPinned = true;
        moments.add(new Moment(at, "pinned to version " + pinned.to()));
    }

    /**
     * The last word on a group. What was done to it stands until something else was done to it; that a later step left it
     * alone says nothing about that, except that a rollback which was refused leaves it on what it should not be on.
     */
    private static GroupResult standing(GroupResult before, GroupResult after) {
        return switch (after.outcome()) {
            case REFRESHED, ROLLED_BACK, FAILED -> after;
            case PAUSED, UNFINISHED -> before.outcome() == GroupOutcome.FAILED ? before : after;
            case REFUSED -> isOverruledByRefusal(before.outcome()) ? after : before;
            case MISSED, HELD ->
                isOverruledByRefusal(before.outcome()) && !isRefreshedTo(before, after.toVersion()) ? after : before;
            case SKIPPED -> before.outcome() == GroupOutcome.SKIPPED ? after : before;
        };
    }

    private static boolean isOverruledByRefusal(GroupOutcome before) {
        return before == GroupOutcome.REFRESHED || !before.saysWhatWasDone();
    }

    private static boolean isRefreshedTo(GroupResult before, long version) {
        return before.outcome() == GroupOutcome.REFRESHED && before.toVersion() == version;
    }

    /** The group. */
    public GroupKey group() {
        return group;
    }

    /**
     * The row that stands: failed and rolled back until a later success, never for a later row that says only that the group
     * was left alone. Empty while no step said anything of it.
     */
    public Optional<GroupResult> row() {
        return Optional.ofNullable(row);
    }

    /** The last row that says what was done to the group, whatever came after. */
    public Optional<GroupResult> done() {
        return Optional.ofNullable(done);
    }

    /** The row of a group that stands after its canary, whatever was said since. */
    public Optional<GroupResult> canary() {
        return done().filter(result -> result.outcome() == GroupOutcome.PAUSED);
    }

    /** The instances that it was left with after their watch; empty for none, and in journals of older versions. */
    public List<InstanceId> canaries() {
        return canaries;
    }

    /** What it was left with of the image that it was brought to, when that did not come to its end. */
    public Optional<LeftOn> left() {
        return Optional.ofNullable(left);
    }

    /** The strategy it was last changed with, empty when this run did not change it. */
    public String strategy() {
        return strategy;
    }

    /** How the group was before this run's last refresh of it. */
    public Optional<RefreshRecord> record() {
        return Optional.ofNullable(record);
    }

    /** When this run began to change it; a rollback is a second start of the same work. */
    public Optional<Instant> firstStart() {
        return Optional.ofNullable(firstStart);
    }

    /** The last smoke test. */
    public Optional<JournalFact.GroupTested> test() {
        return Optional.ofNullable(test);
    }

    /** Its last smoke test is of what it was refreshed to last. */
    public boolean isTestedSinceItsRefresh() {
        return test != null && !testIsOlder;
    }

    /** The step that refreshed it last asked it just this and it passed. */
    public boolean hasPassedSinceItsRefresh(String asked) {
        return test != null
                && isTestedSinceItsRefresh()
                && test.verdict() == SmokeTestVerdict.PASSED
                && asked.equals(test.asked());
    }

    /** How this run pinned it last. */
    public Optional<JournalFact.GroupPinned> pin() {
        return Optional.ofNullable(pin);
    }

    /** When this run pinned it last. */
    public Optional<Instant> pinnedAt() {
        return Optional.ofNullable(pinnedAt);
    }

    /** This run pinned it and did nothing to it since. */
    public boolean isPinned() {
        return isPinned;
    }

    /** Its story, in order. */
    public List<Moment> moments() {
        return List.copyOf(moments);
    }

    /** What this group makes of the build: its row, and a smoke test that it did not pass since it was refreshed. */
    public RunVerdict verdict() {
        RunVerdict.Word byRow = row == null ? RunVerdict.Word.SUCCESS : RunVerdict.of(row.outcome());
        boolean isUnproven = test != null && !testIsOlder && test.verdict() != SmokeTestVerdict.PASSED;
        if (byRow == RunVerdict.Word.SUCCESS && test != null && isUnproven) {
            return new RunVerdict(
                    RunVerdict.Word.UNSTABLE,
                    group.name() + " tests " + test.verdict().name().toLowerCase(Locale.ROOT) + missed(test));
        }
        return new RunVerdict(
                byRow, row == null ? "" : group.name() + " " + row.outcome().words() + ": " + row.reason());
    }

    /** The first check that did not pass; one that tells nothing says what to do. */
    private static String missed(JournalFact.GroupTested test) {
        String first = test.checks().stream()
                .filter(check -> check.verdict() != SmokeTestVerdict.PASSED)
                .findFirst()
                .map(check -> ": " + check.name() + " on " + check.subject() + ": " + check.message())
                .orElse("");
        return test.verdict() == SmokeTestVerdict.INCONCLUSIVE
                ? first + "; look whether it can be asked from there, then test it again or go back with rollbackAsgs"
                : first;
    }
}
