package io.jenkins.plugins.amirefresh.cloud;

import java.util.List;

/** Security groups of EC2. */
public interface SecurityGroups {

    /** Every one the account sees, pages of 1,000. Permission: {@code ec2:DescribeSecurityGroups}. */
    List<SecurityGroup> all();

    /** A security group; names are unique in a VPC. */
    record SecurityGroup(String id, String name) {}
}
