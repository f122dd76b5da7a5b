package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Pending;
import io.jenkins.plugins.amirefresh.refresh.Temporary.RaisedMax;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares announced changes with what AWS shows, and keeps the account of desired capacity: which part of it is our own
 * surge, and which part others set.
 */
final class Settlement {

    /** How long AWS may take to show a change before it counts as not made. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** How long AWS may take to write down why it ends or launches instances. */
    private static final Duration WRITTEN_DOWN = Duration.ofSeconds(60);

    /** How often in a row a change may stay invisible. */
    static final int ATTEMPTS = 8;

    private Settlement() {}

    /** A decision when there is nothing else to decide yet. */
    static Optional<Decided> unsettled(Tick tick) {
        Pending pending = tick.state().pending();
        if (!tick.group().at().isAfter(tick.state().changedAt())) {
            return Optional.of(tick.waiting("waiting for a read that is newer than the last change"));
        }
        if (pending == null || isVisible(pending, tick) || isOverdue(pending, tick)) {
            return Optional.empty();
        }
        return Optional.of(tick.waiting("waiting until AWS shows " + names(invisible(pending, tick))));
    }

    /** The state with the pending changes settled, seen or given up. */
    static RefreshState settle(Tick tick) {
        Pending pending = tick.state().pending();
        RefreshState state = tick.state();
        if (pending != null) {
            List<Change> missing = invisible(pending, tick);
            for (Change change : asFarAsMade(pending, missing)) {
                state = settle(change, pending, tick.with(state));
            }
            state = state.with((Pending) null).withUnseen(missing.isEmpty() ? 0 : state.unseen() + 1);
            state = forget(missing, tick.with(state)).withUnset(missing);
        }
        state = Suspensions.look(tick.with(state));
        RaisedMax raised = state.temporary().max();
        return raised == null
                ? state
                : state.with(state.temporary()
                        .withMax(raised.seenAt(tick.group().capacity().max())));
    }

    /**
     * Calls are made in their order. When the host died among them and the version is not there, or a tag where no version was
     * to be set, what was to follow it was never made, and a size that moved since is someone else's.
     */
    private static List<Change> asFarAsMade(Pending pending, List<Change> missing) {
        Optional<Change> witness =
                first(Change.SetLaunchSource.class, pending).or(() -> first(Change.PutTags.class, pending));
        if (pending.retired() != Pending.UNKNOWN
                || witness.filter(missing::contains).isEmpty()) {
            return pending.changes();
        }
        return pending.changes().subList(0, pending.changes().indexOf(witness.get()));
    }

    private static Optional<Change> first(Class<? extends Change> kind, Pending pending) {
        return pending.changes().stream().filter(kind::isInstance).findFirst();
    }

    private static RefreshState settle(Change change, Pending pending, Tick tick) {
        RefreshState state = tick.state();
        int observed = tick.desired();
        // AWS confirmed it: a size that is still what it was, or again, was set by others.
        boolean isConfirmed = pending.retired() != Pending.UNKNOWN;
        if (change instanceof Change.SetDesired set && (isConfirmed || observed != set.before())) {
            return isOurs(set, pending, tick) ? moved(state, set.desired() - set.before()) : state;
        }
        if (change instanceof Change.Retire retire) {
            int decided = retire.instances().size();
            int seen = Math.max(0, Math.min(decided, state.desired() - observed));
            int lowered = pending.retired() == Pending.UNKNOWN
                    ? Math.max(seen, shrinking(retire, pending, tick))
                    : pending.retired();
            return moved(state, -lowered);
        }
        if (change instanceof Change.Replace replace && replace.isVisibleIn(tick.sight())) {
            // Only an instance that did not get healthy is replaced while it is on the wanted version.
            List<Loss> broken = replace.instances().stream()
                    .filter(state.sightings()::containsKey)
                    .map(id -> new Loss(id, Losses.last(state, id)))
                    .toList();
            return state.withSeen(state.sightings(), state.terminated(), state.lost() + broken.size())
                    .with(state.findings().and(broken));
        }
        if (change instanceof Change.Resume resume
                && (resume.isVisibleIn(tick.sight()) || pending.retired() != Pending.UNKNOWN)) {
            // Seen or confirmed by AWS: who suspends it from then on is somebody else.
            return state.with(state.temporary().without(resume.processes()));
        }
        if (change instanceof Change.StartInstanceRefresh start) {
            return start.startedIn(tick.sight())
                    .map(refresh -> state.with(DrivenRefresh.of(refresh.id(), false)))
                    .orElse(state);
        }
        return state;
    }

