package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.refresh.RefreshState.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * AWS's own refresh of ours that nobody can look at, where AWS does not look at the load balancer itself: unless it ends before
 * AWS's wait after the first new instances is over, AWS goes on although nobody has seen one of them serve. It is begun again
 * when somebody can look.
 *
 * @param state that knows of the cancel before it is made
 * @param why for people
 */
public record UnwatchedRefresh(RefreshState state, String why) {

    /** For the cancel, which may be throttled as well. */
    private static final Duration LAST_CALL = Duration.ofMinutes(4);

    private static final Change CANCEL = new Change.CancelInstanceRefresh(false);

    /**
     * What to do now that nobody can look; empty while AWS waits, or where it may go on.
     *
     * @param ours until when nobody else can have begun another refresh: a cancel names none
     */
    public static Optional<UnwatchedRefresh> toEnd(RefreshPlan plan, RefreshState state, Instant ours, Instant now) {
        FirstBatch first = state.watching().first();
        boolean isOurs = plan.policy().managed().awaitsService();
        if ((first == null && !isOurs)
                || plan.wayBack()
                || !isUnderWay(state)
                || isCancelled(state)
                || !now.isBefore(ours)) {
            return Optional.empty();
        }
        boolean isShort = !isOurs && state.waited().gaps().isShort(now);
        if (isShort || (first != null && first.served())) {
            return Optional.empty();
        }
        Instant goesOn = begun(state, first).plus(plan.policy().checkpointDelay());
        Instant last = (goesOn.isBefore(ours) ? goesOn : ours).minus(LAST_CALL);
        if (now.isBefore(last)) {
            return Optional.empty();
        }
        return Optional.of(cancelling(
                state, now, "nobody can look whether its first new instances serve, and AWS goes on at " + goesOn));
    }

    /** The same where the group is given up, since nobody could look for as long as it might take; empty without one of ours. */
    public static Optional<UnwatchedRefresh> left(RefreshState state, Instant now) {
        return isUnderWay(state) && !isCancelled(state)
                ? Optional.of(cancelling(state, now, "nobody can look any more what becomes of it"))
                : Optional.empty();
    }

    private static UnwatchedRefresh cancelling(RefreshState state, Instant now, String why) {
        RefreshState halting = state.drivenRefresh()
                .map(driven -> state.with(driven.halting()))
                .orElse(state);
        return new UnwatchedRefresh(
                halting.announcing(List.of(CANCEL), now), "cancelling the instance refresh: " + why);
    }

    /** When AWS's wait can have begun at the earliest. */
    private static Instant begun(RefreshState state, @Nullable FirstBatch first) {
        Instant batch = state.batchSince();
        Instant known = first == null ? null : first.notBefore();
        return known != null ? known : batch != null ? batch : state.startedAt();
    }

    /** Ours, or announced and not seen yet. */
    private static boolean isUnderWay(RefreshState state) {
        return state.drivenRefresh()
                .map(driven -> !driven.adopted() && driven.successfulSince() == null)
                .orElseGet(() -> state.pendingChanges().stream()
                        .flatMap(pending -> pending.changes().stream())
                        .anyMatch(Change.StartInstanceRefresh.class::isInstance));
    }

    /** AWS took the cancel; what it was announced for may not have been called. */
    private static boolean isCancelled(RefreshState state) {
        return state.pendingChanges()
                .filter(pending -> pending.retired() != Pending.UNKNOWN)
                .filter(pending -> pending.changes().contains(CANCEL))
                .isPresent();
    }

    /** The state once AWS took the cancel, or had nothing to cancel. */
    public static RefreshState cancelled(RefreshState announced) {
        return announced.made(List.of(CANCEL), 0);
    }

    /** The state when it did not. */
    public static RefreshState goingOn(RefreshState announced) {
        return announced.made(List.of(), Pending.UNKNOWN);
    }
}
