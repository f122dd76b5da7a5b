package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Causes;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LifecycleState;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Machine;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.ScalingProcess;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.WarmPool;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Brings a group to its desired capacity, evenly over its zones. A group is looked at when something about it changed or
 * a deadline is due, never by polling.
 */
public final class Convergence implements Lifecycle.Clockwork {

    /** AWS acts within seconds of a change; it does not publish the figure. */
    private static final Duration REACTION = Duration.ofSeconds(2);

    // Instances that need reservations may end up uneven over the zones, where the reservations are. Source: EC2 Auto
    // Scaling User Guide, "Availability Zone balance and Capacity Reservations".
    private static final List<String> TRY_ELSEWHERE = List.of(
            "InsufficientInstanceCapacity",
            "InsufficientCapacity",
            "UnfulfillableCapacity",
            "Unsupported",
            "InsufficientFreeAddressesInSubnet",
            "ReservationCapacityExceeded");

    private final Ground ground;
    private final Lifecycle lifecycle;
    private final HealthMonitor health;
    private final Placement placement;
    private final Replacements replacements;
    private final Sampler sampler;
    private Planner planner = new NoPlanner();

    /** Nothing happens until groups change. */
    public Convergence(Ground ground) {
        this.ground = ground;
        this.lifecycle = new Lifecycle(ground, this);
        this.health = new HealthMonitor(ground, this);
        this.placement = new Placement(ground.fleet());
        this.replacements = new Replacements(ground, lifecycle);
        this.sampler = new Sampler(ground);
        ground.targets().listen((at, arn, instance) -> targetChanged(at, arn, instance));
    }

    /** Who else replaces members. */
    public void setPlanner(Planner newPlanner) {
        planner = newPlanner;
    }

    /** How members live. */
    public Lifecycle lifecycle() {
        return lifecycle;
    }

    /** How members are found unhealthy. */
    public HealthMonitor health() {
        return health;
    }

    /** EC2 says that an instance runs. */
    public void running(AccountRegion at, String instanceId) {
        lifecycle.running(at, instanceId);
    }

    /** EC2 says that an instance stopped, is impaired or is well again. */
    public void conditionChanged(AccountRegion at, String instanceId) {
        health.hint(at, instanceId);
    }

    /** EC2 says that an instance is terminated. */
    public void terminated(AccountRegion at, String instanceId) {
        if (!lifecycle.terminated(at, instanceId)) {
            health.hint(at, instanceId);
        }
    }

    private void targetChanged(AccountRegion at, String targetGroupArn, String instanceId) {
        ground.groups().ofInstance(at, instanceId).ifPresent(group -> {
            boolean works = ground.targets()
                    .health(at, targetGroupArn, instanceId)
                    .filter(found -> found.countsAsHealthy())
                    .isPresent();
            if (works) {
                group.balancers()
                        .computeIfPresent(
                                targetGroupArn, (arn, state) -> state.equals(Group.REMOVING) ? state : "InService");
            }
            changed(group);
        });
        health.hint(at, instanceId);
    }

    @Override
    public void changed(Group group) {
        sample(group);
        wakeAt(group, ground.now().plus(REACTION));
    }

    @Override
    public void launchFailed(Group group, String message) {
        group.pace().launchFailed(ground.now(), message);
        planner.launchFailed(group);
    }

    @Override
    public void inService(Group group, Member member) {
        group.pace().launchWorked();
        health.watch(group, member);
        if (member.readyAt().isAfter(ground.now())) {
            ground.world().time().at(member.readyAt(), () -> wakeAt(group, ground.now()));
        }
        replacements
                .lifetimeEnd(group, member)
                .ifPresent(end -> ground.world().time().at(end, () -> wakeAt(group, ground.now())));
    }

    @Override
    public Duration warmup(Group group) {
        return planner.warmup(group).orElseGet(group::warmup);
    }

