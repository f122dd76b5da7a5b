package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import io.jenkins.plugins.amirefresh.simulator.account.Behaviours;
import io.jenkins.plugins.amirefresh.simulator.ec2.images.Image;
import io.jenkins.plugins.amirefresh.simulator.ec2.images.Images;
import io.jenkins.plugins.amirefresh.simulator.ec2.keys.KeyPairs;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.Network;
import io.jenkins.plugins.amirefresh.simulator.ec2.reservations.CapacityReservations;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.ParameterStore;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Place;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.ProfileCheck;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.KmsKeys;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.Volumes;
import io.jenkins.plugins.amirefresh.simulator.ec2.templates.LaunchTemplates;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;

/** What a launch touches of its account and region, and of the world. */
public record Surroundings(
        Place place,
        Network network,
        Volumes volumes,
        Images images,
        LaunchTemplates templates,
        KeyPairs keyPairs,
        CapacityReservations reservations,
        KmsKeys kmsKeys,
        Behaviours behaviours,
        AddressBook addresses,
        ParameterStore parameters,
        ProfileCheck profiles) {

    private static final String SSM = "resolve:ssm:";

    /**
     * The AMI that an ImageId names, which may be a Systems Manager parameter.
     *
     * @throws AwsError when it cannot be launched
     */
    public Image launchable(String imageId) {
        String id = imageId.startsWith(SSM) ? parameter(imageId.substring(SSM.length())) : imageId;
        return images.launchable(place.accountId(), id);
    }

    private String parameter(String name) {
        return parameters
                .value(place.at(), name)
                .orElseThrow(() -> Errors.invalidValue(
                        "Unable to find the parameter '" + name + "' in Systems Manager Parameter Store."));
    }
}
