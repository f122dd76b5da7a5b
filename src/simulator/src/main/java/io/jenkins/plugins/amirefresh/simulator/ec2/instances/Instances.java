package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import io.jenkins.plugins.amirefresh.simulator.behavior.Conduct;
import io.jenkins.plugins.amirefresh.simulator.ec2.keys.KeyPair;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.SecurityGroup;
import io.jenkins.plugins.amirefresh.simulator.ec2.reservations.CapacityReservation;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.Volume;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Sorted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one account and region, up to an hour after their end.
 *
 * <p>AWS says how long none of these transitions take; the simulator's figures are constants here.
 */
public final class Instances {

    /** From pending to running, unless it boots faster. */
    static final Duration PENDING = Duration.ofSeconds(10);

    /** From shutting-down to terminated. */
    static final Duration SHUTTING_DOWN = Duration.ofSeconds(20);

    /** From stopping to stopped. */
    static final Duration STOPPING = Duration.ofSeconds(20);

    /** From stopping to stopped with the memory on the disk. Source: EC2 User Guide, "Hibernate your instance": a few minutes. */
    static final Duration HIBERNATING = Duration.ofMinutes(3);

    /** Source: EC2 User Guide, "Terminate your instance": remains visible for about an hour. */
    static final Duration VISIBLE_AFTER_END = Duration.ofHours(1);

    /** Source: EC2 User Guide, "Spot Instance interruption notices". */
    static final Duration INTERRUPTION_NOTICE = Duration.ofMinutes(2);

    private final Surroundings around;
    private final LaunchPlanner planner;
    private final Sorted<Instance> byId = new Sorted<>();
    private final TagIndex byTag = new TagIndex();
    private final List<InstanceListener> listeners = new ArrayList<>();
    private final Room room;

    /** None yet. */
    public Instances(Surroundings around, InstanceTypes types) {
        this.around = around;
        this.planner = new LaunchPlanner(around, types);
        this.room = new Room(types);
    }

    /** Lets On-Demand instances that run have so many vCPUs together; 0: any. */
    public void limit(int vcpus) {
        room.limit(vcpus);
    }

    /** Tells {@code listener} of everything from now on. */
    public void listen(InstanceListener listener) {
        listeners.add(listener);
    }

