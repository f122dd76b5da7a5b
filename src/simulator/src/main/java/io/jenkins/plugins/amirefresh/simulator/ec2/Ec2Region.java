package io.jenkins.plugins.amirefresh.simulator.ec2;

import io.jenkins.plugins.amirefresh.simulator.account.Behaviours;
import io.jenkins.plugins.amirefresh.simulator.ec2.images.Image;
import io.jenkins.plugins.amirefresh.simulator.ec2.images.Images;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.AddressBook;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.InstanceTypes;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.Instances;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.Surroundings;
import io.jenkins.plugins.amirefresh.simulator.ec2.keys.KeyPairs;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.Network;
import io.jenkins.plugins.amirefresh.simulator.ec2.reservations.CapacityReservations;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.ParameterStore;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Place;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.ProfileCheck;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.KmsKeys;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.Snapshots;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.Volumes;
import io.jenkins.plugins.amirefresh.simulator.ec2.templates.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.simulator.ec2.templates.LaunchTemplates;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.Optional;

/** One account's EC2 in one region. */
public final class Ec2Region {

    private final Place place;
    private final Network network;
    private final KeyPairs keyPairs;
    private final CapacityReservations reservations;
    private final KmsKeys kmsKeys;
    private final Volumes volumes;
    private final Snapshots snapshots;
    private final Images images;
    private final LaunchTemplates templates;
    private final Surroundings surroundings;
    private final Instances instances;

    Ec2Region(Place place, Shared shared) {
        this.place = place;
        this.network = new Network(place);
        this.keyPairs = new KeyPairs(place);
        this.reservations = new CapacityReservations(place);
        this.kmsKeys = new KmsKeys(place);
        this.volumes = new Volumes(place);
        this.snapshots = shared.snapshots();
        this.images = shared.images();
        this.templates = new LaunchTemplates(place);
        this.surroundings = new Surroundings(
                place,
                network,
                volumes,
                images,
                templates,
                keyPairs,
                reservations,
                kmsKeys,
                shared.behaviours(),
                shared.addresses(),
                shared.parameters(),
                shared.profiles());
        this.instances = new Instances(surroundings, shared.types());
    }

    /** What accounts have in common. */
    record Shared(
            Images images,
            Snapshots snapshots,
            Behaviours behaviours,
            AddressBook addresses,
            ParameterStore parameters,
            ProfileCheck profiles,
            InstanceTypes types) {}

    /** Account and region. */
    public AccountRegion at() {
        return place.at();
    }

    /** Account and region with the world around. */
    public Place place() {
        return place;
    }

    /** VPCs, subnets, security groups. */
    public Network network() {
        return network;
    }

    /** Key pairs. */
    public KeyPairs keyPairs() {
        return keyPairs;
    }

    /** Capacity Reservations. */
    public CapacityReservations reservations() {
        return reservations;
    }

    /** Customer managed keys of volumes. */
    KmsKeys kmsKeys() {
        return kmsKeys;
    }

    /** Volumes. */
    public Volumes volumes() {
        return volumes;
    }

    /** All accounts' snapshots of the region. */
    public Snapshots snapshots() {
        return snapshots;
    }

    /** All accounts' AMIs of the region. */
    public Images images() {
        return images;
    }

    /** Launch templates. */
    public LaunchTemplates launchTemplates() {
        return templates;
    }

    /** Instances. */
    public Instances instances() {
        return instances;
    }

    /** The AMI that a launch template version would launch now, empty when it names none or one that is gone. */
    public Optional<Image> launches(LaunchTemplateVersion version) {
        String imageId = version.data().path("ImageId").asText();
        try {
            return imageId.isEmpty() ? Optional.empty() : Optional.of(surroundings.launchable(imageId));
        } catch (AwsError gone) {
            return Optional.empty();
        }
    }

    Surroundings surroundings() {
        return surroundings;
    }
}
