package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.refresh.Estimate;
import io.jenkins.plugins.amirefresh.schedule.DurationText;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupNames;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.fleet.OnAbort;
import io.jenkins.plugins.amirefresh.step.recycle.RecycleSettings.Overrun;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a refresh fits into its window, and what becomes of one whose window closes before it is done. */
final class Overruns {

    private final StepHost host;
    private final RecycleSettings settings;
    private final Instant now;

    Overruns(StepHost host, RecycleSettings settings) {
        this.host = host;
        this.settings = settings;
        this.now = host.clock().instant();
    }

    static String text(Duration duration) {
        return DurationText.of(duration.truncatedTo(ChronoUnit.SECONDS));
    }

    /** It ends within the window that is open or opens next; null without a window. */
    @Nullable
    Boolean fits(Estimate estimate, WindowGate.Answer answer) {
        return answer.end() == null
                ? null
                : !start(answer).plus(estimate.whole()).isAfter(answer.end());
    }

    private Instant start(WindowGate.Answer answer) {
        return answer.start() != null && answer.start().isAfter(now) ? answer.start() : now;
    }

    /** What has to fit before the group starts. */
    private Duration needed(Estimate estimate) {
        return switch (settings.overrun()) {
            case IGNORE -> Duration.ZERO;
            case FINISH, ROLL_BACK -> estimate.whole();
            case FINISH_BATCH -> estimate.batches() == 0 ? Duration.ZERO : estimate.batch();
        };
    }

    /** Why no window of the group is long enough; empty when one is. */
    Optional<String> refusal(Estimate estimate, WindowGate.Answer answer) {
        if (answer.end() == null || answer.start() == null) {
            return Optional.empty();
        }
        Duration window = Duration.between(answer.start(), answer.end());
        Duration needed = needed(estimate);
        boolean isByBatch = settings.overrun() == Overrun.FINISH_BATCH;
        return needed.compareTo(window) <= 0
                ? Optional.empty()
                : Optional.of((isByBatch ? "a batch of it" : "it") + " should take " + text(needed) + " ("
                        + estimate.basis() + "), and its window is open for " + text(window)
                        + (isByBatch
                                ? "; make the window longer (AMI_update_duration), or leave out overrun"
                                : "; make the window longer (AMI_update_duration), the batches larger (batchSize), or go on in"
                                        + " the next window (overrun: 'finishBatch')"));
    }

    /** Too little is left of its open window. */
    boolean isTooLate(Estimate estimate, WindowGate.Answer answer) {
        return answer.isOpen()
                && answer.end() != null
                && now.plus(needed(estimate)).isAfter(answer.end());
    }

    /** Says when a group that begins should be done, and writes down what is to be compared with what came. */
    StepState begun(StepState state, GroupKey group, Estimate estimate, WindowGate.Answer answer) {
        Instant end = answer.end();
        Instant done = now.plus(estimate.whole());
        String late = end != null && done.isAfter(end)
                ? ", " + text(Duration.between(end, done)) + " after its window closes"
                : "";
        host.log(GroupNames.in(state).of(group) + ": should be done at " + done.truncatedTo(ChronoUnit.SECONDS) + late
                + ", in " + estimate.text());
        host.journal()
                .append(new JournalEvent(
                        host.run().stepId() + ":" + group + ":estimated:" + now,
                        now,
                        RecycleAsgs.NAME,
                        new JournalFact.GroupEstimated(
                                group, estimate.batches(), estimate.whole().toSeconds(), estimate.basis(), end)));
        return RecycleState.until(state, group, end);
    }

    /** The state in which each group at work whose window is over goes on as {@code overrun} says. */
    StepState look(StepState state) {
        StepState looked = state;
        for (GroupWork work : FleetWork.works(state)) {
            Optional<RecycleState.Until> until = RecycleState.until(state, work.group())
                    .filter(one -> !one.isSeen() && one.windowEnd() != null && !now.isBefore(one.windowEnd()));
            if (until.isPresent()
                    && !work.isEnded()
                    && work.phase() == GroupWork.Phase.REFRESHING
                    && !work.isBeforeItsFirstChange()) {
                looked =
                        over(looked, work, "its window closed at " + until.get().windowEnd());
            }
        }
        return looked;
    }

    private StepState over(StepState state, GroupWork work, String closed) {
        StepState seen = RecycleState.seen(state, work.group());
        boolean endsAlready = work.state().earlyEnding().isPresent();
        Overrun way = endsAlready ? Overrun.FINISH : settings.overrun();
        String what =
                switch (way) {
                    case IGNORE, FINISH -> "going on to its end";
                    case FINISH_BATCH -> "ending with the batch in flight";
                    case ROLL_BACK -> "going back";
                };
        host.log(GroupNames.in(state).of(work.group()) + ": " + closed + ", " + what);
        return switch (way) {
            case IGNORE, FINISH -> seen;
            case FINISH_BATCH -> toGoOn(FleetWork.overrun(seen, work, OnAbort.FINISH_BATCH, closed, now), work.group());
            case ROLL_BACK ->
                FleetWork.overrun(seen, work, OnAbort.ROLL_BACK, closed + " before it was done (overrun)", now);
        };
    }

    /** It waits for its next window, and has not missed the one that it began in. */
    private StepState toGoOn(StepState state, GroupKey group) {
        return RecycleState.candidate(state, group)
                .map(candidate -> RecycleState.with(state, candidate.toGoOn(now)))
                .orElse(state);
    }
}
