package io.jenkins.plugins.amirefresh.simulator.ec2.network;

import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tagged;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;

/** A VPC. */
public record Vpc(String id, String cidr, boolean isDefault, Tags tags) implements Tagged {

    @Override
    public String resourceType() {
        return "vpc";
    }
}
