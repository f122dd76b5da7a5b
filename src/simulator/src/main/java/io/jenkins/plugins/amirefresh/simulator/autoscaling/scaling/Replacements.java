package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Causes;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleState;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member.Outgoing;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.ScalingProcess;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Replaces members one for one: unhealthy ones, those too old, those in too full zones. Source: EC2 Auto Scaling User
 * Guide, "Instance maintenance policy" (defaults by event), "Rebalancing activities".
 */
final class Replacements {

    private final Ground ground;
    private final Lifecycle lifecycle;

    Replacements(Ground ground, Lifecycle lifecycle) {
        this.ground = ground;
        this.lifecycle = lifecycle;
    }

    /** Terminates first, unless the maintenance policy has room to launch first; what does not run never waits. */
    void replaceUnhealthy(Group group) {
        if (group.isSuspended(ScalingProcess.REPLACE_UNHEALTHY) || group.isSuspended(ScalingProcess.TERMINATE)) {
            return;
        }
        for (Member member : group.membersNow()) {
            boolean gonePending = member.state().isPending() && HealthMonitor.isGone(member);
            boolean replaceable = (member.state() == LifecycleState.IN_SERVICE && !member.isOutgoing()) || gonePending;
            if (!member.isHealthy() && replaceable) {
                replaceUnhealthy(group, member);
            }
        }
    }

    private void replaceUnhealthy(Group group, Member member) {
        Instant now = ground.now();
        group.pace().replaces(Causes.replacesUnhealthy(now));
        if (!HealthMonitor.isGone(member) && launchesFirst(group)) {
            member.setOutgoing(Outgoing.UNHEALTHY);
        } else {
            lifecycle.terminate(
                    group, member, Causes.takenOut(now, member.ailment().orElse("a health check failure")));
        }
    }

    private static boolean launchesFirst(Group group) {
        JsonNode policy = group.settings().path("InstanceMaintenancePolicy");
        if (!policy.has("MinHealthyPercentage")) {
            return false;
        }
        Room room = Room.of(
                group.desired(),
                policy.path("MinHealthyPercentage").asInt(),
                policy.path("MaxHealthyPercentage").asInt(-1));
        int present = group.members().stream()
                .filter(member -> member.state().counts())
                .mapToInt(Member::weight)
                .sum();
        boolean nothingFits = room.floor() >= group.desired() && room.ceiling() <= group.desired();
        return room.addable(present) > 0 || (nothingFits && room.launchesFirst());
    }

    /** When a member is too old, empty when the group does not say. */
    Optional<Instant> lifetimeEnd(Group group, Member member) {
        int seconds = group.settings().path("MaxInstanceLifetime").asInt(0);
        return seconds == 0 ? Optional.empty() : Optional.of(member.launched().plusSeconds(seconds));
    }

    /** One at a time, terminated first. */
    void replaceExpired(Group group) {
        if (group.isSuspended(ScalingProcess.TERMINATE) || group.isSuspended(ScalingProcess.LAUNCH)) {
            return;
        }
        boolean settled = group.members().stream().allMatch(member -> member.state() == LifecycleState.IN_SERVICE);
        Instant now = ground.now();
        Optional<Member> expired = group.members().stream()
                .filter(member -> lifetimeEnd(group, member)
                        .filter(end -> !now.isBefore(end))
                        .isPresent())
                .findFirst();
        if (settled && expired.isPresent()) {
            lifecycle.terminate(group, expired.get(), Causes.takenOut(now, "an exceeded maximum instance lifetime"));
        }
    }

    /** Starts to move one member to an emptier zone; true when a launch is needed for it. */
    boolean rebalance(Group group) {
        boolean quiet = group.members().stream()
                .allMatch(member -> (member.state() == LifecycleState.IN_SERVICE && !member.isOutgoing())
                        || member.state() == LifecycleState.STANDBY);
        if (group.isSuspended(ScalingProcess.AZ_REBALANCE)
                || group.isSuspended(ScalingProcess.LAUNCH)
                || !quiet
                || takesReservationsOnly(group)
                || ground.now().isBefore(group.pace().launchesFrom())
                || !Zones.isUnbalanced(group)) {
            return false;
        }
        Map<String, Integer> counts = Zones.counts(group);
        Optional<Member> moved = stray(group)
                .or(() -> TerminationPolicies.select(
                        group,
                        group.members().stream()
                                .filter(member -> member.state() == LifecycleState.IN_SERVICE)
                                .toList(),
                        ground.now()));
        moved.ifPresent(member -> {
            member.setOutgoing(Outgoing.REBALANCE);
            group.pace()
                    .replaces(Causes.rebalances(
                            ground.now(),
                            String.join(" ", counts.keySet()),
                            counts.values().stream().map(String::valueOf).collect(Collectors.joining(" "))));
        });
        return moved.isPresent();
    }

    /** It is as uneven as its reservations. Source: User Guide, "Availability Zone balance and Capacity Reservations". */
    private static boolean takesReservationsOnly(Group group) {
        return group.settings()
                .path("CapacityReservationSpecification")
                .path("CapacityReservationPreference")
                .asText()
                .equals("capacity-reservations-only");
    }

    private static Optional<Member> stray(Group group) {
        return group.members().stream()
                .filter(member -> member.state() == LifecycleState.IN_SERVICE && !member.isProtectedFromScaleIn())
                .filter(member -> !group.zones().contains(member.machine().zone()))
                .findFirst();
    }

    /** Lets those go whose replacements are ready. */
    void relieve(Group group) {
        if (group.isSuspended(ScalingProcess.TERMINATE)) {
            return;
        }
        List<Member> outgoing = group.members().stream()
                .filter(member -> member.state() == LifecycleState.IN_SERVICE && member.isOutgoing())
                .toList();
        for (Member member : outgoing) {
            if (readyWithout(group, member) >= group.desired()) {
                lifecycle.terminate(group, member, cause(group, member));
            }
        }
    }

    private int readyWithout(Group group, Member member) {
        return group.members().stream()
                .filter(other -> other != member && ground.isReady(group, other))
                .mapToInt(Member::weight)
                .sum();
    }

    private String cause(Group group, Member member) {
        Instant now = ground.now();
        return switch (member.outgoing().orElse(Outgoing.REBALANCE)) {
            case REFRESH -> Causes.takenOutForRefresh(now, member.id());
            case UNHEALTHY -> Causes.takenOut(now, member.ailment().orElse("a health check failure"));
            case REBALANCE -> Causes.shrunk(now, member.id(), group.desired() + member.weight(), group.desired());
        };
    }
}
