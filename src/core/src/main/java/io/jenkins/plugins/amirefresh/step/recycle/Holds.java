package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.smoketest.SmokeTesting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps groups from starting once others of this run were rolled back or failed: those of an earlier step, of an earlier wave
 * and of their own. A wave bears as many as it says, a step that has none bears none. Of whom nobody can tell whether it
 * works, or whom nobody tested where groups are tested, holds later waves.
 */
final class Holds {

    /** What happened in an earlier step of the run. */
    private static final int BEFORE = -1;

    private final Waves waves;
    private final String holdOn;
    private final Map<Integer, List<Bad>> bad = new TreeMap<>();
    private final List<Bad> goingBack = new ArrayList<>();

    /** Nothing happened so far. */
    Holds(RecycleSettings settings) {
        this(RunHistory.of(List.of()), StepState.EMPTY, settings);
    }

    /** What happened in the run so far. */
    Holds(RunHistory history, StepState state, RecycleSettings settings) {
        this.waves = settings.waves();
        this.holdOn = settings.holdOn();
        for (GroupResult row : history.rows()) {
            int wave = wave(state, row.group());
            if (history.isReleased(row.group())) {
                continue;
            }
            if (holdsOthers(row)) {
                add(wave, new Bad(row.group(), row.environment(), row.family(), what(row), wave));
            } else if (settings.smokeTest() != null && isUntested(history, state, row)) {
                add(wave, unknown(row, "an earlier step refreshed it and nobody tested it", wave));
            } else if (row.outcome() == GroupOutcome.SKIPPED && SmokeTesting.hasFailed(state, row.group())) {
                String what = "failed its test and was deleted on its way back";
                add(wave, new Bad(row.group(), row.environment(), row.family(), what, wave));
            } else {
                SmokeTesting.unknown(state, row.group())
                        .or(() -> Soaks.problem(state, row.group()))
                        .ifPresent(why -> add(wave, unknown(row, why, wave)));
            }
        }
        for (GroupWork work : FleetWork.works(state)) {
            if (work.isRollback() && !work.isEnded()) {
                int wave = wave(state, work.group());
                goingBack.add(new Bad(work.group(), work.environment(), work.family(), "goes back", wave));
            }
        }
    }

    /**
     * A group that holds others.
     *
     * @param from the first wave that it holds
     */
    private record Bad(GroupKey group, String environment, String family, String what, int from) {

        private boolean holds(Candidate candidate, String holdOn) {
            return from <= candidate.standing().wave()
                    && !group.equals(candidate.group())
                    && (holdOn.equals("any") || family.equals(candidate.family()));
        }

        private String text() {
            return group.name() + " " + what + (environment.isEmpty() ? "" : " in " + environment);
        }
    }

    private static Bad unknown(GroupResult row, String why, int wave) {
        String what = "cannot be told to work, " + why + ",";
        return new Bad(row.group(), row.environment(), row.family(), what, wave + 1);
    }

    /** Refreshed by an earlier step of the run, so that this one has nothing to do and to test there. */
    private static boolean isUntested(RunHistory history, StepState state, GroupResult row) {
        return row.outcome() == GroupOutcome.REFRESHED
                && RecycleState.candidate(state, row.group()).isPresent()
                && !FleetWork.hasBegun(state, row.group())
                && !history.group(row.group()).isTestedSinceItsRefresh();
    }

    private void add(int wave, Bad one) {
        bad.computeIfAbsent(wave, key -> new ArrayList<>()).add(one);
    }

    private static int wave(StepState state, GroupKey group) {
        return RecycleState.candidate(state, group)
                .map(candidate -> candidate.standing().wave())
                .orElse(BEFORE);
    }

    /** Why the candidate is held, empty when it may start. */
    Optional<String> on(Candidate candidate) {
        if (holdOn.equals("none")) {
            return Optional.empty();
        }
        for (Map.Entry<Integer, List<Bad>> wave : bad.entrySet()) {
            List<Bad> others = wave.getValue().stream()
                    .filter(one -> one.holds(candidate, holdOn))
                    .toList();
            int borne = wave.getKey() == BEFORE ? 0 : waves.wave(wave.getKey()).maxFailures();
            if (others.size() > borne) {
                return Optional.of(others.get(0).text()
                        + (borne == 0 ? "" : ", with " + (others.size() - 1) + " more where " + borne + " may"));
            }
        }
        return Optional.empty();
    }

    /** Which group is on its way back and will hold the candidate when it is there; empty when none is. */
    Optional<String> soonOn(Candidate candidate) {
        return holdOn.equals("none")
                ? Optional.empty()
                : goingBack.stream()
                        .filter(one -> one.holds(candidate, holdOn))
                        .findFirst()
                        .map(one -> "waiting, " + one.text());
    }

    /** A group that shows that the new version may not work. */
    static boolean holdsOthers(GroupResult row) {
        return row.outcome() == GroupOutcome.ROLLED_BACK || row.outcome() == GroupOutcome.FAILED;
    }

    /** What happened to such a group. */
    static String what(GroupResult row) {
        return row.outcome() == GroupOutcome.ROLLED_BACK ? "was rolled back" : "failed";
    }
}
