package io.jenkins.plugins.amirefresh.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a version launches.
 *
 * @param imageId an AMI id, {@code resolve:ssm:...}, or empty when the version names none
 * @param instanceType empty when the version names none
 * @param networkInterfaceIds fixed network interfaces: such a template can run one instance at a time
 * @param createdAt when it was made
 * @param settings everything it launches but the AMI and the snapshots of its volumes
 * @param blockDevices the volumes that it maps
 * @param resources what has to be there beside the AMI
 */
public record LaunchTemplateVersionData(
        LaunchTemplateId template,
        LaunchTemplateName name,
        LaunchTemplateVersion version,
        boolean isDefault,
        String imageId,
        String instanceType,
        List<String> networkInterfaceIds,
        String description,
        CapacityReservationSpecification capacityReservations,
        Instant createdAt,
        LaunchSettings settings,
        BlockDevices blockDevices,
        LaunchResources resources) {

    /** Copies the list. */
    public LaunchTemplateVersionData {
        networkInterfaceIds = List.copyOf(networkInterfaceIds);
    }

    /** The AMI, when it is named by its id. */
    public Optional<AmiId> ami() {
        return imageId.startsWith("ami-") ? Optional.of(new AmiId(imageId)) : Optional.empty();
    }

    /** The same with another AMI, or none that is known. */
    public LaunchTemplateVersionData withImage(String otherImageId) {
        return new LaunchTemplateVersionData(
                template,
                name,
                version,
                isDefault,
                otherImageId,
                instanceType,
                networkInterfaceIds,
                description,
                capacityReservations,
                createdAt,
                settings,
                blockDevices,
                resources);
    }

    /** Its instances are launched from an AMI that a Systems Manager parameter names at that moment. */
    public boolean followsParameter() {
        return imageId.startsWith("resolve:");
    }

    /** Launches what the other one launches, whatever their numbers. */
    public boolean launchesTheSameAs(LaunchTemplateVersionData other) {
        return template.equals(other.template)
                && imageId.equals(other.imageId)
                && settings.equals(other.settings)
                && blockDevices.equals(other.blockDevices);
    }
}
