package io.jenkins.plugins.amirefresh.step.fleet;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RefreshState;
import io.jenkins.plugins.amirefresh.refresh.RestoreTag;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One group's document: what is done with it and how far it is.
 *
 * @param phase where the work stands
 * @param record how the group was before
 * @param onFailure what follows a failed replacement
 * @param why why it is rolled back, or why it failed; empty while all is well
 * @param line the last line on the console, so that none is repeated
 * @param changed at least one change was announced
 * @param referenceSince when the group's own way to name its version was last changed, null before
 * @param lease how the group is kept from other controllers, null before the first change
 * @param result the row, null until the outcome is known
 */
public record GroupWork(
        Place place,
        String environment,
        String family,
        Phase phase,
        RefreshRecord record,
        RefreshPlan plan,
        RefreshState state,
        OnFailure onFailure,
        String why,
        String line,
        boolean changed,
        Instant startedAt,
        @Nullable Instant windowStart,
        @Nullable Instant referenceSince,
        @Nullable HeldLease lease,
        @Nullable GroupResult result) {

    /** Where the work on a group stands. */
    public enum Phase {
        /** Bringing it to the new version. */
        REFRESHING,
        /** Bringing it back to the recorded one. */
        ROLLING_BACK,
        /** Undoing what an interrupted refresh left; no instance is moved to another version. */
        RESTORING,
        /** Every instance is where it shall be; the group's own way to name its version comes back. */
        NAMING,
        /** The same after a rollback. */
        NAMING_BACK,
        /** There is a result, and nothing is left to do. */
        ENDED
    }

    /** What follows a failed replacement. */
    public enum OnFailure {
        /** The group goes back to the recorded version. */
        ROLL_BACK,
        /** What is temporary is undone, the rest stays for people to look at. */
        STOP
    }

    /** A refresh that starts now, in a window that opened at {@code windowStart}. */
    public static GroupWork refresh(
            LocatedGroup where,
            GroupLabels labels,
            RefreshRecord record,
            RefreshPlan plan,
            OnFailure onFailure,
            Instant now) {
        return new GroupWork(
                where.place(),
                labels.environment(),
                labels.family(),
                Phase.REFRESHING,
                record,
                plan,
                RefreshState.start(now),
                onFailure,
                "",
                "",
                false,
                now,
                labels.windowStart(),
                null,
                null,
                null);
    }

    /**
     * A rollback that starts now.
     *
     * @param plan its target is {@code record.from()}
     * @param why one line for people
     */
    public static GroupWork rollback(
            LocatedGroup where, GroupLabels labels, RefreshRecord record, RefreshPlan plan, String why, Instant now) {
        return new GroupWork(
                where.place(),
                labels.environment(),
                labels.family(),
                Phase.ROLLING_BACK,
                record,
                plan,
                RefreshState.start(now),
                OnFailure.STOP,
                why,
                "",
                false,
                now,
                labels.windowStart(),
                null,
                null,
                null);
    }

    /**
     * Undoes what the group's tag says is temporary, starting now.
     *
     * @param plan its target is the version the group launches
     */
    public static GroupWork restore(
            LocatedGroup where,
            GroupLabels labels,
            RefreshRecord record,
            RefreshPlan plan,
            RestoreTag tag,
            Instant now) {
        return new GroupWork(
                where.place(),
                labels.environment(),
                labels.family(),
                Phase.RESTORING,
                record,
                plan,
                RefreshState.restore(now, tag),
                OnFailure.STOP,
                "",
                "",
                false,
                now,
                labels.windowStart(),
                null,
                null,
                null);
    }

    /** The group. */
    @JsonIgnore
    public GroupKey group() {
        return plan.group();
    }

    /** There is a result, and nothing is left to do. */
    @JsonIgnore
    public boolean isEnded() {
        return phase == Phase.ENDED;
    }

    /** The outcome is known, and our lease has to go before the work has ended. */
    @JsonIgnore
    boolean isReleasing() {
        return result != null && phase != Phase.ENDED;
    }

    @JsonIgnore
    boolean isRollback() {
        return phase == Phase.ROLLING_BACK || phase == Phase.NAMING_BACK;
    }

    /** The reason of an end that may leave something temporary, which it says. */
    String left(String reason) {
        return (why.isEmpty() ? "" : why + "; ")
                + reason
                + (state.temporary().isNone() ? "" : "; temporary changes are left, run restoreAsgs to undo them");
    }

    /** The reason of an end that left no instance behind but those it was told to. */
    String refreshed(GroupObservation group, String naming) {
        String leftAlone = group.instances().stream()
                .filter(instance -> !instance.lifecycleState().isLeaving()
                        && !instance.lifecycleState().isWarmed()
                        && plan.isOutdated(instance, group.launchSource()))
                .map(instance -> instance.id().value())
                .collect(Collectors.joining(", "));
        return "all instances healthy on version " + record.to()
                + (leftAlone.isEmpty() ? "" : " but " + leftAlone + ", left alone as asked")
                + (naming.isEmpty() ? "" : "; " + naming);
    }

    GroupWork with(RefreshState newState) {
        return new GroupWork(
                place,
                environment,
                family,
                phase,
                record,
                plan,
                newState,
                onFailure,
                why,
                line,
                changed,
                startedAt,
                windowStart,
                referenceSince,
                lease,
                result);
    }

    GroupWork with(Phase newPhase) {
        return new GroupWork(
                place,
                environment,
                family,
                newPhase,
                record,
                plan,
                state,
                onFailure,
                why,
                line,
                changed,
                startedAt,
                windowStart,
                referenceSince,
                lease,
                result);
    }

    GroupWork with(@Nullable HeldLease newLease) {
        return new GroupWork(
                place,
                environment,
                family,
                phase,
                record,
                plan,
                state,
                onFailure,
                why,
                line,
                changed,
                startedAt,
                windowStart,
                referenceSince,
                newLease,
                result);
    }

    GroupWork withLine(String newLine) {
        return new GroupWork(
                place,
                environment,
                family,
                phase,
                record,
                plan,
                state,
                onFailure,
                why,
                newLine,
                changed,
                startedAt,
                windowStart,
                referenceSince,
                lease,
                result);
    }

    GroupWork withWhy(String newWhy) {
        return new GroupWork(
                place,
                environment,
                family,
                phase,
                record,
                plan,
                state,
                onFailure,
                newWhy,
                line,
                changed,
                startedAt,
                windowStart,
                referenceSince,
                lease,
                result);
    }

    GroupWork withReferenceSince(Instant since) {
        return new GroupWork(
                place,
                environment,
                family,
                phase,
                record,
                plan,
                state,
                onFailure,
                why,
                line,
                true,
                startedAt,
                windowStart,
                since,
                lease,
                result);
    }

    GroupWork asChanged() {
        return new GroupWork(
                place,
                environment,
                family,
                phase,
                record,
                plan,
                state,
                onFailure,
                why,
                line,
                true,
                startedAt,
                windowStart,
                referenceSince,
                lease,
                result);
    }

    GroupWork rollingBack(String reason, Instant now) {
        return new GroupWork(
                place,
                environment,
                family,
                Phase.ROLLING_BACK,
                record,
                plan.backTo(record.from()),
                state.next(now),
                OnFailure.STOP,
                reason,
                line,
                changed,
                startedAt,
                windowStart,
                referenceSince,
                lease,
                result);
    }

    /** The outcome is known; a lease is given back before the work has ended. */
    GroupWork ended(GroupOutcome outcome, String reason, Instant now) {
        GroupResult row = new GroupResult(
                group(),
                environment,
                family,
                plan.strategy().text(),
                outcome,
                reason,
                record.from().number(),
                record.to().number(),
                windowStart,
                startedAt,
                now,
                plan.floor());
        return new GroupWork(
                place,
                environment,
                family,
                lease == null ? Phase.ENDED : phase,
                record,
                plan,
                state,
                onFailure,
                why,
                line,
                changed,
                startedAt,
                windowStart,
                referenceSince,
                lease,
                row);
    }
}
