package io.jenkins.plugins.amirefresh.cloud;

import java.util.Set;

/** Key pairs of EC2. */
public interface KeyPairs {

    /** The names of all, in one answer. Permission: {@code ec2:DescribeKeyPairs}. */
    Set<String> names();
}
