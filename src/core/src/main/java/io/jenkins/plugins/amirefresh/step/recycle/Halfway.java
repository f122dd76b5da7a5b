package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.refresh.LeftHalfway;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupNames;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.fleet.HoldTag;
import io.jenkins.plugins.amirefresh.step.fleet.Lease;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.fleet.TemplateReads;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at groups that wait half-way for their next window, when it opens and once an hour before: others may have put such a
 * group back, which stays, and its new instances may have broken, for which it goes back at once.
 */
final class Halfway {

    private static final String PREFIX = "halfway:";
    private static final String WAITED = " while it waited for its next window";

    private final StepHost host;
    private final TemplateReads reads;
    private final WindowGate gate;
    private final Instant now;
    private final Set<GroupKey> unseen = new HashSet<>();

    Halfway(StepHost host, TemplateReads reads, WindowGate gate) {
        this.host = host;
        this.reads = reads;
        this.gate = gate;
        this.now = host.clock().instant();
    }

    /**
     * How a group was left, and what was seen of it since.
     *
     * @param row when its row was given
     * @param launches the version that it was left launching; null for none
     * @param hold the hold that it was left with
     * @param lookedAt the last look
     * @param brokenSince since when too few serve; null while enough do
     */
    private record Left(
            @Nullable Instant row,
            @Nullable LaunchTemplateVersion launches,
            String hold,
            Instant lookedAt,
            @Nullable Instant brokenSince) {

        private Left with(Instant look, @Nullable Instant broken) {
            return new Left(row, launches, hold, look, broken);
        }
    }

    /** It was left half-way and nobody looked at it for an hour. */
    static boolean isDue(StepState state, Candidate candidate, Instant now) {
        return state.read(PREFIX + candidate.group(), Left.class)
                .filter(left -> FleetWork.work(state, candidate.group())
                        .filter(RecycleState::isUnfinished)
                        .isPresent())
                .filter(left -> !now.isBefore(left.lookedAt().plus(QuietWait.LOOK_AGAIN)))
                .isPresent();
    }

    /** Too few of it serve, or nobody can tell just now: it does not go on until that is over. */
    private boolean isInDoubt(StepState state, Candidate candidate) {
        return unseen.contains(candidate.group())
                || state.read(PREFIX + candidate.group(), Left.class)
                        .filter(left -> left.brokenSince() != null)
                        .isPresent();
    }

    /** Once they were looked at: it still waits, and nothing that was seen of it speaks against that it goes on. */
    boolean mayGoOn(StepState state, Candidate candidate) {
        return !RecycleState.hasRow(state, candidate.group())
                && !RecycleState.isTaken(state, candidate.group())
                && !isInDoubt(state, candidate);
    }

    /** The state in which each of them that is due was looked at. */
    StepState look(StepState state, Fleet fleet, List<Candidate> waiting) {
        StepState looked = state;
        for (Candidate candidate : waiting) {
            Optional<GroupWork> work = FleetWork.work(state, candidate.group()).filter(RecycleState::isUnfinished);
            Optional<GroupObservation> group =
                    fleet.group(candidate.group()).map(LocatedGroup::group).filter(one -> !one.deleting());
            boolean isTime = candidate.lookAt() == null || !candidate.lookAt().isAfter(now);
            if (work.isPresent() && group.isPresent() && (isTime || isDue(state, candidate, now))) {
                try {
                    looked = look(looked, fleet, candidate, work.get(), group.get());
                } catch (CloudException e) {
                    // What lasts is told by whoever plans it.
                    if (e.isTransient()) {
                        unseen.add(candidate.group());
                        looked = again(looked, candidate);
                    }
                }
            }
        }
        return looked;
    }

    private StepState look(StepState state, Fleet fleet, Candidate candidate, GroupWork work, GroupObservation group) {
        GroupResult row = Objects.requireNonNull(work.result());
        LaunchTemplateVersion launches = launches(candidate, group).orElse(null);
        String hold = HoldTag.of(group).orElse("");
        Left left = state.read(PREFIX + candidate.group(), Left.class)
                .filter(one -> Objects.equals(one.row(), row.endedAt()))
                .orElseGet(() -> new Left(row.endedAt(), launches, hold, now, null));
        Optional<GroupResult> own = host.journal()
                .history()
                .group(candidate.group())
                .done()
                .filter(done -> done.outcome() != GroupOutcome.UNFINISHED && isSince(done, row));
        if (own.isEmpty() && isWorkedOn(group)) {
            unseen.add(candidate.group());
            return again(state.with(PREFIX + candidate.group(), Json.write(left)), candidate);
        }
        boolean isHeld = !hold.equals(left.hold()) && hold.startsWith(GroupOutcome.ROLLED_BACK.words());
        if (own.isEmpty() && !isHeld && Objects.equals(launches, left.launches())) {
            return judged(state, fleet, candidate, work, group, left);
        }
        GroupResult other = own.orElseGet(() -> moved(work, row, group, launches, isHeld ? hold : ""));
        boolean isHalf = other.outcome() == GroupOutcome.UNFINISHED;
        if (isHalf && !gate.ask(group, candidate, now).isOpen()) {
            return state.with(PREFIX + candidate.group(), Json.write(left.with(now, null)));
        }
        host.log(GroupNames.in(state).of(candidate.group()) + ": not gone on with: "
                + other.outcome().words() + ": " + other.reason());
        return RecycleState.with(new FleetWork(RecycleAsgs.NAME).overtaken(state, work, other, host), other);
    }

