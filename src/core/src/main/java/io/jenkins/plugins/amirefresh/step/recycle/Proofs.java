package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Waves that found nothing out: each of their groups that was due was refused, missed its window, was held or was deleted. A
 * wave is there to show whether the image works, so later ones do not go first in its place without somebody saying so.
 */
final class Proofs {

    private static final int NAMED = 3;

    private final RecycleSettings settings;
    private final Map<Integer, List<Member>> waves = new TreeMap<>();

    Proofs(RecycleSettings settings, StepState state) {
        this.settings = settings;
        if (settings.waves().areGiven()) {
            for (Candidate candidate : RecycleState.candidates(state)) {
                Turn turn = candidate.standing();
                waves.computeIfAbsent(turn.wave(), key -> new ArrayList<>()).add(member(state, candidate, turn));
            }
        }
    }

    /**
     * A group of a wave.
     *
     * @param without what became of it when that proves nothing; empty when it proves something, was left out on purpose or is
     *     not done
     */
    private record Member(GroupKey group, String family, Instant due, String without) {}

    private static Member member(StepState state, Candidate candidate, Turn turn) {
        Optional<GroupResult> before = RecycleState.row(state, candidate.group());
        String without = before.map(row -> ended(state, row))
                .or(() -> FleetWork.work(state, candidate.group()).map(work -> worked(state, work)))
                .orElse("");
        return new Member(candidate.group(), candidate.family(), due(turn.due()), without);
    }

    private static String ended(StepState state, GroupResult row) {
        return switch (row.outcome()) {
            case REFUSED -> "was refused";
            case MISSED -> "missed its window";
            case UNFINISHED -> "was not finished";
            case HELD -> "was held";
            case SKIPPED -> RecycleState.isGone(state, row.group()) ? "was deleted" : "";
            case REFRESHED, PAUSED, ROLLED_BACK, FAILED -> "";
        };
    }

    private static String worked(StepState state, GroupWork work) {
        GroupResult row = work.result();
        if (!work.isEnded() || row == null) {
            return "";
        }
        // Nothing but its deletion ends work so.
        boolean isGone = row.outcome() == GroupOutcome.SKIPPED || Soaks.isGone(state, work.group());
        return isGone ? "was deleted" : work.isHeldUp() ? "" : ended(state, row);
    }

    private static Instant due(@Nullable Instant due) {
        return due == null ? Instant.MIN : due;
    }

    /** The first earlier wave that found nothing out although it was due before the candidate; empty when none did. */
    Optional<String> lackingFor(Candidate candidate) {
        if (settings.holdOn().equals("none")) {
            return Optional.empty();
        }
        Instant due = due(candidate.standing().due());
        for (Map.Entry<Integer, List<Member>> wave : waves.entrySet()) {
            if (wave.getKey() >= candidate.standing().wave()) {
                return Optional.empty();
            }
            List<Member> meant = wave.getValue().stream()
                    .filter(one -> !one.due().isAfter(due))
                    .filter(one ->
                            !settings.holdOn().equals("family") || one.family().equals(candidate.family()))
                    .toList();
            if (!meant.isEmpty()
                    && meant.stream().noneMatch(one -> one.without().isEmpty())) {
                return Optional.of(text(wave.getKey(), meant));
            }
        }
        return Optional.empty();
    }

    private String text(int wave, List<Member> meant) {
        String named = meant.stream()
                .limit(NAMED)
                .map(one -> one.group().name() + " " + one.without())
                .collect(Collectors.joining(", "));
        String more = meant.size() > NAMED ? ", and " + (meant.size() - NAMED) + " more alike" : "";
        return settings.waves().wave(wave).name() + " proved nothing: " + named + more
                + "; mend that, or go on with holdOn: 'none'";
    }
}
