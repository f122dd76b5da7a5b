package io.jenkins.plugins.amirefresh.model;

import java.util.List;

/**
 * What has to be there beside the AMI for a version to launch.
 *
 * @param keyPair its name, empty for none
 * @param securityGroups ids
 * @param securityGroupNames of those given by name
 * @param subnets ids of those that its network interfaces name; a group's own go before them
 * @param instanceProfile name or ARN as given, empty for none
 */
public record LaunchResources(
        String keyPair,
        List<String> securityGroups,
        List<String> securityGroupNames,
        List<String> subnets,
        String instanceProfile) {

    /** Nothing beside the AMI. */
    public static final LaunchResources NONE = new LaunchResources("", List.of(), List.of(), List.of(), "");

    /** Copies the lists. */
    public LaunchResources {
        securityGroups = List.copyOf(securityGroups);
        securityGroupNames = List.copyOf(securityGroupNames);
        subnets = List.copyOf(subnets);
    }

    /** The profile's name, also where its ARN is given; empty for none. */
    public String instanceProfileName() {
        return instanceProfile.substring(instanceProfile.lastIndexOf('/') + 1);
    }
}
