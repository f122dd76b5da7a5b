package io.jenkins.plugins.amirefresh.simulator.ec2;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountSeeder;
import io.jenkins.plugins.amirefresh.simulator.behavior.Request;
import io.jenkins.plugins.amirefresh.simulator.behavior.Shells;
import io.jenkins.plugins.amirefresh.simulator.ec2.fleets.FleetOperations;
import io.jenkins.plugins.amirefresh.simulator.ec2.images.ImageOperations;
import io.jenkins.plugins.amirefresh.simulator.ec2.images.Imaging;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.Instance;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.InstanceOperations;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.InstanceState;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.OpenShells;
import io.jenkins.plugins.amirefresh.simulator.ec2.keys.KeyOperations;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.GroupOperations;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.NetworkOperations;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.SecurityGroup;
import io.jenkins.plugins.amirefresh.simulator.ec2.reservations.CapacityReservationOperations;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Handler;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.ParameterStore;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.StorageOperations;
import io.jenkins.plugins.amirefresh.simulator.ec2.templates.TemplateOperations;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.Addresses;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.simulator.kernel.FleetView;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ProtectedResources;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.StateView;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The service {@code ec2}. */
public final class Ec2Service
        implements AwsService, AccountSeeder, Addresses, StateView, FleetView, ProtectedResources, Shells {

    private final NamedResources named;
    private final Ec2World world;
    private final OpenShells shells;
    private final Map<String, Operation> operations = new TreeMap<>();

    /**
     * In front of this world.
     *
     * @param parameters where {@code resolve:ssm:} looks
     */
    public Ec2Service(Ec2World world, ParameterStore parameters) {
        this.world = world;
        this.shells = new OpenShells(world.time());
        world.listen(shells);
        add(new CatalogOperations(
                        world.types(), caller -> region(caller).network().zones())
                .operations());
        TagOperations tags = new TagOperations(this::region);
        this.named = new NamedResources(world, tags::named);
        add(tags.operations());
        add(new NetworkOperations(caller -> region(caller).network()).operations());
        add(new GroupOperations(this::firewall).operations());
        add(new KeyOperations(caller -> region(caller).keyPairs()).operations());
        add(new CapacityReservationOperations(this::reserving).operations());
        add(new FleetOperations(caller -> region(caller).place(), caller -> region(caller)
                        .launchTemplates())
                .operations());
        add(new StorageOperations(this::storage).operations());
        add(new ImageOperations(this::imaging).operations());
        add(new TemplateOperations(caller -> region(caller).launchTemplates(), parameters).operations());
        add(new InstanceOperations(
                        caller -> region(caller).surroundings(),
                        caller -> region(caller).instances(),
                        world.types())
                .operations());
    }

    private void add(Map<String, Handler> handlers) {
        handlers.forEach((name, handler) -> operations.put(name, call -> {
            Input input = new Input(call.input());
            if (input.flag("DryRun")) {
                throw new AwsError("DryRunOperation", 412, "Request would have succeeded, but DryRun flag is set.");
            }
            return handler.answer(input, call.caller());
        }));
    }

    @Override
    public List<Resource> resources(ServiceCall call) {
        return named.of(call);
    }

    private Ec2Region region(Caller caller) {
        return world.region(caller.at());
    }

    private GroupOperations.Firewall firewall(Caller caller) {
        Ec2Region mine = region(caller);
        return new GroupOperations.Firewall(
                mine.place(), mine.network(), group -> isInUse(mine, group), mine.instances()::reachChanged);
    }

    private static boolean isInUse(Ec2Region mine, SecurityGroup group) {
        return mine.instances().all().stream()
                .anyMatch(instance -> instance.state() != InstanceState.TERMINATED && instance.has(group));
    }

    private CapacityReservationOperations.Ground reserving(Caller caller) {
        Ec2Region mine = region(caller);
        return new CapacityReservationOperations.Ground(
                mine.reservations(), mine.network().zones(), type -> world.types()
                        .named(type));
    }

    private StorageOperations.Storage storage(Caller caller) {
        Ec2Region mine = region(caller);
        return new StorageOperations.Storage(
                mine.place(),
                mine.volumes(),
                mine.snapshots(),
                world::snapshots,
                mine.images()::userOf,
                mine.network().zones());
    }

    private Imaging imaging(Caller caller) {
        Ec2Region mine = region(caller);
        return new Imaging(
                mine.place(),
                mine.images(),
                mine.snapshots(),
                world::images,
                world::snapshots,
                id -> machine(mine, id));
    }

    private static Imaging.Machine machine(Ec2Region mine, String id) {
        Instance instance = mine.instances().instance(id);
        return new Imaging.Machine(
                id,
                instance.image(),
                mine.volumes().all().stream()
                        .filter(volume -> volume.attachment()
                                .filter(attachment -> attachment.instanceId().equals(id))
                                .isPresent())
                        .toList(),
                instance.state().isEnding());
    }

    @Override
    public String name() {
        return "ec2";
    }

    @Override
    public Map<String, Operation> operations() {
        return Collections.unmodifiableMap(operations);
    }

    @Override
    public void seed(AccountFile file) {
        new Ec2Seeder(world, file).seed();
    }

    @Override
    public Optional<ProbeAnswer> probe(String host, int port, String path) {
        return world.addresses()
                .find(host)
                .map(instance ->
                        instance.answer(world.now(), new Request(port, path, world.asked(instance), List.of())));
    }

    @Override
    public void watch(Watcher watcher) {
        shells.watch(watcher);
    }

    @Override
    public void show(FleetView.Kind kind, AccountRegion at, ArrayNode rows) {
        switch (kind) {
            case GROUPS, SERVICES -> {}
            case LAUNCH_TEMPLATES -> FleetRows.templates(world.region(at), rows);
            case IMAGES -> FleetRows.images(world.region(at), rows);
            case INSTANCES -> FleetRows.instances(world.region(at), rows);
        }
    }

    @Override
    public ObjectNode state(AccountRegion at) {
        return StateViews.of(world.region(at));
    }
}