    /** A member was found unhealthy. */
    void sickened(Group group, Member member) {
        planner.sickened(group, member.id());
        changed(group);
    }

    /** Looks at the group at a moment, unless it does so earlier anyway. */
    public void wakeAt(Group group, Instant moment) {
        if (!group.pace().isDueBy(moment)) {
            group.pace().evaluateAt(moment, ground.world().time().at(moment, () -> evaluate(group)));
        }
    }

    /** Tells the recorder how the group stands. */
    public void sample(Group group) {
        sampler.sample(group);
    }

    private void evaluate(Group group) {
        group.pace().evaluating();
        if (ground.groups().find(group.at(), group.name()).filter(group::equals).isEmpty()) {
            return;
        }
        if (group.isDeleting()) {
            endDeletion(group);
            return;
        }
        replacements.replaceUnhealthy(group);
        replacements.replaceExpired(group);
        planner.plan(group);
        converge(group);
        prepare(group);
        replacements.relieve(group);
        planner.settle(group);
        group.pace().forgetDesiredCause();
    }

    /** A deleted group is gone when its last member is. */
    public void endDeletion(Group group) {
        boolean warm =
                group.warmPool().filter(pool -> !pool.members().isEmpty()).isPresent();
        if (group.members().isEmpty() && !warm) {
            ground.groups().remove(group);
            ground.recorder().deleted(group.at(), group.name());
            ground.world().events().append(group.at(), group.name(), "group deleted");
        }
    }

    private void converge(Group group) {
        int missing = group.desired() - group.capacity();
        if (missing > 0) {
            launch(group);
        } else if (missing < 0) {
            scaleIn(group);
        } else {
            group.pace().forgetReplacements();
            if (replacements.rebalance(group)) {
                balance(group);
            }
        }
    }

    /** The warm pool follows once the group itself has what it wants. */
    private void prepare(Group group) {
        if (group.warmPool().isPresent() && group.capacity() >= group.desired()) {
            boolean mayLaunch = !group.isSuspended(ScalingProcess.LAUNCH)
                    && !ground.now().isBefore(group.pace().launchesFrom());
            lifecycle.warmPools().adjust(group, mayLaunch ? placement.choices(group) : List.of());
        }
    }

    private void launch(Group group) {
        if (group.isSuspended(ScalingProcess.LAUNCH)) {
            return;
        }
        if (ground.now().isBefore(group.pace().launchesFrom())) {
            wakeAt(group, group.pace().launchesFrom());
            return;
        }
        int from = group.capacity();
        while (group.capacity() < group.desired()) {
            String cause = group.pace().nextReplacement().orElseGet(() -> difference(group, from));
            if (lifecycle.warmPools().take(group, cause)) {
                continue;
            }
            if (!tryEach(group, placement.choices(group), cause)) {
                wakeAt(group, group.pace().launchesFrom());
                return;
            }
        }
    }

    /** Only the emptiest zone will do; otherwise nothing moves until the next try. */
    private void balance(Group group) {
        String cause = group.pace().nextReplacement().orElse("");
        String zone = Zones.emptiestFirst(group).get(0);
        List<Order> there = placement.choices(group).stream()
                .filter(order -> order.zone().equals(zone))
                .toList();
        if (!tryEach(group, there, cause)) {
            group.members().stream()
                    .filter(member -> member.outgoing()
                            .filter(Member.Outgoing.REBALANCE::equals)
                            .isPresent())
                    .forEach(member -> member.setOutgoing(null));
            wakeAt(group, group.pace().launchesFrom());
        }
    }

    private String difference(Group group, int from) {
        String before = group.pace().desiredCause().map(cause -> cause + "  ").orElse("");
        return before + Causes.launched(ground.now(), from, group.desired());
    }

    /** Another zone, or another type, may do. */
    static boolean triesElsewhere(AwsError refusal) {
        return TRY_ELSEWHERE.contains(refusal.code());
    }

