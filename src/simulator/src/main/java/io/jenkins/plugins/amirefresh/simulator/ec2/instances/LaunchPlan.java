package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviours.InstanceBehaviour;
import io.jenkins.plugins.amirefresh.simulator.ec2.images.Image;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.SecurityGroup;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.Subnet;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.ec2.templates.LaunchTemplateVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A launch that nothing speaks against.
 *
 * @param parameters RunInstances' members with the template's laid under
 * @param template null when none was named
 * @param tags that every instance gets
 */
record LaunchPlan(
        ObjectNode parameters,
        @Nullable LaunchTemplateVersion template,
        Image image,
        Subnet subnet,
        List<SecurityGroup> groups,
        Tags tags,
        Tags volumeTags,
        InstanceBehaviour behaviour) {}
