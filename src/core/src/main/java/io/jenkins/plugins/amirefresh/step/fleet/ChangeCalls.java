package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups;
import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups.DesiredCapacity;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.refresh.Change;
import io.jenkins.plugins.amirefresh.refresh.Leftover;
import io.jenkins.plugins.amirefresh.refresh.RefreshState;
import io.jenkins.plugins.amirefresh.refresh.RefreshState.Pending;
import io.jenkins.plugins.amirefresh.refresh.Undoing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes announced changes, one call after the other, and knows afterwards which of them AWS took. */
final class ChangeCalls {

    /** How old a look at a group's sizes may be when they are set. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Cloud cloud;
    private final AutoScalingGroupName group;
    private final Capacity decidedOn;
    private final Instant seenAt;
    private final Clock clock;
    private final List<Change> made = new ArrayList<>();
    private int retired;
    private boolean isAnswered = true;
    private @Nullable CloudException error;
    private @Nullable Change refused;
    private boolean othersWereFaster;

    /** @param decidedOn the group as the changes were decided on */
    ChangeCalls(Cloud cloud, GroupObservation decidedOn, Clock clock) {
        this.cloud = cloud;
        this.group = decidedOn.key().name();
        this.decidedOn = decidedOn.capacity();
        this.seenAt = decidedOn.at();
        this.clock = clock;
    }

    /** Makes the changes until AWS refuses one, or somebody else was faster. */
    void make(List<Change> changes) {
        for (Change change : changes) {
            if (error != null || isOvertaken(change)) {
                return;
            }
            try {
                make(change);
            } catch (CloudException e) {
                error = e;
                refused = change;
                othersWereFaster = e instanceof CloudException.InvalidRequest && haveSizesMoved();
                if (e.isOutcomeUnknown() && change.terminates().isEmpty()) {
                    isAnswered = false;
                    made.add(change);
                }
            }
        }
    }

    /** Why AWS refused one for good; empty when a later tick may try again. */
    Optional<CloudException> refusal() {
        return Optional.ofNullable(error).filter(e -> !e.isTransient() && !othersWereFaster);
    }

    /** AWS's own refresh goes on, since it may not be cancelled. */
    boolean leftRefreshing() {
        return refusal().isPresent() && refused instanceof Change.CancelInstanceRefresh;
    }

    /** The state that goes on without what was refused; empty when it cannot. */
    Optional<RefreshState> without(RefreshState state) {
        return refusal()
                .flatMap(e -> Leftover.of(
                        state, Objects.requireNonNull(refused), decidedOn.max(), String.valueOf(e.getMessage())));
    }

    /** Why the last one has to wait, empty when all went well or one was refused for good. */
    Optional<CloudException> delay() {
        return Optional.ofNullable(error).filter(e -> e.isTransient() || othersWereFaster);
    }

    /** The state that knows what was made. */
    RefreshState outcome(RefreshState announced) {
        RefreshState known = announced.made(made, isAnswered ? retired : Pending.UNKNOWN);
        return delay().map(e -> Undoing.refused(known, String.valueOf(e.getMessage()), clock.instant()))
                .orElseGet(() -> Undoing.taken(known));
    }

    /**
     * Others set the same size since it was read. AWS has no condition on a write, so another look, when the first is not of
     * this moment, leaves them the blink of an eye; the next tick decides on what they set.
     */
    private boolean isOvertaken(Change change) {
        boolean setsSize = change instanceof Change.SetDesired || change instanceof Change.SetMax;
        if (!setsSize || !clock.instant().isAfter(seenAt.plus(FRESH))) {
            return false;
        }
        try {
            return cloud.autoScalingGroups().named(List.of(group)).stream()
                    .map(GroupObservation::capacity)
                    .anyMatch(now -> change instanceof Change.SetDesired
                            ? now.desired() != decidedOn.desired()
                            : now.max() != decidedOn.max());
        } catch (CloudException e) {
            error = e;
            return true;
        }
    }

    /** What AWS refused may have been right before others moved the sizes it was decided on; the next tick decides anew. */
    private boolean haveSizesMoved() {
        try {
            return cloud.autoScalingGroups().named(List.of(group)).stream()
                    .map(GroupObservation::capacity)
                    .anyMatch(now -> now.min() != decidedOn.min()
                            || now.max() != decidedOn.max()
                            || now.desired() + retired != decidedOn.desired());
        } catch (CloudException e) {
            return e.isTransient();
        }
    }

    private void make(Change change) {
        AutoScalingGroups groups = cloud.autoScalingGroups();
        if (change instanceof Change.PutTags put) {
            groups.putTags(group, put.tags());
        } else if (change instanceof Change.RemoveTags remove) {
            groups.removeTags(group, remove.names());
        } else if (change instanceof Change.SetMax set) {
            groups.setMaxSize(group, set.max());
        } else if (change instanceof Change.SetDesired set) {
            groups.setDesiredCapacity(group, set.desired());
        } else if (change instanceof Change.SetLaunchSource set) {
            groups.setLaunchSource(group, set.source());
        } else if (change instanceof Change.Suspend suspend) {
            groups.suspend(group, suspend.processes());
        } else if (change instanceof Change.Resume resume) {
            groups.resume(group, resume.processes());
        } else if (change instanceof Change.Replace replace) {
            made.add(new Change.Replace(terminate(replace.instances(), DesiredCapacity.KEEP)));
            rethrow();
            return;
        } else if (change instanceof Change.Retire retire) {
            made.add(new Change.Retire(terminate(retire.instances(), DesiredCapacity.DECREMENT)));
            rethrow();
            return;
        } else if (change instanceof Change.StartInstanceRefresh start) {
            cloud.instanceRefreshes().start(group, start.desired(), start.preferences());
        } else if (change instanceof Change.CancelInstanceRefresh cancel) {
            cancel(cancel.waits());
        } else {
            throw new AssertionError(change);
        }
        made.add(change);
    }

    /** The instances whose end AWS took or may have taken; one that is gone already did not lower desired capacity. */
    private List<InstanceId> terminate(List<InstanceId> instances, DesiredCapacity capacity) {
        List<InstanceId> sent = new ArrayList<>();
        for (InstanceId instance : instances) {
            try {
                cloud.autoScalingGroups().terminate(instance, capacity);
                sent.add(instance);
                retired += capacity == DesiredCapacity.DECREMENT ? 1 : 0;
            } catch (CloudException.NotFound e) {
                // The instance went on its own between the read and this call, which is what was wanted.
                sent.add(instance);
            } catch (CloudException e) {
                error = e;
                if (e.isOutcomeUnknown()) {
                    sent.add(instance);
                    isAnswered = false;
                }
                return sent;
            }
        }
        return sent;
    }

    private void rethrow() {
        if (error != null) {
            throw error;
        }
    }

    private void cancel(boolean waits) {
        try {
            cloud.instanceRefreshes().cancel(group, waits);
        } catch (CloudException.NotFound e) {
            // It ended between the read and this call; the next read says how.
            return;
        }
    }
}
