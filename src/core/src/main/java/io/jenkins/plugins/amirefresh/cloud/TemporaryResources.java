package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.InstanceId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** What Packer makes for the time of a build. Its names for key pairs and security groups are of one build only. */
public interface TemporaryResources {

    /**
     * The key pairs and security groups of these names, and the instances that have one of them and are not terminated.
     * Permissions: {@code ec2:DescribeInstances}, {@code ec2:DescribeKeyPairs}, {@code ec2:DescribeSecurityGroups}.
     */
    Found find(Collection<String> names);

    /** Terminates an instance; repeating it is safe. Permission: {@code ec2:TerminateInstances}. */
    void terminate(InstanceId instance);

    /** Deletes a key pair; repeating it is safe. Permission: {@code ec2:DeleteKeyPair}. */
    void deleteKeyPair(String name);

    /** Deletes a security group, refused while an instance has it. Permission: {@code ec2:DeleteSecurityGroup}. */
    void deleteSecurityGroup(String id);

    /**
     * What is there.
     *
     * @param instances states by id
     * @param keyPairs by name
     * @param securityGroups ids by name
     */
    record Found(Map<InstanceId, String> instances, Set<String> keyPairs, Map<String, String> securityGroups) {

        /** Copies the collections. */
        public Found {
            instances = Map.copyOf(instances);
            keyPairs = Set.copyOf(keyPairs);
            securityGroups = Map.copyOf(securityGroups);
        }

        /** Nothing is. */
        public boolean isEmpty() {
            return instances.isEmpty() && keyPairs.isEmpty() && securityGroups.isEmpty();
        }
    }
}
