package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Keeps groups from starting once others of this run were rolled back or failed: those of an earlier step, of an earlier wave
 * and of their own. A wave bears as many as it says, a step that has none bears none.
 */
final class Holds {

    /** What happened in an earlier step of the run. */
    private static final int BEFORE = -1;

    private final Waves waves;
    private final String holdOn;
    private final Map<Integer, List<GroupResult>> bad;

    /** @param holdOn {@code any}, {@code family} or {@code none} */
    Holds(RunHistory history, StepState state, Waves waves, String holdOn) {
        this.waves = waves;
        this.holdOn = holdOn;
        this.bad = history.rows().stream()
                .filter(Holds::holdsOthers)
                .collect(Collectors.groupingBy(row -> wave(state, row.group()), TreeMap::new, Collectors.toList()));
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
        for (Map.Entry<Integer, List<GroupResult>> wave : bad.entrySet()) {
            List<GroupResult> others = wave.getValue().stream()
                    .filter(row -> !row.group().equals(candidate.group()))
                    .filter(row -> holdOn.equals("any") || row.family().equals(candidate.family()))
                    .toList();
            int borne = wave.getKey() == BEFORE ? 0 : waves.wave(wave.getKey()).maxFailures();
            if (wave.getKey() <= candidate.standing().wave() && others.size() > borne) {
                return Optional.of(why(others, borne));
            }
        }
        return Optional.empty();
    }

    private static String why(List<GroupResult> others, int borne) {
        GroupResult row = others.get(0);
        return row.group().name() + " " + what(row)
                + (row.environment().isEmpty() ? "" : " in " + row.environment())
                + (borne == 0 ? "" : ", with " + (others.size() - 1) + " more where " + borne + " may");
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