    /** Whoever works on it just now is not done yet. */
    private boolean isWorkedOn(GroupObservation group) {
        return host.locks().keptFrom(group.key(), host.run().lockHolder()).isPresent()
                || Lease.ofAnother(host.run().controller(), group, now).isPresent();
    }

    private static boolean isSince(GroupResult done, GroupResult row) {
        return done.endedAt() != null && row.endedAt() != null && done.endedAt().isAfter(row.endedAt());
    }

    private Optional<LaunchTemplateVersion> launches(Candidate candidate, GroupObservation group) {
        return group.launchSource()
                .mainTemplate()
                .filter(use -> use.id().equals(candidate.template()))
                .flatMap(use -> reads.version(candidate.place(), use.id(), use.version()))
                .map(LaunchTemplateVersionData::version);
    }

    /** What others made of it stays; whole on the version that it came from, it was rolled back. */
    private GroupResult moved(
            GroupWork work,
            GroupResult row,
            GroupObservation group,
            @Nullable LaunchTemplateVersion launches,
            String hold) {
        RefreshRecord record = work.record();
        List<InstanceObservation> staying = group.instances().stream()
                .filter(instance -> !instance.lifecycleState().isLeaving())
                .toList();
        long there = staying.stream()
                .filter(instance -> instance.isOn(record.template(), record.to()))
                .count();
        boolean isBack = staying.stream().allMatch(instance -> instance.isOn(record.template(), record.from()))
                && FleetWork.isServedByOld(host, work, group);
        String what = isBack || record.from().equals(launches)
                ? "others put it back to version " + record.from()
                : "others brought it to " + (launches == null ? "another launch template" : "version " + launches);
        String text = what + WAITED + (hold.isEmpty() ? "" : " (" + hold + ")") + ", which stays";
        return isBack
                ? row.back(text, now)
                : row.left(text + "; " + there + " of " + staying.size() + " instances on version " + record.to(), now);
    }

    /** The state in which one is not gone on with in this run, as its row says. */
    static StepState ended(StepState state, FleetWork fleetWork, GroupWork work, String reason, StepHost host) {
        String not = "not gone on with in this run: " + reason;
        host.log(GroupNames.in(state).of(work.group()) + ": " + not);
        GroupResult row = Objects.requireNonNull(work.result());
        GroupResult told = row.left(row.reason() + "; " + not, host.clock().instant());
        return RecycleState.with(fleetWork.overtaken(state, work, told, host), told);
    }

    /** Its image may be known as bad by now, which counts where it would go on, and too few may serve. */
    private StepState judged(
            StepState state, Fleet fleet, Candidate candidate, GroupWork work, GroupObservation group, Left left) {
        boolean isToGoBack = work.onFailure() == GroupWork.OnFailure.ROLL_BACK
                && gate.ask(group, candidate, now).isOpen();
        Optional<String> bad = isToGoBack ? bad(fleet, candidate, work) : Optional.empty();
        if (bad.isPresent()) {
            return back(state, candidate, work, bad.get(), false);
        }
        Optional<LeftHalfway> broken = FleetWork.leftHalfway(host, work, group);
        if (broken.isEmpty()) {
            return state.with(PREFIX + candidate.group(), Json.write(left.with(now, null)));
        }
        Instant since = left.brokenSince() == null ? now : left.brokenSince();
        if (!now.isBefore(since.plus(broken.get().bearable()))) {
            String why = "it was left half-way and does not serve any more: "
                    + broken.get().text();
            return back(state, candidate, work, why, broken.get().blamesVersion());
        }
        if (left.brokenSince() == null) {
            host.log(GroupNames.in(state).of(candidate.group())
                    + ": it was left half-way, looking again whether that lasts: "
                    + broken.get().text());
        }
        return again(state.with(PREFIX + candidate.group(), Json.write(left.with(now, since))), candidate);
    }

    private Optional<String> bad(Fleet fleet, Candidate candidate, GroupWork work) {
        return reads
                .versions(
                        candidate.place(),
                        candidate.template(),
                        List.of(work.record().to()))
                .stream()
                .findFirst()
                .flatMap(data -> fleet.launchable().launched(candidate.place(), data))
                .flatMap(ami -> fleet.launchable()
                        .bad(candidate.place(), ami)
                        .map(reason -> ami + " is marked bad: " + reason));
    }

    private StepState back(StepState state, Candidate candidate, GroupWork work, String why, boolean blames) {
        boolean goes = work.onFailure() == GroupWork.OnFailure.ROLL_BACK;
        host.log(GroupNames.in(state).of(candidate.group()) + ": " + (goes ? "going back: " : "left as it is: ") + why);
        return FleetWork.goingBack(state, work, why, blames, now);
    }

    /** It is looked at again at the next tick. */
    private StepState again(StepState state, Candidate candidate) {
        Instant soon = now.plus(host.observer().interval());
        return RecycleState.with(state, candidate.waiting(candidate.line(), soon));
    }
}