    /** Tries one choice after the other while EC2 lacks capacity. */
    private boolean tryEach(Group group, List<Order> choices, String cause) {
        String message = "There is no Availability Zone to launch in.";
        for (Order order : choices) {
            try {
                lifecycle.launch(group, order, cause);
                return true;
            } catch (AwsError refusal) {
                message = String.valueOf(refusal.getMessage());
                if (!triesElsewhere(refusal)) {
                    break;
                }
            }
        }
        launchFailed(group, message);
        return false;
    }

    /**
     * Launches now, by request, up to a number of instances.
     *
     * @return the refusal that stopped it, empty when all were launched
     */
    public Optional<AwsError> launchNow(Group group, int count, String zone, List<Member> launched) {
        for (int i = 0; i < count; i++) {
            Optional<Order> order = placement.choices(group).stream()
                    .filter(choice -> zone.isEmpty() || choice.zone().equals(zone))
                    .findFirst();
            if (order.isEmpty()) {
                return Optional.of(AwsError.client("ValidationError", "The zone is not one of the group's."));
            }
            try {
                launched.add(lifecycle.launch(group, order.get(), difference(group, group.capacity())));
            } catch (AwsError refusal) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }

    /** A member that has been in service for long: how accounts start. */
    public Member settle(Group group, Instant launched) {
        Machine machine = settled(group, launched);
        int weight = Placement.weight(group, machine.instanceType());
        Member member = new Member(machine, launched, weight, Placement.isWeighted(group));
        member.enterService(launched, launched);
        ground.groups().join(group, member);
        List<String> balancers = group.attached();
        balancers.forEach(key -> ground.targets().registerSettled(group.at(), key, member.id()));
        member.setRegistered(!balancers.isEmpty());
        ground.recorder().launched(group.at(), group.name(), member.id(), Lifecycle.version(machine));
        replacements
                .lifetimeEnd(group, member)
                .ifPresent(end -> ground.world().time().at(end, () -> wakeAt(group, ground.now())));
        return member;
    }

    private Machine settled(Group group, Instant launched) {
        List<Order> choices = placement.choices(group);
        for (Order order : choices.subList(0, choices.size() - 1)) {
            try {
                return ground.fleet().settle(group.at(), order, launched);
            } catch (AwsError refusal) {
                if (!TRY_ELSEWHERE.contains(refusal.code())) {
                    throw refusal;
                }
            }
        }
        return ground.fleet().settle(group.at(), choices.get(choices.size() - 1), launched);
    }

    private void scaleIn(Group group) {
        if (group.isSuspended(ScalingProcess.TERMINATE)) {
            return;
        }
        int from = group.capacity();
        Optional<Member> victim = victim(group);
        while (victim.isPresent()) {
            String before =
                    group.pace().desiredCause().map(cause -> cause + "  ").orElse("");
            victim.get()
                    .setReturning(
                            group.warmPool().filter(WarmPool::reusesOnScaleIn).isPresent());
            lifecycle.terminate(
                    group,
                    victim.get(),
                    before + Causes.shrunk(ground.now(), victim.get().id(), from, group.desired()));
            victim = victim(group);
        }
    }

    private Optional<Member> victim(Group group) {
        int surplus = group.capacity() - group.desired();
        List<Member> candidates = group.members().stream()
                .filter(member -> member.state() == LifecycleState.IN_SERVICE && !member.isOutgoing())
                .filter(member -> member.weight() <= surplus)
                .toList();
        return TerminationPolicies.select(group, candidates, ground.now());
    }

    /** Nobody refreshes. */
    private static final class NoPlanner implements Planner {
        @Override
        public void plan(Group group) {}

        @Override
        public void settle(Group group) {}

        @Override
        public void launchFailed(Group group) {}

        @Override
        public void sickened(Group group, String instanceId) {}

        @Override
        public Optional<Duration> warmup(Group group) {
            return Optional.empty();
        }
    }
}