    /**
     * Whether a size that moved is the one that was announced. When no answer is known, the group's history is asked:
     * whoever moved it from where it was is named there, and who moved it from where it was to be. Until AWS has written it
     * down, the nearer of both sizes says it. Source: EC2 Auto Scaling User Guide, "Verify a scaling
     * activity".
     */
    private static boolean isOurs(Change.SetDesired set, Pending pending, Tick tick) {
        if (pending.retired() != Pending.UNKNOWN) {
            return true;
        }
        String move = "changing the desired capacity from ";
        Optional<ScalingActivity> mover = since(pending, tick)
                .filter(activity -> activity.cause().contains(move + set.before() + " to "))
                .max(Comparator.comparing(ScalingActivity::startedAt));
        if (mover.isPresent()) {
            String ours = "explicitly set group desired capacity " + move + set.before() + " to " + set.desired() + ".";
            return isAtOnce(mover.get(), pending) && mover.get().cause().contains(ours);
        }
        boolean wasMovedOn = since(pending, tick)
                .anyMatch(activity -> activity.cause().contains(move + set.desired() + " to ")
                        && !activity.startedAt().isBefore(pending.since()));
        return wasMovedOn || Math.abs(tick.desired() - set.desired()) < Math.abs(tick.desired() - set.before());
    }

    /**
     * What the group's history says of about when the changes were announced. AWS's clock may be a minute behind ours, and
     * announced calls are made at once: what happened half a minute later was somebody else.
     */
    private static Stream<ScalingActivity> since(Pending pending, Tick tick) {
        return tick.sight().activities().stream()
                .filter(activity -> activity.startedAt().isAfter(pending.since().minusSeconds(60)));
    }

    private static boolean isAtOnce(ScalingActivity activity, Pending pending) {
        return activity.startedAt().isBefore(pending.since().plusSeconds(30));
    }

    /** Desired capacity was to move, and nobody knows whether it did. */
    static boolean isInDoubt(RefreshState state) {
        Pending pending = state.pending();
        return pending != null
                && pending.retired() == Pending.UNKNOWN
                && pending.changes().stream()
                        .anyMatch(change -> change instanceof Change.SetDesired || change instanceof Change.Retire);
    }

    /** Instances of a retirement that lowered desired capacity as they went, by the group's history. */
    private static int shrinking(Change.Retire retire, Pending pending, Tick tick) {
        return (int) retire.instances().stream()
                .filter(instance -> since(pending, tick)
                        .map(ScalingActivity::cause)
                        .anyMatch(cause ->
                                cause.contains(instance + " was taken out of service in response to a user request")
                                        && cause.contains("shrinking the capacity")))
                .count();
    }

    /** Our own move of desired capacity. */
    private static RefreshState moved(RefreshState state, int by) {
        int surge = Math.max(0, state.temporary().surge() + by);
        return state.with(state.temporary().withSurge(surge)).withDesired(state.desired() + by);
    }

    /** Others moved a size that was partly ours: it has to be known how. */
    static boolean isMovedInTheSurge(RefreshState state, int desired) {
        return state.temporary().surge() > 0 && state.desired() >= 0 && state.desired() != desired;
    }

