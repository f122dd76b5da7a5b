package io.jenkins.plugins.amirefresh.simulator.ec2.images;

import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Place;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.Snapshots;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.Volume;
import java.util.List;
import java.util.function.Function;

/**
 * What a caller's images are made from and of.
 *
 * @param imagesIn all accounts' AMIs of another region
 * @param snapshotsIn all accounts' snapshots of another region
 * @param machine an instance of the caller's; refuses an unknown id as EC2 does
 */
public record Imaging(
        Place place,
        Images images,
        Snapshots snapshots,
        Function<String, Images> imagesIn,
        Function<String, Snapshots> snapshotsIn,
        Function<String, Machine> machine) {

    /**
     * An instance that an AMI is made of.
     *
     * @param image what it was launched from
     */
    public record Machine(String instanceId, Image image, List<Volume> volumes, boolean ended) {}
}
