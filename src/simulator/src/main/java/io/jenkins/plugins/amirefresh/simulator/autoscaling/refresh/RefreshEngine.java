package io.jenkins.plugins.amirefresh.simulator.autoscaling.refresh;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleState;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.ScalingProcess;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Convergence;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Planner;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Carries refreshes from request to end. Source: EC2 Auto Scaling User Guide, "Use an instance refresh": batches between
 * the healthy percentages, warm-up, checkpoints, bake time, one hour without progress, 14 days at most, roll back.
 */
public final class RefreshEngine implements Planner {

    /** Initialization; AWS says only that it is quick. */
    private static final Duration INITIALIZATION = Duration.ofSeconds(5);

    private static final Duration NO_PROGRESS = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(14);
    private static final String BY_USER = "Cancelled due to user request.";

    private final Ground ground;
    private final Convergence convergence;
    private final Replacing replacing;
    private final RefreshHistory history = new RefreshHistory();
    private BiPredicate<AccountRegion, String> isInAlarm = (at, alarm) -> false;

    /** Takes part in each evaluation of a group. */
    public RefreshEngine(Ground ground, Convergence convergence) {
        this.ground = ground;
        this.convergence = convergence;
        this.replacing = new Replacing(ground, convergence.lifecycle());
        convergence.setPlanner(this);
    }

    /** How it knows of alarms that rang before a refresh began. */
    public void watch(BiPredicate<AccountRegion, String> alarmStates) {
        isInAlarm = alarmStates;
    }

    RefreshHistory history() {
        return history;
    }

    /** The newest refresh as DescribeInstanceRefreshes shows it. */
    public Optional<ObjectNode> last(Group group) {
        return history.described(group, ground.now()).stream().findFirst().map(InstanceRefresh::view);
    }

    /** Whether a refresh of the group with a desired configuration is not over. */
    public boolean isReconfiguring(Group group) {
        return history.active(group)
                .filter(refresh -> refresh.desiredConfiguration().isPresent())
                .isPresent();
    }

    void start(Group group, InstanceRefresh refresh) {
        history.add(group, refresh);
        note(group, "instance refresh " + refresh.id() + " requested");
        ground.world().time().after(INITIALIZATION, () -> begin(group, refresh));
        ground.world().time().after(LONGEST, () -> expire(group, refresh));
    }

    private void begin(Group group, InstanceRefresh refresh) {
        if (refresh.status() != RefreshStatus.PENDING) {
            return;
        }
        refresh.desiredConfiguration().ifPresent(group::setRefreshConfiguration);
        group.pace().launchWorked();
        refresh.replaceAll(group.members().stream()
                .filter(member -> !member.state().isLeaving())
                .filter(member -> !isIgnored(member, refresh.preferences()))
                .filter(member -> !refresh.preferences().skipMatching() || !matches(group, member))
                .map(Member::id)
                .toList());
        refresh.replaceWarm(convergence
                .lifecycle()
                .warmPools()
                .replace(group, member -> !refresh.preferences().skipMatching() || !matches(group, member)));
        refresh.become(RefreshStatus.IN_PROGRESS, "");
        note(group, "instance refresh " + refresh.id() + " began: " + refresh.total() + " to replace");
        convergence.wakeAt(group, ground.now());
        refresh.preferences().alarms().stream()
                .filter(alarm -> isInAlarm.test(group.at(), alarm))
                .findFirst()
                .ifPresent(alarm -> fail(group, refresh, "CloudWatch alarm " + alarm + " is in ALARM state."));
    }

    private static boolean isIgnored(Member member, Preferences preferences) {
        return member.state() == LifecycleState.STANDBY
                ? preferences.standbyInstances().equals("Ignore")
                : member.isProtectedFromScaleIn()
                        && preferences.protectedInstances().equals("Ignore");
    }

    private boolean matches(Group group, Member member) {
        return Matching.matches(ground.fleet(), group, member.machine());
    }

    private void expire(Group group, InstanceRefresh refresh) {
        if (refresh.isActive()) {
            fail(group, refresh, "The instance refresh did not finish within 14 days.");
            convergence.wakeAt(group, ground.now());
        }
    }

    @Override
    public void plan(Group group) {
        Optional<InstanceRefresh> active = history.active(group).filter(RefreshEngine::replacesNow);
        boolean paused = group.isSuspended(ScalingProcess.INSTANCE_REFRESH)
                || group.isSuspended(ScalingProcess.LAUNCH)
                || group.isSuspended(ScalingProcess.TERMINATE);
        if (active.isPresent() && !paused && !active.get().isPaused(ground.now())) {
            dropThoseGone(group, active.get());
            replacing.step(group, active.get());
        }
    }

    /** Ignored from the moment they are protected or in standby, where the preferences say so. */
    private static void dropThoseGone(Group group, InstanceRefresh refresh) {
        for (Member member : group.members()) {
            if (refresh.replaces(member) && isIgnored(member, refresh.preferences())) {
                refresh.drop(member.id());
            }
        }
    }

    private static boolean replacesNow(InstanceRefresh refresh) {
        return refresh.status() == RefreshStatus.IN_PROGRESS || refresh.status() == RefreshStatus.ROLLBACK_IN_PROGRESS;
    }

