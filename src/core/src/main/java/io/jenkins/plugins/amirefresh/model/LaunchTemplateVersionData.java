package io.jenkins.plugins.amirefresh.model;

import java.util.List;

/**
 * What a version launches.
 *
 * @param imageId an AMI id, {@code resolve:ssm:...}, or empty when the version names none
 * @param instanceType empty when the version names none
 * @param networkInterfaceIds fixed network interfaces: such a template can run one instance at a time
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
        CapacityReservationSpecification capacityReservations) {

    /** Copies the list. */
    public LaunchTemplateVersionData {
        networkInterfaceIds = List.copyOf(networkInterfaceIds);
    }
}
