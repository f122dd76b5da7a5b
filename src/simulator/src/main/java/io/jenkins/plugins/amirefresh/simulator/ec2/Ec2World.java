package io.jenkins.plugins.amirefresh.simulator.ec2;

import io.jenkins.plugins.amirefresh.simulator.account.Behaviours;
import io.jenkins.plugins.amirefresh.simulator.behavior.Asked;
import io.jenkins.plugins.amirefresh.simulator.ec2.images.Images;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.AddressBook;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.Instance;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.InstanceListener;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.InstanceTypes;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.ParameterStore;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Place;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.ProfileCheck;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.Snapshots;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.SimulatedTime;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Every account's and region's EC2; a region that nobody declared has AWS's default VPC and is otherwise empty. */
public final class Ec2World {

    private final World world;
    private final Behaviours behaviours;
    private final ParameterStore parameters;
    private final ProfileCheck profiles;
    private final AddressBook addresses = new AddressBook();
    private final InstanceTypes types = new InstanceTypes();
    private final Map<AccountRegion, Ec2Region> regions = new LinkedHashMap<>();
    private final Map<String, Images> imagesByRegion = new LinkedHashMap<>();
    private final Map<String, Snapshots> snapshotsByRegion = new LinkedHashMap<>();
    private final List<InstanceListener> listeners = new ArrayList<>();
    private BiFunction<AccountRegion, String, Asked> asked = (at, id) -> Asked.NOTHING;

    /**
     * A world without any region yet.
     *
     * @param parameters where {@code resolve:ssm:} looks
     * @param profiles what launches ask of instance profiles
     */
    public Ec2World(World world, Behaviours behaviours, ParameterStore parameters, ProfileCheck profiles) {
        this.world = world;
        this.behaviours = behaviours;
        this.parameters = parameters;
        this.profiles = profiles;
    }

    /** The region of an account, made when it is first asked for. */
    public Ec2Region region(AccountRegion at) {
        Ec2Region found = regions.get(at);
        if (found == null) {
            found = bare(at);
            found.network().addDefaultVpc();
        }
        return found;
    }

    /** A region without any VPC, for an account file to fill; made once. */
    Ec2Region bare(AccountRegion at) {
        Ec2Region region = new Ec2Region(
                new Place(world, at),
                new Ec2Region.Shared(
                        images(at.region()),
                        snapshots(at.region()),
                        behaviours,
                        addresses,
                        parameters,
                        profiles,
                        types));
        listeners.forEach(region.instances()::listen);
        regions.put(at, region);
        return region;
    }

    Images images(String region) {
        return imagesByRegion.computeIfAbsent(region, name -> new Images());
    }

    Snapshots snapshots(String region) {
        return snapshotsByRegion.computeIfAbsent(region, name -> new Snapshots());
    }

    SimulatedTime time() {
        return world.time();
    }

    Instant now() {
        return world.time().now();
    }

    /** Tells {@code listener} of every instance of every account and region. */
    public void listen(InstanceListener listener) {
        listeners.add(listener);
        regions.values().forEach(region -> region.instances().listen(listener));
    }

    /** From now on {@code asked} says what load balancers ask of an instance. */
    public void askedBy(BiFunction<AccountRegion, String, Asked> question) {
        asked = question;
    }

    Asked asked(Instance instance) {
        return regions.values().stream()
                .filter(region -> region.instances().find(instance.id()).isPresent())
                .findFirst()
                .map(region -> asked.apply(region.at(), instance.id()))
                .orElse(Asked.NOTHING);
    }

    /** Those that exist so far, in the order they were made. */
    public Collection<Ec2Region> regions() {
        return Collections.unmodifiableCollection(regions.values());
    }

    /** Who answers at an address or DNS name. */
    public AddressBook addresses() {
        return addresses;
    }

    /** The instance types that every region offers. */
    public InstanceTypes types() {
        return types;
    }
}