    /** Who moved such a size is looked for, as long as AWS may take to write it down. */
    static Optional<Decided> unexplained(Tick tick) {
        OthersMove known = tick.state().others();
        Instant since = known == null ? null : known.sizedSince();
        Instant at = tick.group().at();
        boolean isOpen = isMovedInTheSurge(tick.state(), tick.desired())
                && !isNumberOfOthers(tick)
                && (since == null || at.isBefore(since.plus(WRITTEN_DOWN)));
        if (!isOpen) {
            return Optional.empty();
        }
        OthersMove others = OthersMove.sizing(known, since == null ? at : since);
        return Optional.of(tick.with(tick.state().with(others))
                .waiting("waiting until AWS tells who moved desired capacity from "
                        + tick.state().desired() + " to " + tick.desired()));
    }

    /** By the group's history somebody set a number that is not ours, and what came after goes on from that. */
    private static boolean isNumberOfOthers(Tick tick) {
        return tick.sight().activities().stream()
                .filter(activity -> activity.startedAt().isAfter(tick.state().changedAt()))
                .flatMap(activity -> activity.desiredSetTo().stream())
                .anyMatch(number -> number != tick.state().desired());
    }

    /**
     * What others made of desired capacity. A number that they set while part of it was ours counts as it is; of any other
     * move a decrease eats our surge first, an increase is theirs, and so is what their minimum demands. A maximum that is
     * neither ours nor what it was before is theirs from then on.
     */
    static RefreshState account(Tick tick) {
        RefreshState state = tick.state();
        int known = state.temporary().surge();
        int difference = state.desired() < 0 ? 0 : tick.desired() - state.desired();
        boolean isMoved = isMovedInTheSurge(state, tick.desired());
        boolean isNumber = isMoved && isNumberOfOthers(tick);
        int mayGo = Math.max(0, tick.desired() - tick.group().capacity().min());
        int surge = isNumber ? 0 : Math.max(0, Math.min(mayGo, known + Math.min(0, difference)));
        Temporary temporary = state.temporary().withSurge(surge);
        RaisedMax raised = temporary.max();
        int max = tick.group().capacity().max();
        boolean isTheirs = raised != null && !raised.isOurs(max) && max != raised.was();
        int before = Math.max(0, state.desired()) - (state.desired() < 0 ? 0 : known);
        OthersMove others = state.desired() < 0
                ? state.others()
                : OthersMove.after(state.others(), before, tick.desired() - surge, isTheirs ? (Integer) max : null);
        if (isMoved && !isNumber) {
            others = OthersMove.setting(others, state.desired(), tick.desired(), known, tick.desired() - surge);
        }
        return state.with(isTheirs ? temporary.withMax(null) : temporary)
                .with(OthersMove.sizing(others, null))
                .withDesired(tick.desired());
    }

    /** Instances whose termination never showed are there again. */
    private static RefreshState forget(List<Change> missing, Tick tick) {
        Set<InstanceId> terminated = new TreeSet<>(tick.state().terminated());
        for (Change change : missing) {
            for (InstanceObservation instance : tick.group().instances()) {
                if (change.terminates().contains(instance.id())
                        && !instance.lifecycleState().isLeaving()) {
                    terminated.remove(instance.id());
                }
            }
        }
        return tick.state()
                .withSeen(tick.state().sightings(), terminated, tick.state().lost());
    }

    private static boolean isVisible(Pending pending, Tick tick) {
        return invisible(pending, tick).isEmpty();
    }

    private static boolean isOverdue(Pending pending, Tick tick) {
        return tick.now().isAfter(pending.since().plus(PATIENCE));
    }

    private static List<Change> invisible(Pending pending, Tick tick) {
        return pending.changes().stream()
                .filter(change -> !change.isVisibleIn(tick.sight()))
                .toList();
    }

    private static String names(List<Change> changes) {
        return changes.stream().map(Change::describe).collect(Collectors.joining(", "));
    }
}
