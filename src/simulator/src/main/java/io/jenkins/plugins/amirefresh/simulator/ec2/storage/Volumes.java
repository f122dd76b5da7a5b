package io.jenkins.plugins.amirefresh.simulator.ec2.storage;

import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Place;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Sorted;
import java.util.Collection;
import java.util.Optional;

/** The volumes of one account and region. */
public final class Volumes {

    private final Place place;
    private final Sorted<Volume> volumes = new Sorted<>();

    /** None yet. */
    public Volumes(Place place) {
        this.place = place;
    }

    /** A volume, attached to nothing. */
    public Volume create(Volume.Specification specification, String zone, Tags tags) {
        Volume volume = new Volume(place.newId("vol"), specification, zone, place.now(), tags);
        volumes.put(volume.id(), volume);
        return volume;
    }

    /** Attaches a volume. */
    public void attach(Volume volume, String instanceId, String device, boolean deleteOnTermination) {
        volume.attach(new Volume.Attachment(instanceId, device, deleteOnTermination, place.now()));
    }

    /** What happens to a volume when its instance terminates: it goes with it, or stays, available. */
    public void releaseFromTerminated(String volumeId) {
        find(volumeId).ifPresent(volume -> {
            if (volume.attachment().map(Volume.Attachment::deleteOnTermination).orElse(false)) {
                volumes.remove(volumeId);
            } else {
                volume.detach();
            }
        });
    }

    /** By id. */
    public Collection<Volume> all() {
        return volumes.values();
    }

    /** One by id. */
    public Optional<Volume> find(String id) {
        return volumes.find(id);
    }

    /**
     * The volume with this id.
     *
     * @throws AwsError InvalidVolume.NotFound
     */
    public Volume volume(String id) {
        return find(id).orElseThrow(
                        () -> AwsError.client("InvalidVolume.NotFound", "The volume '" + id + "' does not exist."));
    }

    /**
     * Deletes one that is attached to nothing.
     *
     * @throws AwsError InvalidVolume.NotFound, or VolumeInUse while it is attached
     */
    public void delete(String id) {
        Volume volume = volume(id);
        volume.attachment().ifPresent(attachment -> {
            throw AwsError.client(
                    "VolumeInUse", "Volume " + id + " is currently attached to " + attachment.instanceId());
        });
        volumes.remove(id);
        place.log(id, "volume deleted");
    }
}
