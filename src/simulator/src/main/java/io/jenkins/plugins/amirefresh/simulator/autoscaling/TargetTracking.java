package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Causes;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleState;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.ScalingProcess;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps the groups that declare a load at their policies' target: the load is shared by the instances that are in service and
 * warmed up, looked at each minute. Source: EC2 Auto Scaling User Guide, "Target tracking scaling policies": it scales out
 * at once and in gradually, instances that warm up are not part of the metric, and nothing is taken away while some do. The
 * alarms behind it (three minutes above the target, fifteen below nine tenths of it) are as users see them, and the new
 * capacity is in proportion, the next one a warm-up later at the earliest; AWS publishes neither.
 */
final class TargetTracking {

    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int MINUTES_ABOVE = 3;
    private static final int MINUTES_BELOW = 15;
    private static final double BELOW = 0.9;

    private final Ground ground;
    private final Resize resize;
    private final Map<Group, Map<String, Minutes>> minutes = new HashMap<>();

    TargetTracking(Ground ground, Resize resize) {
        this.ground = ground;
        this.resize = resize;
    }

    /** Gives a group another desired capacity. */
    @FunctionalInterface
    interface Resize {
        void to(Group group, String policy, int desired, String cause);
    }

    private static final class Minutes {
        private int above;
        private int below;
        private Instant notBefore = Instant.MIN;
    }

    /** Follows a group that declares a load, for as long as it is there. */
    void follow(Group group, Supplier<Collection<ObjectNode>> policies) {
        if (group.load() > 0 && minutes.putIfAbsent(group, new HashMap<>()) == null) {
            look(group, policies);
        }
    }

    private void look(Group group, Supplier<Collection<ObjectNode>> policies) {
        ground.world().time().after(PERIOD, () -> {
            if (group.isDeleting()) {
                minutes.remove(group);
                return;
            }
            for (ObjectNode policy : policies.get()) {
                if (policy.has("TargetTrackingConfiguration")) {
                    judge(group, policy);
                }
            }
            look(group, policies);
        });
    }

    private void judge(Group group, ObjectNode policy) {
        Instant now = ground.now();
        long serving = group.members().stream()
                .filter(member -> member.state() == LifecycleState.IN_SERVICE && member.isReady(now))
                .count();
        double target =
                policy.path("TargetTrackingConfiguration").path("TargetValue").asDouble();
        String name = policy.path("PolicyName").asText();
        Minutes so = minutes.getOrDefault(group, Map.of()).computeIfAbsent(name, key -> new Minutes());
        double metric = serving == 0 ? target : group.load() / serving;
        so.above = metric > target ? so.above + 1 : 0;
        so.below = metric < BELOW * target ? so.below + 1 : 0;
        boolean acts = policy.path("Enabled").asBoolean(true) && !group.isSuspended(ScalingProcess.ALARM_NOTIFICATION);
        int wanted = (int) Math.ceil(group.desired() * metric / target);
        if (acts && so.above >= MINUTES_ABOVE && !now.isBefore(so.notBefore)) {
            so.above = 0;
            so.notBefore = now.plus(group.warmup());
            resize(group, name, "AlarmHigh", Math.min(group.max(), wanted));
        } else if (acts && so.below >= MINUTES_BELOW && mayShrink(group, policy, now)) {
            so.below = 0;
            resize(group, name, "AlarmLow", Math.max(group.min(), wanted));
        }
    }

    private static boolean mayShrink(Group group, ObjectNode policy, Instant now) {
        return !policy.path("TargetTrackingConfiguration")
                        .path("DisableScaleIn")
                        .asBoolean(false)
                && group.members().stream()
                        .filter(member -> member.state().counts())
                        .allMatch(member -> isSettled(member, now));
    }

    private static boolean isSettled(Member member, Instant now) {
        return member.state() == LifecycleState.IN_SERVICE && member.isReady(now);
    }

    private void resize(Group group, String policy, String alarm, int desired) {
        if (desired != group.desired()) {
            String name = "TargetTracking-" + group.name() + "-" + alarm;
            resize.to(group, policy, desired, Causes.alarm(ground.now(), name, policy, group.desired(), desired));
        }
    }
}