    @Override
    public void settle(Group group) {
        history.active(group).ifPresent(refresh -> {
            Progress progress = Progress.of(ground, group, refresh);
            switch (refresh.status()) {
                case IN_PROGRESS -> advance(group, refresh, progress);
                case ROLLBACK_IN_PROGRESS -> advanceRollback(group, refresh, progress);
                case CANCELLING -> finishCancelling(group, refresh, progress);
                case BAKING -> bake(group, refresh);
                case PENDING, SUCCESSFUL, FAILED, CANCELLED, ROLLBACK_FAILED, ROLLBACK_SUCCESSFUL -> {}
            }
        });
    }

    private void advance(Group group, InstanceRefresh refresh, Progress progress) {
        int percentage = progress.percentage(refresh);
        if (percentage > refresh.percentage()) {
            refresh.stickSince(null);
        }
        refresh.progress(percentage, progress.remaining().size());
        refresh.warmProgress(group);
        boolean warm = convergence.lifecycle().warmPools().isSettled(group);
        if (progress.isSettled() && progress.remaining().isEmpty() && warm) {
            complete(group, refresh);
        } else if (progress.isSettled() && reachesCheckpoint(refresh, progress)) {
            atCheckpoint(group, refresh, percentage);
        } else {
            sayWhyItWaits(group, refresh, progress);
            failWhenStuck(group, refresh);
        }
    }

    private static boolean reachesCheckpoint(InstanceRefresh refresh, Progress progress) {
        List<Integer> checkpoints = refresh.preferences().checkpoints();
        return refresh.checkpoint() < checkpoints.size()
                && progress.percentage(refresh) >= checkpoints.get(refresh.checkpoint());
    }

    /** The last one ends the refresh; the others wait. One that is passed together with a later one is skipped. */
    private void atCheckpoint(Group group, InstanceRefresh refresh, int percentage) {
        List<Integer> checkpoints = refresh.preferences().checkpoints();
        int next = refresh.checkpoint();
        while (next < checkpoints.size() && checkpoints.get(next) <= percentage) {
            next++;
        }
        if (next == checkpoints.size()) {
            complete(group, refresh);
            return;
        }
        Instant until = ground.now().plus(refresh.preferences().checkpointDelay());
        refresh.passCheckpoint(next, until);
        refresh.say("Waiting at a checkpoint: " + percentage + " percent of the instances were replaced.");
        note(group, "instance refresh " + refresh.id() + " reached checkpoint " + checkpoints.get(next - 1));
        ground.world().time().at(until, () -> convergence.wakeAt(group, ground.now()));
    }

    private void complete(Group group, InstanceRefresh refresh) {
        Duration bakeTime = refresh.preferences().bakeTime();
        if (bakeTime.isZero()) {
            succeed(group, refresh);
            return;
        }
        refresh.become(RefreshStatus.BAKING, "");
        refresh.bakeUntil(ground.now().plus(bakeTime));
        note(group, "instance refresh " + refresh.id() + " bakes");
        ground.world().time().after(bakeTime, () -> convergence.wakeAt(group, ground.now()));
    }

    private void bake(Group group, InstanceRefresh refresh) {
        if (refresh.isBaked(ground.now())) {
            succeed(group, refresh);
        }
    }

    private void succeed(Group group, InstanceRefresh refresh) {
        refresh.desiredConfiguration().ifPresent(configuration -> {
            for (String member : List.of("LaunchTemplate", "MixedInstancesPolicy", "LaunchConfigurationName")) {
                group.settings().remove(member);
            }
            group.settings().setAll(configuration.deepCopy());
        });
        end(group, refresh, RefreshStatus.SUCCESSFUL, "");
    }

    private void sayWhyItWaits(Group group, InstanceRefresh refresh, Progress progress) {
        if (refresh.isPaused(ground.now())) {
            return;
        }
        Optional<String> blocked = progress.isSettled() && !progress.remaining().isEmpty()
                ? blockedBy(group, refresh, progress)
                : Optional.empty();
        Optional<String> failure = group.pace().lastFailure();
        blocked.ifPresent(why -> stick(group, refresh));
        String reason = blocked.or(() -> failure.map(why -> "Failed to launch instances: " + why))
                .or(() -> progress.waitsFor(group))
                .orElse(refresh.reason());
        refresh.say(reason);
    }

    /** Nothing can begin any more: what remains is protected or in standby, or a process is suspended. */
    private Optional<String> blockedBy(Group group, InstanceRefresh refresh, Progress progress) {
        if (!replacing.candidates(group, refresh).isEmpty()) {
            return Optional.empty();
        }
        return progress.remaining().stream()
                .findFirst()
                .map(member -> "Waiting for remaining instances to be available. For example: " + member.id()
                        + (member.state() == LifecycleState.STANDBY
                                ? " is in Standby. Move the instance out of Standby to continue."
                                : " is protected. Remove instance scale-in protection to continue."));
    }

