package io.jenkins.plugins.amirefresh.simulator.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A launch configuration of Auto Scaling, which groups had before there were launch templates.
 *
 * @param name groups refer to it
 * @param image name of a declared image of the region, or an AMI id
 * @param securityGroups names of declared security groups of the region; empty: the VPC's own
 * @param request further members of CreateLaunchConfiguration under AWS's names; null when there are none
 */
public record DeclaredLaunchConfiguration(
        int line,
        String name,
        String image,
        String instanceType,
        List<String> securityGroups,
        @Nullable JsonNode request) {

    public DeclaredLaunchConfiguration {
        instanceType = Lists.or(instanceType, "t3.micro");
        securityGroups = Lists.orEmpty(securityGroups);
    }
}