    /**
     * Launches between MinCount and MaxCount instances, pending; they are running and then booted as time passes.
     *
     * @throws AwsError as RunInstances refuses
     */
    public List<Instance> run(LaunchRequest request) {
        LaunchPlan plan = planner.plan(request);
        int allowed = room.within(plan, byId.values());
        Optional<CapacityReservation> slots = plan.slots(around.reservations(), plan.minimum(), allowed);
        int count = slots.map(found -> Math.min(allowed, found.free())).orElse(allowed);
        String reservation = around.place().newId("r");
        List<Instance> launched = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            Instance instance = launch(plan, reservation, index, around.place().now());
            slots.ifPresent(instance::occupy);
            launched.add(instance);
        }
        launched.forEach(instance -> {
            around.place()
                    .log(instance.id(), "launched from " + instance.image().id() + " in " + instance.zone());
            boot(instance);
        });
        return launched;
    }

    /** An instance that has run since {@code launched}, before the simulation began; no declared refusal concerns it. */
    public Instance addRunning(LaunchRequest request, Instant launched) {
        LaunchPlan plan = planner.plan(request);
        Optional<CapacityReservation> slot = plan.slots(around.reservations(), 1, 1);
        Instance instance = launch(plan, around.place().newId("r"), 0, launched);
        slot.ifPresent(instance::occupy);
        become(instance, InstanceState.RUNNING);
        scheduleEnd(instance);
        return instance;
    }

    /** An instance that has been so since {@code since}, before the simulation began. */
    public Instance addDeclared(LaunchRequest request, Instant since, boolean runs) {
        Instance instance = addRunning(request, since);
        if (!runs) {
            around.addresses().leave(instance);
            instance.publish(null);
            instance.because(UserInitiated.at(since), UserInitiated.SHUTDOWN);
            become(instance, InstanceState.STOPPED);
        }
        return instance;
    }

    private Instance launch(LaunchPlan plan, String reservation, int index, Instant launched) {
        Input parameters = new Input(plan.parameters());
        String id = around.place().newId("i");
        List<String> volumes = new ArrayList<>();
        for (VolumeLayout layout : VolumeLayout.of(plan.image(), parameters)) {
            Volume volume = around.volumes()
                    .create(
                            layout.specification(),
                            plan.subnet().zone(),
                            new Tags(plan.volumeTags().asMap()));
            around.volumes().attach(volume, id, layout.device(), layout.deleteOnTermination());
            volumes.add(volume.id());
        }
        String key = parameters
                .text("KeyName")
                .flatMap(around.keyPairs()::find)
                .map(KeyPair::publicKey)
                .orElse("");
        var birth =
                new Instance.Birth(reservation, index, plan.image(), plan.parameters(), plan.template(), launched, key);
        var instance = new Instance(
                id,
                birth,
                connection(plan, parameters),
                volumes,
                new Tags(plan.tags().asMap()),
                new Conduct(plan.behaviour(), launched));
        plan.image().launchedAt(launched);
        byId.put(id, instance);
        byTag.add(id, instance.tags().asMap());
        around.addresses().enter(instance);
        return instance;
    }

    private Instance.Connection connection(LaunchPlan plan, Input parameters) {
        Optional<Input> card =
                parameters.structures("NetworkInterfaces").stream().findFirst();
        String address = card.flatMap(given -> given.text("PrivateIpAddress"))
                .or(() -> parameters.text("PrivateIpAddress"))
                .map(plan.subnet()::take)
                .orElseGet(() -> plan.subnet().allocate(around.addresses()::isTaken));
        boolean isPublic = card.filter(given -> given.has("AssociatePublicIpAddress"))
                .map(given -> given.flag("AssociatePublicIpAddress"))
                .orElse(plan.subnet().publicAddresses());
        String loopback =
                plan.behaviour().ssh() == null ? null : around.addresses().nextLoopbackAddress();
        return new Instance.Connection(
                plan.subnet(),
                around.place().newId("eni"),
                address,
                loopback,
                isPublic ? outside(loopback) : null,
                plan.groups());
    }

    private String outside(@Nullable String loopback) {
        return loopback == null ? around.addresses().nextPublicAddress() : loopback;
    }

    private void boot(Instance instance) {
        Conduct conduct = instance.conduct();
        if (instance.isSpot()) {
            conduct.interrupted().ifPresent(moment -> around.place()
                    .after(Duration.between(around.place().now(), moment), () -> {
                        if (instance.conduct().equals(conduct)
                                && !instance.state().isEnding()) {
                            interrupt(instance);
                        }
                    }));
        }
        conduct.failsToLaunch()
                .or(() -> around.kmsKeys().trouble(volumes(instance), instance.isOfGroup()))
                .ifPresent(code -> around.place().after(PENDING.dividedBy(2), () -> {
                    if (instance.conduct().equals(conduct) && instance.state() == InstanceState.PENDING) {
                        end(instance, "", LaunchEnd.of(code));
                    }
                }));
        Duration boot = conduct.declared().boot();
        Duration pending = boot.compareTo(PENDING) < 0 ? boot : PENDING;
        around.place().after(pending, () -> {
            if (instance.conduct().equals(conduct)) {
                move(instance, InstanceState.PENDING, InstanceState.RUNNING);
            }
        });
        scheduleEnd(instance);
    }

    private List<Volume> volumes(Instance instance) {
        return instance.volumeIds().stream()
                .flatMap(id -> around.volumes().find(id).stream())
                .toList();
    }

    private void scheduleEnd(Instance instance) {
        Conduct conduct = instance.conduct();
        conduct.disappears().ifPresent(moment -> around.place().world().time().at(moment, () -> {
            if (instance.conduct().equals(conduct)) {
                end(instance, "", LaunchEnd.of("Server.InternalError"));
            }
        }));
    }

    /** All, by id. */
    public Collection<Instance> all() {
        return byId.values();
    }

    /** One by id. */
    public Optional<Instance> find(String id) {
        return byId.find(id);
    }

    /** Those with this tag, by id; found without looking at the others. */
    public List<Instance> tagged(String key, String value) {
        return byTag.ids(key, value).stream()
                .flatMap(id -> byId.find(id).stream())
                .toList();
    }

    /**
     * The instance with this id.
     *
     * @throws AwsError InvalidInstanceID.Malformed or InvalidInstanceID.NotFound
     */
    public Instance instance(String id) {
        return all(List.of(id)).get(0);
    }

    /**
     * The instances with these ids, each once.
     *
     * @throws AwsError InvalidInstanceID.Malformed or InvalidInstanceID.NotFound that names every missing one
     */
    public List<Instance> all(List<String> ids) {
        ids.forEach(id -> Errors.wellFormed("InvalidInstanceID.Malformed", "i", id));
        List<String> missing = ids.stream().filter(id -> !byId.has(id)).toList();
        if (!missing.isEmpty()) {
            throw Errors.notFound("InvalidInstanceID.NotFound", "instance ID", missing);
        }
        return ids.stream().distinct().flatMap(id -> byId.find(id).stream()).toList();
    }

    /** Terminates an instance on its user's or a service's request; false when it is ending already. */
    public boolean terminate(Instance instance, String by) {
        return end(instance, UserInitiated.at(around.place().now()), UserInitiated.SHUTDOWN, by);
    }

    /** Announces that AWS takes a Spot instance back, and does so two minutes later. */
    public void interrupt(Instance instance) {
        around.place().log(instance.id(), "spot interruption announced");
        listeners.forEach(listener -> listener.interruptionAnnounced(instance));
        around.place()
                .after(
                        INTERRUPTION_NOTICE,
                        () -> end(
                                instance,
                                "",
                                Instance.StateReason.of(
                                        "Server.SpotInstanceTermination", "Spot instance termination")));
    }

    private boolean end(Instance instance, String transition, Instance.StateReason reason) {
        return end(instance, transition, reason, reason.code());
    }

    private boolean end(Instance instance, String transition, Instance.StateReason reason, String by) {
        InstanceState before = instance.state();
        if (before.isEnding()) {
            return false;
        }
        instance.because(transition, reason);
        around.place().log(instance.id(), "terminated: " + by);
        around.addresses().leave(instance);
        // AWS does not say when; an instance is not billed from here on.
        instance.vacate();
        become(instance, InstanceState.SHUTTING_DOWN);
        around.place().after(before == InstanceState.STOPPED ? Duration.ZERO : SHUTTING_DOWN, () -> finish(instance));
        return true;
    }

    private void finish(Instance instance) {
        instance.subnet().release(instance.connection().subnetAddress());
        instance.volumeIds().forEach(around.volumes()::releaseFromTerminated);
        instance.publish(null);
        become(instance, InstanceState.TERMINATED);
        around.place().after(VISIBLE_AFTER_END, () -> {
            byId.remove(instance.id());
            byTag.remove(instance.id(), instance.tags().asMap());
        });
    }

    /** The rules of a security group changed: who has it can be reached by others now. */
    public void reachChanged(SecurityGroup group) {
        byId.values().stream().filter(instance -> instance.has(group)).forEach(this::reachChanged);
    }

    void reachChanged(Instance instance) {
        listeners.forEach(listener -> listener.reachChanged(instance));
    }

    /** Stops an instance that runs, at its user's or a service's request. */
    public void stop(Instance instance) {
        around.place().log(instance.id(), "stopped by user request");
        halt(instance, UserInitiated.SHUTDOWN, STOPPING);
    }

    /** Hibernates an instance that runs: its memory goes to the root volume while it is stopping. */
    void hibernate(Instance instance) {
        around.place().log(instance.id(), "hibernated by user request");
        halt(instance, UserInitiated.HIBERNATE, HIBERNATING);
    }

    private void halt(Instance instance, Instance.StateReason reason, Duration takes) {
        instance.because(UserInitiated.at(around.place().now()), reason);
        around.addresses().leave(instance);
        become(instance, InstanceState.STOPPING);
        Conduct conduct = instance.conduct();
        around.place().after(takes, () -> {
            if (instance.conduct().equals(conduct) && instance.state() == InstanceState.STOPPING) {
                instance.publish(null);
                become(instance, InstanceState.STOPPED);
            }
        });
    }

    /** @throws AwsError when EC2 has no room for all of these stopped ones */
    void requireRoom(List<Instance> stopped) {
        room.require(stopped, byId.values());
    }

    /** Starts an instance that is stopped. */
    public void start(Instance instance) {
        around.place().log(instance.id(), "started by user request");
        instance.because("", null);
        instance.restartedAs(
                new Conduct(instance.conduct().declared(), around.place().now()));
        instance.publish(instance.connection().publicAddress());
        around.addresses().enter(instance);
        become(instance, InstanceState.PENDING);
        boot(instance);
    }

    void reboot(Instance instance) {
        around.place().log(instance.id(), "rebooted by user request");
    }

    private void move(Instance instance, InstanceState from, InstanceState to) {
        if (instance.state() == from) {
            become(instance, to);
        }
    }

    private void become(Instance instance, InstanceState next) {
        InstanceState before = instance.state();
        instance.become(next, around.place().now());
        listeners.forEach(listener -> listener.stateChanged(instance, before));
    }

    /** Sets tags and keeps the index. */
    public void tag(Instance instance, Map<String, String> tags) {
        byTag.remove(instance.id(), instance.tags().asMap());
        instance.tags().putAll(tags);
        byTag.add(instance.id(), instance.tags().asMap());
    }

    /** Removes tags and keeps the index. */
    public void untag(Instance instance, Collection<String> keys) {
        byTag.remove(instance.id(), instance.tags().asMap());
        keys.forEach(instance.tags()::remove);
        byTag.add(instance.id(), instance.tags().asMap());
    }
}
