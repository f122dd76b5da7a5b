package io.jenkins.plugins.amirefresh.simulator.autoscaling.refresh;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One instance refresh from its request to its end. */
final class InstanceRefresh {

    private final String id;
    private final String groupName;
    private final Instant started;
    private final Preferences preferences;
    private final ObjectNode given;
    private final @Nullable ObjectNode desiredConfiguration;
    private final Set<String> toReplace = new LinkedHashSet<>();
    private int warmTotal;
    private int warmLeft;
    private RefreshStatus status = RefreshStatus.PENDING;
    private String reason = "";
    private @Nullable Instant ended;
    private int total;
    private int percentage;
    private int toUpdate;
    private int checkpoint;
    private @Nullable Instant pausedUntil;
    private @Nullable Instant stuckSince;
    private @Nullable Instant bakesUntil;
    private @Nullable Rollback rollback;

    /** @param given the preferences as requested */
    InstanceRefresh(
            String id,
            String groupName,
            Instant started,
            Preferences preferences,
            ObjectNode given,
            @Nullable ObjectNode desiredConfiguration) {
        this.id = id;
        this.groupName = groupName;
        this.started = started;
        this.preferences = preferences;
        this.given = given;
        this.desiredConfiguration = desiredConfiguration;
    }

    String id() {
        return id;
    }

    Instant started() {
        return started;
    }

    Preferences preferences() {
        return preferences;
    }

    Optional<ObjectNode> desiredConfiguration() {
        return Optional.ofNullable(desiredConfiguration);
    }

    RefreshStatus status() {
        return status;
    }

    boolean isActive() {
        return !status.isFinal();
    }

    Optional<Instant> ended() {
        return Optional.ofNullable(ended);
    }

    void become(RefreshStatus next, String why) {
        status = next;
        reason = why;
    }

    void end(RefreshStatus last, String why, Instant now) {
        become(last, why);
        ended = now;
    }

    void say(String why) {
        reason = why;
    }

    String reason() {
        return reason;
    }

    /** Ids of the instances that must go, whether or not they still exist. */
    Set<String> toReplace() {
        return toReplace;
    }

    void replaceAll(Collection<String> ids) {
        toReplace.clear();
        toReplace.addAll(ids);
        total = toReplace.size();
        toUpdate = total;
    }

    /** Instances of the warm pool that go, all at once. */
    void replaceWarm(Collection<String> ids) {
        warmTotal = ids.size();
        warmLeft = warmTotal;
    }

    /** Looks which instances of the warm pool that this refresh took away are not yet back. */
    void warmProgress(Group group) {
        int ready = group.warmPool()
                .map(pool -> (int) pool.members().stream()
                        .filter(member -> member.state().isWarm())
                        .filter(member -> !member.launched().isBefore(started))
                        .count())
                .orElse(warmTotal);
        warmLeft = Math.max(0, warmTotal - ready);
    }

    /** A rollback: these must go now; what was not updated yet stays as it is. */
    void turnTo(Collection<String> ids) {
        int notUpdated = toUpdate;
        replaceAll(ids);
        toUpdate = notUpdated;
    }

    /** One that need not go any more. */
    void drop(String instanceId) {
        if (toReplace.remove(instanceId)) {
            total--;
        }
    }

    /** Whether a member is one that must go. */
    boolean replaces(Member member) {
        return toReplace.contains(member.id());
    }

    int total() {
        return total;
    }

    int percentage() {
        return percentage;
    }

    int toUpdate() {
        return toUpdate;
    }

    void progress(int newPercentage, int newToUpdate) {
        percentage = newPercentage;
        toUpdate = newToUpdate;
    }

    int checkpoint() {
        return checkpoint;
    }

    void passCheckpoint(int next, @Nullable Instant until) {
        checkpoint = next;
        pausedUntil = until;
    }

    boolean isPaused(Instant now) {
        return pausedUntil != null && now.isBefore(pausedUntil);
    }

    Optional<Instant> pausedUntil() {
        return Optional.ofNullable(pausedUntil);
    }

    Optional<Instant> stuckSince() {
        return Optional.ofNullable(stuckSince);
    }

    void stickSince(@Nullable Instant since) {
        stuckSince = since;
    }

    void bakeUntil(Instant until) {
        bakesUntil = until;
    }

    boolean isBaked(Instant now) {
        return bakesUntil != null && !now.isBefore(bakesUntil);
    }

    Optional<Rollback> rollback() {
        return Optional.ofNullable(rollback);
    }

    void rollBack(Instant now, String why) {
        rollback = new Rollback(now, why, percentage, toUpdate);
        status = RefreshStatus.ROLLBACK_IN_PROGRESS;
        reason = "";
        pausedUntil = null;
        stuckSince = null;
    }

    /** As DescribeInstanceRefreshes shows it. */
    ObjectNode view() {
        ObjectNode view = Fields.object();
        view.put("InstanceRefreshId", id).put("AutoScalingGroupName", groupName);
        view.put("Status", status.text());
        if (!reason.isEmpty()) {
            view.put("StatusReason", reason);
        }
        if (status != RefreshStatus.PENDING) {
            view.put("StartTime", started.toString());
            view.put("PercentageComplete", Math.min(percentage, warmPercentage()));
            view.put("InstancesToUpdate", toUpdate + warmLeft);
        }
        if (warmTotal > 0) {
            view.set("ProgressDetails", progressDetails());
        }
        ended().ifPresent(moment -> view.put("EndTime", moment.toString()));
        view.set("Preferences", preferences.described(given));
        desiredConfiguration().ifPresent(configuration -> view.set("DesiredConfiguration", configuration));
        rollback().ifPresent(back -> view.set("RollbackDetails", back.view()));
        return view;
    }

    private int warmPercentage() {
        return warmTotal == 0 ? 100 : 100 * (warmTotal - warmLeft) / warmTotal;
    }

    /** Source: API Reference, "InstanceRefreshProgressDetails": only of groups with a warm pool. */
    private ObjectNode progressDetails() {
        ObjectNode details = Fields.object();
        details.putObject("LivePoolProgress")
                .put("PercentageComplete", percentage)
                .put("InstancesToUpdate", toUpdate);
        details.putObject("WarmPoolProgress")
                .put("PercentageComplete", warmPercentage())
                .put("InstancesToUpdate", warmLeft);
        return details;
    }

    /** How far the refresh was when it turned back. */
    record Rollback(Instant began, String reason, int percentage, int toUpdate) {

        ObjectNode view() {
            return Fields.object()
                    .put("RollbackReason", reason)
                    .put("RollbackStartTime", began.toString())
                    .put("PercentageCompleteOnRollback", percentage)
                    .put("InstancesToUpdateOnRollback", toUpdate);
        }
    }
}