    private void stick(Group group, InstanceRefresh refresh) {
        if (refresh.stuckSince().isEmpty()) {
            refresh.stickSince(ground.now());
            ground.world().time().after(NO_PROGRESS, () -> convergence.wakeAt(group, ground.now()));
        }
    }

    private void failWhenStuck(Group group, InstanceRefresh refresh) {
        boolean tooLong = refresh.stuckSince()
                .filter(since -> !ground.now().isBefore(since.plus(NO_PROGRESS)))
                .isPresent();
        if (tooLong) {
            fail(group, refresh, "No progress for one hour. " + refresh.reason());
        }
    }

    private void fail(Group group, InstanceRefresh refresh, String why) {
        if (refresh.status() == RefreshStatus.ROLLBACK_IN_PROGRESS) {
            end(group, refresh, RefreshStatus.ROLLBACK_FAILED, why);
        } else if (refresh.preferences().autoRollback() && refresh.status() != RefreshStatus.CANCELLING) {
            rollBack(group, refresh, "Automatic rollback: " + why);
        } else {
            end(group, refresh, RefreshStatus.FAILED, why);
        }
    }

    /** An alarm of its AlarmSpecification went into ALARM: the refreshes that watch it fail or roll back. */
    public void alarmed(Group group, String alarm) {
        history.active(group)
                .filter(refresh -> refresh.preferences().alarms().contains(alarm))
                .filter(refresh ->
                        refresh.status() == RefreshStatus.IN_PROGRESS || refresh.status() == RefreshStatus.BAKING)
                .ifPresent(refresh -> {
                    fail(group, refresh, "CloudWatch alarm " + alarm + " went into ALARM state.");
                    convergence.wakeAt(group, ground.now());
                });
    }

    void rollBack(Group group, InstanceRefresh refresh, String why) {
        group.setRefreshConfiguration(null);
        group.pace().launchWorked();
        List<String> launched = group.members().stream()
                .filter(member -> !member.state().isLeaving() && !refresh.replaces(member))
                .filter(member -> !member.launched().isBefore(refresh.started()))
                .map(Member::id)
                .toList();
        releaseOutgoing(group);
        convergence.lifecycle().warmPools().replace(group, member -> !matches(group, member));
        refresh.rollBack(ground.now(), why);
        refresh.turnTo(launched);
        note(group, "instance refresh " + refresh.id() + " rolls back " + launched.size() + " instances");
        convergence.wakeAt(group, ground.now());
    }

    private static void releaseOutgoing(Group group) {
        group.members().forEach(member -> member.setOutgoing(null));
        group.pace().forgetReplacements();
    }

    private void advanceRollback(Group group, InstanceRefresh refresh, Progress progress) {
        int before =
                refresh.rollback().map(InstanceRefresh.Rollback::percentage).orElse(0);
        int left = refresh.total() == 0 ? 0 : before * (refresh.total() - progress.updated(refresh)) / refresh.total();
        if (left < refresh.percentage()) {
            refresh.stickSince(null);
        }
        refresh.progress(left, refresh.toUpdate());
        if (progress.isSettled() && progress.remaining().isEmpty()) {
            end(group, refresh, RefreshStatus.ROLLBACK_SUCCESSFUL, "");
        } else {
            sayWhyItWaits(group, refresh, progress);
            failWhenStuck(group, refresh);
        }
    }

    void cancel(Group group, InstanceRefresh refresh, boolean waits) {
        note(group, "instance refresh " + refresh.id() + " cancelled by request");
        if (waits) {
            refresh.become(RefreshStatus.CANCELLING, BY_USER);
        } else {
            releaseOutgoing(group);
            end(group, refresh, RefreshStatus.CANCELLED, BY_USER);
        }
        convergence.wakeAt(group, ground.now());
    }

    private void finishCancelling(Group group, InstanceRefresh refresh, Progress progress) {
        if (progress.isSettled() && progress.leaving().isEmpty()) {
            end(group, refresh, RefreshStatus.CANCELLED, BY_USER);
        }
    }

    private void end(Group group, InstanceRefresh refresh, RefreshStatus last, String why) {
        group.setRefreshConfiguration(null);
        if (last != RefreshStatus.SUCCESSFUL) {
            releaseOutgoing(group);
        }
        refresh.end(last, why, ground.now());
        note(group, "instance refresh " + refresh.id() + " ended: " + last.text());
        convergence.changed(group);
    }

    @Override
    public void launchFailed(Group group) {
        history.active(group).filter(RefreshEngine::replacesNow).ifPresent(refresh -> stick(group, refresh));
    }

    @Override
    public void sickened(Group group, String instanceId) {
        history.active(group)
                .filter(RefreshEngine::replacesNow)
                .filter(refresh -> !refresh.toReplace().contains(instanceId))
                .ifPresent(refresh -> stick(group, refresh));
    }

    @Override
    public Optional<Duration> warmup(Group group) {
        return history.active(group)
                .filter(refresh -> refresh.status() != RefreshStatus.PENDING)
                .map(refresh -> refresh.preferences().warmup());
    }

    private void note(Group group, String change) {
        ground.world().events().append(group.at(), group.name(), change);
    }

    /** The group is gone. */
    public void forget(Group group) {
        history.forget(group);
    }
}
