package io.jenkins.plugins.amirefresh.simulator.ec2.images;

import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Place;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Every account's AMIs in one region: they can be shared. */
public final class Images {

    private final Map<String, Image> images = new TreeMap<>();
    private final Set<String> deregistered = new HashSet<>();

    /** An AMI that existed before the simulation began, with what its volumes hold. */
    public Image addAvailable(
            Place place,
            Optional<String> id,
            Image.Kind kind,
            Image.Origin origin,
            List<Image.BlockDevice> devices,
            Instant creationDate,
            Tags tags) {
        Image image = new Image(
                id.orElseGet(() -> place.newId("ami")), place.accountId(), kind, origin, devices, creationDate, tags);
        image.become(Image.State.AVAILABLE, "");
        images.put(image.id(), image);
        return image;
    }

    /** A new AMI, pending. */
    Image add(Place place, Image.Kind kind, Image.Origin origin, List<Image.BlockDevice> devices, Tags tags) {
        refuseUsedName(place.accountId(), kind.name());
        Image image = new Image(place.newId("ami"), place.accountId(), kind, origin, devices, place.now(), tags);
        images.put(image.id(), image);
        return image;
    }

    /**
     * Refuses a name of another form, or one that the account uses already.
     *
     * @throws AwsError InvalidAMIName.Malformed or InvalidAMIName.Duplicate
     */
    void refuseUsedName(String accountId, String name) {
        if (!name.matches("[A-Za-z0-9()\\[\\]\\ ./'@_-]{3,128}")) {
            throw AwsError.client(
                    "InvalidAMIName.Malformed",
                    "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, '(', ')', '.', '-', '/' and '_'");
        }
        images.values().stream()
                .filter(image ->
                        image.ownerId().equals(accountId) && image.name().equals(name))
                .filter(image -> image.state() != Image.State.FAILED)
                .findFirst()
                .ifPresent(image -> {
                    throw AwsError.client(
                            "InvalidAMIName.Duplicate", "AMI name " + name + " is already in use by AMI " + image.id());
                });
    }

    /** Lets an account, or {@code all}, launch an AMI that existed before the simulation began. */
    public void share(Image image, String who) {
        image.permit(who);
    }

    /** By id. */
    public Collection<Image> all() {
        return Collections.unmodifiableCollection(images.values());
    }

    /** One by id, whoever owns it. */
    public Optional<Image> find(String id) {
        return Optional.ofNullable(images.get(id));
    }

    /**
     * The one with this id, if the account may use it.
     *
     * @throws AwsError InvalidAMIID.Malformed, or InvalidAMIID.NotFound when the account cannot see it
     */
    public Image visible(String accountId, String id) {
        Errors.wellFormed("InvalidAMIID.Malformed", "ami", id);
        return find(id).filter(image -> image.isVisibleTo(accountId)).orElseThrow(() -> notFound(List.of(id)));
    }

    /**
     * The one with this id, if the account owns it.
     *
     * @throws AwsError as {@link #visible}, or AuthFailure for one that is only shared
     */
    public Image owned(String accountId, String id) {
        Errors.wellFormed("InvalidAMIID.Malformed", "ami", id);
        if (deregistered.contains(id)) {
            throw unavailable(id);
        }
        Image image = visible(accountId, id);
        if (!image.ownerId().equals(accountId)) {
            throw new AwsError("AuthFailure", 403, "Not authorized for image:" + id);
        }
        return image;
    }

    /**
     * The AMI with this id, if the account can launch it now.
     *
     * @throws AwsError as {@link #visible}, or InvalidAMIID.Unavailable for one that cannot be launched now
     */
    public Image launchable(String accountId, String id) {
        Image image = visible(accountId, id);
        if (image.state() != Image.State.AVAILABLE) {
            throw unavailable(id);
        }
        return image;
    }

    static AwsError notFound(List<String> ids) {
        return ids.size() == 1
                ? AwsError.client("InvalidAMIID.NotFound", "The image id '[" + ids.get(0) + "]' does not exist")
                : AwsError.client(
                        "InvalidAMIID.NotFound", "The image ids '[" + String.join(", ", ids) + "]' do not exist");
    }

    private static AwsError unavailable(String id) {
        return AwsError.client("InvalidAMIID.Unavailable", "The image ID '" + id + "' is not available");
    }

    /**
     * An AMI that was there and that a list leaves out without an error. Source: EC2 API Reference, DescribeImages: recently
     * deregistered images return empty results, and an error only when no instance refers to them any more.
     */
    boolean isDeregistered(String id) {
        return deregistered.contains(id);
    }

    /** Takes an AMI away; instances that run from it stay. */
    void deregister(Place place, Image image) {
        image.become(Image.State.DEREGISTERED, "");
        images.remove(image.id());
        deregistered.add(image.id());
        place.log(image.id(), "image deregistered");
    }

    /** The AMI that still needs this snapshot. */
    public Optional<String> userOf(String snapshotId) {
        return images.values().stream()
                .filter(image -> image.blockDevices().stream()
                        .anyMatch(device -> device.snapshotId().equals(snapshotId)))
                .map(Image::id)
                .findFirst();
    }
}
