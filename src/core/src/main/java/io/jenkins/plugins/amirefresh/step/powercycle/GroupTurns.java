package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceRefresh;
import io.jenkins.plugins.amirefresh.model.InstanceRefreshStatus;
import io.jenkins.plugins.amirefresh.powercycle.PowerOutcome;
import io.jenkins.plugins.amirefresh.refresh.RestoreTag;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Whose turn a group is: while it is refreshed its sizes are left to that, and the next run looks again. */
final class GroupTurns {

    private static final Set<InstanceRefreshStatus> AT_WORK = EnumSet.of(
            InstanceRefreshStatus.PENDING,
            InstanceRefreshStatus.IN_PROGRESS,
            InstanceRefreshStatus.CANCELLING,
            InstanceRefreshStatus.ROLLBACK_IN_PROGRESS,
            InstanceRefreshStatus.BAKING);

    private final StepHost host;
    private final Cloud cloud;
    private final Instant now;
    private final Set<GroupKey> asked;

    /** @param due the groups of one place */
    GroupTurns(StepHost host, Cloud cloud, Instant now, List<PowerItem> due) {
        this.host = host;
        this.cloud = cloud;
        this.now = now;
        this.asked = due.stream().map(PowerTick::group).collect(Collectors.toSet());
    }

    /** Takes the lock of a group for as long as its sizes are changed; a group that is somebody else's ends here. */
    boolean isOurs(PowerItem item, Duration patience, Consumer<PowerItem> ended) {
        Optional<LockHolder> holder =
                host.locks().acquire(PowerTick.group(item), host.run().lockHolder());
        Optional<String> other;
        try {
            other = holder.isPresent() ? Optional.of(holder.get() + " is working on the group") : otherAtWork(item);
        } catch (CloudException e) {
            // Nobody knows: it is looked at again, and what was done to others at this tick is kept.
            release(item);
            if (!e.isTransient() || !now.isBefore(item.since().plus(patience))) {
                ended.accept(item.ended(PowerOutcome.FAILED, String.valueOf(e.getMessage()), now));
            }
            return false;
        }
        if (other.isPresent() && holder.isEmpty()) {
            release(item);
        }
        other.ifPresent(why -> ended.accept(item.ended(PowerOutcome.SKIPPED, why + "; the next run looks again", now)));
        return other.isEmpty();
    }

    private Optional<String> otherAtWork(PowerItem item) {
        Optional<GroupObservation> group = seen(item);
        return group.flatMap(found -> Lease.ofAnother(host.run().controller(), found, now))
                .map(Lease::toString)
                .or(() -> group.filter(found -> found.tags().containsKey(RestoreTag.NAME))
                        .map(found -> "a refresh has changed the group for a time, or left it so"))
                .or(() -> refresh(item));
    }

    /** The group as it was read last. */
    Optional<GroupObservation> seen(PowerItem item) {
        return host.observer()
                .groups(item.place().access(), item.place().region(), asked)
                .group(PowerTick.group(item));
    }

    /** Who may not ask can know of none. */
    private Optional<String> refresh(PowerItem item) {
        try {
            return cloud.instanceRefreshes().of(PowerTick.group(item).name()).stream()
                    .filter(refresh -> AT_WORK.contains(refresh.status()))
                    .findFirst()
                    .map(InstanceRefresh::id)
                    .map(id -> "AWS's instance refresh " + id + " is at work on the group");
        } catch (CloudException.AccessDenied e) {
            return Optional.empty();
        }
    }

    void release(PowerItem item) {
        host.locks().release(PowerTick.group(item), host.run().lockHolder());
    }
}
