package io.jenkins.plugins.amirefresh.step.fleet;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.amirefresh.cloud.LaunchTemplates.NewVersion;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.refresh.Matching;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RefreshState;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.refresh.RestoreTag;
import io.jenkins.plugins.amirefresh.smoketest.Readiness;
import io.jenkins.plugins.amirefresh.step.preflight.Risk;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
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
 * @param readiness how its instances stand to the step's checks, null before the first one is asked
 * @param forward how it came forward when it goes back another way, null else and in state files of older versions
 * @param making a version to go back to that was to be made, null when there is none or its number is known
 * @param allowed the risks that were taken on
 * @param remark what its row has to say whatever comes of it; empty for nothing
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
        @Nullable GroupResult result,
        @Nullable Readiness readiness,
        @Nullable RefreshStrategy forward,
        @Nullable NewVersion making,
        Set<Risk> allowed,
        String remark) {

    /** State files of older versions allow nothing and have nothing to say. */
    public GroupWork {
        allowed = allowed == null ? Set.of() : Set.copyOf(allowed);
        remark = remark == null ? "" : remark;
    }

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
        return begun(where, labels, Phase.REFRESHING, record, plan, RefreshState.start(now), onFailure, "", now);
    }

    /** A rollback to {@code record.from()}, the plan's target, that starts now and undoes what the group's tag says. */
    public static GroupWork rollback(
            LocatedGroup where, GroupLabels labels, RefreshRecord record, RefreshPlan plan, String why, Instant now) {
        RefreshState state = RefreshState.startBack(now, RestoreTag.left(where.group()));
        return begun(where, labels, Phase.ROLLING_BACK, record, plan, state, OnFailure.STOP, why, now);
    }

    /** Undoes what the group's tag says is temporary, starting now; the plan's target is what the group launches. */
    public static GroupWork restore(
            LocatedGroup where,
            GroupLabels labels,
            RefreshRecord record,
            RefreshPlan plan,
            RestoreTag tag,
            Instant now) {
        return begun(
                where, labels, Phase.RESTORING, record, plan, RefreshState.restore(now, tag), OnFailure.STOP, "", now);
    }

    private static GroupWork begun(
            LocatedGroup where,
            GroupLabels labels,
            Phase phase,
            RefreshRecord record,
            RefreshPlan plan,
            RefreshState state,
            OnFailure onFailure,
            String why,
            Instant now) {
        return new GroupWork(
                where.place(),
                labels.environment(),
                labels.family(),
                phase,
                record,
                plan,
                state,
                onFailure,
                why,
                "",
                false,
                now,
                labels.windowStart(),
                null,
                null,
                null,
                null,
                null,
                null,
                Set.of(),
                "");
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

    /** It is to be refreshed, and nothing of it was changed yet. */
    @JsonIgnore
    public boolean isBeforeItsFirstChange() {
        return phase == Phase.REFRESHING && !changed;
    }

    /** It ends before what may not be touched; all else is done. */
    @JsonIgnore
    public boolean isHeldUp() {
        return state.earlyEnding().filter(RefreshState.Ending::isHeldUp).isPresent();
    }

    /** It goes back, or is back. */
    @JsonIgnore
    public boolean isRollback() {
        return phase == Phase.ROLLING_BACK || phase == Phase.NAMING_BACK;
    }

    /** The same that goes on from there. */
    public GroupWork with(RefreshState newState) {
        return but(draft -> draft.state = newState);
    }

    GroupWork with(RefreshPlan newPlan) {
        return but(draft -> draft.plan = newPlan);
    }

    GroupWork with(Phase newPhase) {
        return but(draft -> draft.phase = newPhase);
    }

    GroupWork with(@Nullable HeldLease newLease) {
        return but(draft -> draft.lease = newLease);
    }

    GroupWork with(@Nullable Readiness newReadiness) {
        return but(draft -> draft.readiness = newReadiness);
    }

    /** The same where these risks are taken. */
    public GroupWork allowing(Set<Risk> risks) {
        return but(draft -> draft.allowed = risks);
    }

    /** The same whose row says this, too. */
    public GroupWork remarking(String newRemark) {
        return but(draft -> draft.remark = newRemark);
    }

    /** A version is to be made to go back to. */
    GroupWork making(@Nullable NewVersion version) {
        return but(draft -> {
            draft.making = version;
            draft.changed = changed || version != null;
        });
    }

    GroupWork withLine(String newLine) {
        return but(draft -> draft.line = newLine);
    }

    GroupWork withWhy(String newWhy) {
        return but(draft -> draft.why = newWhy);
    }

    /** What its row has to say besides, once however often it is said. */
    GroupWork withBesides(String besides) {
        return besides.isEmpty() || why.contains(besides) ? this : withWhy(why + "; " + besides);
    }

    GroupWork withReferenceSince(Instant since) {
        return but(draft -> {
            draft.changed = true;
            draft.referenceSince = since;
        });
    }

    /** Back to where it was before it was proven and named. */
    GroupWork unproven() {
        return but(draft -> {
            draft.phase = isRollback() ? Phase.ROLLING_BACK : Phase.REFRESHING;
            draft.referenceSince = null;
            draft.state = state.goingOn();
        });
    }

    /** The same on a group that was changed before. */
    public GroupWork asChanged() {
        return but(draft -> draft.changed = true);
    }

    /** The same on its way back. */
    public GroupWork rollingBack(String reason, Instant now) {
        return but(draft -> {
            draft.phase = Phase.ROLLING_BACK;
            draft.forward = plan.strategy();
            draft.plan = plan.backTo(
                    record.from(),
                    plan.matching() == null ? null : Matching.back(record.overridesBefore(), record.images()),
                    state,
                    now);
            draft.state = state.next(now);
            draft.onFailure = OnFailure.STOP;
            draft.why = reason;
            draft.readiness = null;
        });
    }

    /** Going back to another version than the recorded one. */
    GroupWork backTo(LaunchTemplateVersion version) {
        return but(draft -> {
            draft.record = record.withFrom(version);
            draft.plan = isRollback() ? plan.backTo(version, alike()) : plan;
            draft.making = null;
        });
    }

    /** Instances of the recorded version, which is gone or follows a parameter, may stay where they run its image. */
    private @Nullable Matching alike() {
        if (plan.matching() == null || record.ami() == null) {
            return plan.matching();
        }
        Matching alike = plan.matching().withSame(record.template(), record.from());
        return record.byImage() ? alike.withSame(record.template(), record.to()) : alike;
    }

    /** The outcome is known; a lease is given back before the work has ended. */
    GroupWork ended(GroupOutcome outcome, String reason, Instant now) {
        GroupResult row = Rows.of(this, outcome, reason, now);
        return but(draft -> {
            draft.phase = lease == null ? Phase.ENDED : phase;
            draft.result = row;
        });
    }

    /** After its end: at work once more with no row, or with another row. */
    GroupWork again(@Nullable GroupResult row) {
        return but(draft -> {
            draft.phase = row == null ? Phase.REFRESHING : Phase.ENDED;
            draft.lease = null;
            draft.result = row;
        });
    }

    private GroupWork but(Consumer<Draft> edit) {
        Draft draft = new Draft(this);
        edit.accept(draft);
        return draft.build();
    }

    /** What it was, to be changed in a place or two. */
    private static final class Draft {

        private final Place place;
        private final String environment;
        private final String family;
        private Phase phase;
        private RefreshRecord record;
        private RefreshPlan plan;
        private RefreshState state;
        private OnFailure onFailure;
        private String why;
        private String line;
        private boolean changed;
        private final Instant startedAt;
        private final @Nullable Instant windowStart;
        private @Nullable Instant referenceSince;
        private @Nullable HeldLease lease;
        private @Nullable GroupResult result;
        private @Nullable Readiness readiness;
        private @Nullable RefreshStrategy forward;
        private @Nullable NewVersion making;
        private Set<Risk> allowed;
        private String remark;

        Draft(GroupWork from) {
            place = from.place;
            environment = from.environment;
            family = from.family;
            phase = from.phase;
            record = from.record;
            plan = from.plan;
            state = from.state;
            onFailure = from.onFailure;
            why = from.why;
            line = from.line;
            changed = from.changed;
            startedAt = from.startedAt;
            windowStart = from.windowStart;
            referenceSince = from.referenceSince;
            lease = from.lease;
            result = from.result;
            readiness = from.readiness;
            forward = from.forward;
            making = from.making;
            allowed = from.allowed;
            remark = from.remark;
        }

        GroupWork build() {
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
                    lease,
                    result,
                    readiness,
                    forward,
                    making,
                    allowed,
                    remark);
        }
    }
}
