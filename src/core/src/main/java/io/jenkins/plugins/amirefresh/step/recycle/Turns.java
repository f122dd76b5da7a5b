package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.smoketest.SmokeTesting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is in one tick: a group waits for those of earlier waves whose windows opened before or with its own. The
 * waves have to be gone through in their order, and each group that goes on waiting is {@link #add added}.
 */
final class Turns {

    private final Waves waves;
    private final Instant now;
    private final List<Line> lines = new ArrayList<>();

    Turns(RecycleSettings settings, StepState state, Instant now) {
        this.waves = settings.waves();
        boolean isTested = settings.smokeTest() != null;
        this.now = now;
        waves.list().forEach(wave -> lines.add(new Line()));
        for (GroupWork work : FleetWork.works(state)) {
            int wave = wave(state, work.group());
            boolean isUnderTest = isTested && isUnderTest(settings, state, work, now);
            if (work.isEnded() && !isUnderTest) {
                soaking(state, wave, work);
            } else {
                begin(wave);
                add(wave, work.windowStart(), work.group(), isUnderTest ? " is being tested" : " is at work");
            }
        }
    }

    private static boolean isUnderTest(RecycleSettings settings, StepState state, GroupWork work, Instant now) {
        return SmokeTesting.isUnderTest(state, work)
                || (SmokeTesting.isToBeAskedAgain(state, work) && hasSoaked(settings, state, work, now));
    }

    /** Groups of later waves go by what becomes of this one, also those that another one of its wave has held by now. */
    static boolean holdsOthers(StepState state, GroupWork work) {
        int own = wave(state, work.group());
        return RecycleState.candidates(state).stream()
                .anyMatch(other -> other.standing().wave() > own);
    }

    /** Its wave soaks, that is over for it, and it was not put back meanwhile. */
    static boolean hasSoaked(RecycleSettings settings, StepState state, GroupWork work, Instant now) {
        return isSoakOver(settings, state, work, now) && Soaks.hasProven(state, work.group());
    }

    /** Its wave soaks, and that is over for it. */
    static boolean isSoakOver(RecycleSettings settings, StepState state, GroupWork work, Instant now) {
        Duration soak = settings.waves().wave(wave(state, work.group())).soak();
        return !soak.isZero()
                && refreshedAt(work).filter(at -> !at.plus(soak).isAfter(now)).isPresent();
    }

    private static Optional<Instant> refreshedAt(GroupWork work) {
        return Optional.ofNullable(work.result())
                .filter(row -> row.outcome() == GroupOutcome.REFRESHED)
                .map(GroupResult::endedAt);
    }

    /** The wave of a group that came into scope. */
    static int wave(StepState state, GroupKey group) {
        return RecycleState.candidate(state, group)
                .map(candidate -> candidate.standing().wave())
                .orElse(0);
    }

    /** What is open in one wave. */
    private static final class Line {
        private int atWork;
        private @Nullable Open first;
        private final List<Soaking> soaking = new ArrayList<>();
    }

    private record Open(Instant due, String what) {}

    private record Soaking(Instant due, Instant until) {}

    /** What keeps a group from starting: a line that changes seldom, the same with the group waited for, when to look again. */
    record Wait(String line, String why, Instant until) {}

    private Line line(int wave) {
        return lines.get(Math.min(wave, lines.size() - 1));
    }

    private boolean isToBeLookedAt(StepState state, int wave, GroupWork work) {
        return !waves.wave(wave).soak().isZero() && !Soaks.isLookedAt(state, work.group());
    }

    private void soaking(StepState state, int wave, GroupWork work) {
        refreshedAt(work)
                .map(at -> at.plus(waves.wave(wave).soak()))
                .filter(until -> until.isAfter(now) || isToBeLookedAt(state, wave, work))
                .ifPresent(until -> line(wave).soaking.add(new Soaking(due(work.windowStart()), until)));
    }

    /** Without a window everything is due from the start. */
    private static Instant due(@Nullable Instant due) {
        return due == null ? Instant.MIN : due;
    }

    /** A group of this wave is not done yet. */
    void add(int wave, @Nullable Instant due, GroupKey group, String what) {
        Line line = line(wave);
        Instant since = due(due);
        if (line.first == null || since.isBefore(line.first.due())) {
            line.first = new Open(since, group.name() + what);
        }
    }

    /** A group of this wave began; it is at work until its test has a verdict. */
    void begin(int wave) {
        line(wave).atWork++;
    }

    /** Groups of all waves. */
    int atWork() {
        return lines.stream().mapToInt(line -> line.atWork).sum();
    }

    /** Why a group of this wave, whose window opened then, has to wait for an earlier one. */
    Optional<Wait> before(int wave, @Nullable Instant due) {
        for (int i = 0; i < Math.min(wave, lines.size()); i++) {
            Line line = lines.get(i);
            String name = waves.wave(i).name();
            if (line.first != null && !line.first.due().isAfter(due(due))) {
                String text = "waiting for " + name;
                return Optional.of(new Wait(text, text + ": " + line.first.what(), now));
            }
            Optional<Instant> until = line.soaking.stream()
                    .filter(one -> !one.due().isAfter(due(due)))
                    .map(Soaking::until)
                    .max(Instant::compareTo);
            if (until.isPresent()) {
                String text = "waiting for " + name + ", which soaks until " + until.get();
                return Optional.of(new Wait(text, text, until.get()));
            }
        }
        return Optional.empty();
    }

    /** Why a group has to wait for others of its own wave. */
    Optional<Wait> among(int wave) {
        int most = waves.wave(wave).maxConcurrent();
        String text = "waiting, " + most + " groups of " + waves.wave(wave).name() + " are at work already";
        return line(wave).atWork < most ? Optional.empty() : Optional.of(new Wait(text, text, now));
    }
}
