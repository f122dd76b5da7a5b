package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.smoketest.SmokeTesting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The step's documents: who is in scope, who ended before starting, who is at work. */
final class RecycleState {

    private static final String STEP = "step";
    private static final String CANDIDATE = "candidate:";
    private static final String ROW = "row:";
    private static final String GONE = "gone:";
    private static final String UNTIL = "until:";

    private RecycleState() {}

    /**
     * The step's own document.
     *
     * @param isStopping it was told to end early
     * @param lookedAt when groups that wait for their windows were last looked at; null before, and in state files of older
     *     versions
     */
    record Header(boolean isStopping, @Nullable Instant lookedAt) {}

    static Optional<Header> header(StepState state) {
        return state.read(STEP, Header.class);
    }

    static StepState with(StepState state, Header header) {
        return state.with(STEP, Json.write(header));
    }

    /** When groups that wait for their windows were last looked at, null before. */
    static @Nullable Instant lookedAt(StepState state) {
        return header(state).map(Header::lookedAt).orElse(null);
    }

    static StepState lookedAt(StepState state, Instant at) {
        boolean isStopping = header(state).filter(Header::isStopping).isPresent();
        return with(state, new Header(isStopping, at));
    }

    static StepState with(StepState state, Candidate candidate) {
        return state.with(CANDIDATE + candidate.group(), Json.write(candidate));
    }

    static StepState with(StepState state, GroupResult row) {
        return state.with(ROW + row.group(), Json.write(row));
    }

    /** A group as it came into scope, empty when it did not. */
    static Optional<Candidate> candidate(StepState state, GroupKey group) {
        return state.read(CANDIDATE + group, Candidate.class);
    }

    /** Every group as it came into scope. */
    static List<Candidate> candidates(StepState state) {
        return state.readAll(CANDIDATE, Candidate.class);
    }

    /** The row of a group that ended without having begun. */
    static Optional<GroupResult> row(StepState state, GroupKey group) {
        return state.read(ROW + group, GroupResult.class);
    }

    /** The group was deleted before it began. */
    static StepState gone(StepState state, GroupKey group) {
        return state.with(GONE + group, "true");
    }

    static boolean isGone(StepState state, GroupKey group) {
        return state.document(GONE + group).isPresent();
    }

    /** The group ended without having begun. */
    static boolean hasRow(StepState state, GroupKey group) {
        return state.document(ROW + group).isPresent();
    }

    /** When the window closes in which the group began. */
    static StepState until(StepState state, GroupKey group, @Nullable Instant windowEnd) {
        return state.with(UNTIL + group, Json.write(new Until(windowEnd, false)));
    }

    static Optional<Until> until(StepState state, GroupKey group) {
        return state.read(UNTIL + group, Until.class);
    }

    /** The end of its window has been seen. */
    static StepState seen(StepState state, GroupKey group) {
        Instant end = until(state, group).map(Until::windowEnd).orElse(null);
        return state.with(UNTIL + group, Json.write(new Until(end, true)));
    }

    /**
     * The window in which a group began.
     *
     * @param windowEnd null when nothing ends it
     * @param isSeen that it is over has been seen, and what follows from it was begun
     */
    record Until(@Nullable Instant windowEnd, boolean isSeen) {}

    /** The group is at work or done, and not to go on in its next window. */
    static boolean isTaken(StepState state, GroupKey group) {
        return FleetWork.work(state, group).filter(work -> !isUnfinished(work)).isPresent();
    }

    /** Its window was over before it was done. */
    static boolean isUnfinished(GroupWork work) {
        GroupResult row = work.result();
        return work.isEnded() && row != null && row.outcome() == GroupOutcome.UNFINISHED && !work.isHeldUp();
    }

    /** Candidates that have neither begun nor ended, and those that are to go on in their next window. */
    static List<Candidate> waiting(StepState state) {
        List<Candidate> waiting = new ArrayList<>();
        for (Candidate candidate : candidates(state)) {
            if (!hasRow(state, candidate.group()) && !isTaken(state, candidate.group())) {
                waiting.add(candidate);
            }
        }
        return waiting;
    }

    /** Every row in the order of the groups' keys; of a group that did not pass its test or was put back, the one that followed. */
    static List<GroupResult> rows(StepState state, RunHistory history) {
        return rows(state).stream()
                .map(row -> SmokeTesting.isTested(state, row.group()) || Soaks.isLookedAt(state, row.group())
                        ? history.row(row.group()).orElse(row)
                        : row)
                .toList();
    }

    /** Every row so far in the order of the groups' keys. */
    static List<GroupResult> rows(StepState state) {
        Map<GroupKey, GroupResult> rows = new TreeMap<>();
        state.readAll(ROW, GroupResult.class).forEach(row -> rows.put(row.group(), row));
        FleetWork.results(state).forEach(row -> rows.put(row.group(), row));
        return List.copyOf(rows.values());
    }
}
