package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
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

    /** Candidates that have neither begun nor ended. */
    static List<Candidate> waiting(StepState state) {
        List<Candidate> waiting = new ArrayList<>();
        for (Candidate candidate : candidates(state)) {
            if (!hasRow(state, candidate.group()) && !FleetWork.hasBegun(state, candidate.group())) {
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
