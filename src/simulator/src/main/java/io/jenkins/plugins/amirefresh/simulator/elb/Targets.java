package io.jenkins.plugins.amirefresh.simulator.elb;

import io.jenkins.plugins.amirefresh.simulator.behavior.Asked;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Registers and deregisters instances, and knows their health; what Auto Scaling uses of load balancing. A target group goes
 * by its ARN, a classic load balancer by {@link ClassicBalancer#key}.
 */
public final class Targets {

    private final World world;
    private final Registry registry;
    private final HealthChecks checks;
    private final Backends backends;
    private final Map<String, List<Registration>> byInstance = new HashMap<>();
    private final List<Listener> listeners = new ArrayList<>();

    Targets(World world, Registry registry, Backends backends) {
        this.world = world;
        this.registry = registry;
        this.backends = backends;
        this.checks = new HealthChecks(world.time(), backends, registry::senders, this::changed);
    }

    private void changed(TargetGroup group, Target target) {
        listeners.forEach(listener -> listener.healthChanged(group.at(), group.arn(), target.id()));
    }

    /** Tells each later change of a target's state. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Whether the place has such a target group. */
    public boolean exists(AccountRegion at, String targetGroupArn) {
        return registry.registrable(at, targetGroupArn).isPresent();
    }

    /** Whether there is such an instance. */
    boolean isInstance(AccountRegion at, String instanceId) {
        return backends.exists(at, instanceId);
    }

    /** Registers an instance on the group's port; again is harmless. */
    public void register(AccountRegion at, String targetGroupArn, String instanceId) {
        TargetGroup group = registry.group(at, targetGroupArn);
        register(group, instanceId, group.port());
    }

    void register(TargetGroup group, String instanceId, int port) {
        String key = instanceId + ":" + port;
        Target known = group.targets().get(key);
        if (known != null && known.health() != TargetHealth.DRAINING) {
            return;
        }
        if (known != null) {
            forget(group, known);
        }
        Target target = new Target(instanceId, port, world.time().now());
        group.targets().put(key, target);
        byInstance.computeIfAbsent(instanceId, id -> new ArrayList<>()).add(new Registration(group, target));
        world.events().append(group.at(), instanceId, "registered with " + group.title());
        checks.begin(group, target);
    }

    /** Registers an instance that has been there for long: how accounts start. */
    public void registerSettled(AccountRegion at, String targetGroupArn, String instanceId) {
        TargetGroup group = registry.group(at, targetGroupArn);
        register(group, instanceId, group.port());
        Target target = group.targets().get(instanceId + ":" + group.port());
        if (target != null && !group.loadBalancers().isEmpty()) {
            checks.settle(group, target);
        }
    }

    /**
     * Starts to drain an instance.
     *
     * @param drained runs when it is over; at once when the instance is not registered
     */
    public void deregister(AccountRegion at, String targetGroupArn, String instanceId, Runnable drained) {
        Optional<Registration> registration = byInstance.getOrDefault(instanceId, List.of()).stream()
                .filter(known -> known.group().arn().equals(targetGroupArn)
                        && known.group().at().equals(at))
                .findFirst();
        if (registration.isPresent()) {
            deregister(registration.get().group(), registration.get().target(), drained);
        } else {
            drained.run();
        }
    }

    void deregister(TargetGroup group, Target target, Runnable drained) {
        target.whenDrained(drained);
        if (target.health() == TargetHealth.DRAINING) {
            return;
        }
        boolean serves =
                backends.conduct(group.at(), target.id()).isPresent() && target.health() != TargetHealth.NOT_IN_USE;
        target.become(TargetHealth.DRAINING);
        changed(group, target);
        world.events().append(group.at(), target.id(), "deregistered from " + group.title());
        if (serves) {
            target.plan(world.time().after(group.deregistrationDelay(), () -> forget(group, target)));
        } else {
            forget(group, target);
        }
    }

    private void forget(TargetGroup group, Target target) {
        target.plan(null);
        group.targets().remove(target.id() + ":" + target.port());
        List<Registration> others = byInstance.get(target.id());
        if (others != null && others.removeIf(known -> known.target() == target) && others.isEmpty()) {
            byInstance.remove(target.id());
        }
        target.waitingForDrain().forEach(Runnable::run);
    }

    /** What the load balancer thinks of an instance, empty when it is not registered. */
    public Optional<TargetHealth> health(AccountRegion at, String targetGroupArn, String instanceId) {
        return registry.registrable(at, targetGroupArn)
                .map(group -> group.targets().get(instanceId + ":" + group.port()))
                .map(Target::health);
    }

    /** Whether a load balancer sends requests to the targets of a target group. */
    public boolean isInUse(AccountRegion at, String targetGroupArn) {
        return registry.registrable(at, targetGroupArn)
                .filter(group -> !group.loadBalancers().isEmpty())
                .isPresent();
    }

    /** Whether the load balancer sends requests to an instance that would answer its check at this very moment. */
    public boolean serves(AccountRegion at, String targetGroupArn, String instanceId) {
        Optional<TargetGroup> group = registry.registrable(at, targetGroupArn);
        Optional<Target> target = group.map(found -> found.targets().get(instanceId + ":" + found.port()));
        return target.filter(found -> found.health() == TargetHealth.HEALTHY).isPresent()
                && checks.passes(group.get(), target.get());
    }

    /**
     * What load balancers ask of an instance: those it is registered with, and those of its group.
     *
     * @param attached what its group is attached to, by ARN or key
     */
    public Asked asked(AccountRegion at, String instanceId, Collection<String> attached) {
        Stream<Asked> registered = byInstance.getOrDefault(instanceId, List.of()).stream()
                .map(known -> known.group().asks(known.target()));
        Stream<Asked> expected = attached.stream()
                .flatMap(key -> registry.registrable(at, key).stream())
                .map(TargetGroup::asks);
        return Stream.concat(registered, expected).reduce(Asked.NOTHING, Asked::and);
    }

    /** An instance started, stopped or went away; terminated ones leave their target groups. */
    public void instanceChanged(AccountRegion at, String instanceId) {
        boolean gone = !backends.exists(at, instanceId);
        for (Registration known : List.copyOf(byInstance.getOrDefault(instanceId, List.of()))) {
            if (gone) {
                forget(known.group(), known.target());
            } else {
                checks.poke(known.group(), known.target());
            }
        }
    }

    /** A listener now forwards to the group: its targets are checked from now on. */
    void comeIntoUse(TargetGroup group) {
        group.targets().values().forEach(target -> checks.begin(group, target));
    }

    /** Told when the load balancer changes its mind about a target. */
    public interface Listener {
        /** The state of one target changed. */
        void healthChanged(AccountRegion at, String targetGroupArn, String instanceId);
    }

    private record Registration(TargetGroup group, Target target) {}
}
