package io.jenkins.plugins.amirefresh.step.recycle;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.refresh.Allowance;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A group in scope that has neither a result nor begun.
 *
 * @param to the version it shall be brought to
 * @param line the last line on the console, so that none is repeated
 * @param lookAt when its window opens next, null before it is known
 * @param allowance how long its hooks and balancers let instances wait, null before it was looked at
 * @param keptBy what kept it from starting while its window was open, null while nothing did
 * @param wanted what else is known of the version; null in state files of older versions
 * @param passed the end of a window of which too little is left for it; null for none, and in state files of older versions
 * @param turn where it stands among the waves; null in state files of older versions
 */
record Candidate(
        GroupKey group,
        Place place,
        String environment,
        String family,
        LaunchTemplateId template,
        LaunchTemplateVersion to,
        String line,
        @Nullable Instant lookAt,
        @Nullable Allowance allowance,
        @Nullable String keptBy,
        @Nullable Wanted wanted,
        @Nullable Turn turn,
        @Nullable Instant passed) {

    private static final String OVER = "its window closed before it was done";

    /** What else is known of the version. */
    @JsonIgnore
    Wanted what() {
        return wanted == null ? Wanted.UNKNOWN : wanted;
    }

    /** Wave by wave, since a later one waits for what an earlier one leaves open. */
    static List<Candidate> inOrder(List<Candidate> waiting) {
        return waiting.stream()
                .sorted(Comparator.comparingInt(one -> one.standing().wave()))
                .toList();
    }

    static List<Place> places(Collection<Candidate> candidates) {
        return candidates.stream().map(Candidate::place).toList();
    }

    /** What they launch from, by place. */
    static Map<Place, Set<LaunchTemplateId>> templates(Collection<Candidate> candidates) {
        return candidates.stream()
                .collect(Collectors.groupingBy(
                        Candidate::place, Collectors.mapping(Candidate::template, Collectors.toSet())));
    }

    Candidate with(Allowance newAllowance) {
        return but(draft -> draft.allowance = newAllowance);
    }

    /** It waits for its window. */
    Candidate waiting(String newLine, @Nullable Instant newLookAt) {
        return but(draft -> {
            draft.line = newLine;
            draft.lookAt = newLookAt;
            draft.keptBy = null;
        });
    }

    /** Where it stands among the waves. */
    @JsonIgnore
    Turn standing() {
        return turn == null ? Turn.FIRST : turn;
    }

    Candidate with(Turn newTurn) {
        return but(draft -> draft.turn = newTurn);
    }

    /**
     * Its window is open, and something else keeps it from starting.
     *
     * @param why the line with what it leaves out, since that changes often
     */
    Candidate kept(String newLine, String why, Instant newLookAt) {
        return but(draft -> {
            draft.line = newLine;
            draft.lookAt = newLookAt;
            draft.keptBy = why;
        });
    }

    /** Too little is left for it of the window that closes then; it waits for the next one. */
    Candidate passing(@Nullable Instant windowEnd) {
        return but(draft -> draft.passed = windowEnd);
    }

    /** As the journal names it when it comes into scope. */
    JournalFact.GroupListed listed(Waves waves) {
        String wave = waves.areGiven() ? waves.wave(standing().wave()).name() : "";
        return new JournalFact.GroupListed(group, environment, family, wave, to.number());
    }

    /** It was kept from starting by the same, and is looked at no earlier or later than it would be now. */
    boolean isKeptAlike(Candidate now, String newLine, Instant newLookAt) {
        return keptBy != null
                && line.equals(newLine)
                && lookAt != null
                && !lookAt.isAfter(newLookAt)
                && standing().equals(now.standing());
    }

    /** Its window closed before it was done; it goes on in its next one. */
    Candidate toGoOn(Instant now) {
        return with(standing().due(now)).waiting(OVER, now);
    }

    @JsonIgnore
    boolean isToGoOn() {
        return line.equals(OVER);
    }

    @JsonIgnore
    boolean isFirstLook() {
        return lookAt == null && line.isEmpty();
    }

    private Candidate but(Consumer<Draft> edit) {
        Draft draft = new Draft(this);
        edit.accept(draft);
        return draft.build();
    }

    /** What it was, to be changed in a place or two. */
    private static final class Draft {

        private final Candidate was;
        private String line;
        private @Nullable Instant lookAt;
        private @Nullable Allowance allowance;
        private @Nullable String keptBy;
        private @Nullable Wanted wanted;
        private @Nullable Turn turn;
        private @Nullable Instant passed;

        Draft(Candidate was) {
            this.was = was;
            line = was.line;
            lookAt = was.lookAt;
            allowance = was.allowance;
            keptBy = was.keptBy;
            wanted = was.wanted;
            turn = was.turn;
            passed = was.passed;
        }

        Candidate build() {
            return new Candidate(
                    was.group,
                    was.place,
                    was.environment,
                    was.family,
                    was.template,
                    was.to,
                    line,
                    lookAt,
                    allowance,
                    keptBy,
                    wanted,
                    turn,
                    passed);
        }
    }
}
