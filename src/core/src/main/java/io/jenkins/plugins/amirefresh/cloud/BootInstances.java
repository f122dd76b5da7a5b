package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Instances that are launched from an AMI to see whether it boots, and are terminated when that is known. */
public interface BootInstances {

    /**
     * Launches one instance, or finds the one that this client token launched before. Its volumes go with it, it needs tokens
     * for its metadata, and a shutdown from within terminates it. Permissions: {@code ec2:RunInstances}, {@code
     * ec2:CreateTags}, with an instance profile {@code iam:PassRole}.
     */
    InstanceId launch(Launch launch, String clientToken);

    /** Those that a client token launched and that are not ending. Permission: {@code ec2:DescribeInstances}. */
    List<InstanceId> launchedWith(String clientToken);

    /** The values of a tag by instance, of those that have it and are not ending. Permission: {@code ec2:DescribeInstances}. */
    Map<InstanceId, String> tagged(String name);

    /** AWS's own checks of a running instance. Permission: {@code ec2:DescribeInstanceStatus}. */
    StatusChecks statusChecks(InstanceId instance);

    /**
     * What is launched.
     *
     * @param devices names of the block devices that the image maps
     * @param subnet empty for a default subnet of the region
     * @param securityGroups empty for the default one of the subnet's VPC
     * @param instanceProfile its name, empty for none
     * @param tags on the instance, its volumes and its network interface
     * @param shutdown after how long the instance shuts itself down, where it reads user data
     */
    record Launch(
            AmiId ami,
            List<String> devices,
            String instanceType,
            String subnet,
            List<String> securityGroups,
            String instanceProfile,
            boolean publicAddress,
            Map<String, String> tags,
            Duration shutdown) {

        /** Copies the collections. */
        public Launch {
            devices = List.copyOf(devices);
            securityGroups = List.copyOf(securityGroups);
            tags = Map.copyOf(tags);
        }
    }

    /**
     * What EC2 says of an instance's health: {@code ok}, {@code impaired}, {@code initializing}, {@code insufficient-data},
     * {@code not-applicable}; both empty while it says nothing.
     *
     * @param instance of the instance itself: its network and operating system
     * @param system of the host under it, which is AWS's own
     */
    record StatusChecks(String instance, String system) {

        private static final String OK = "ok";
        private static final String IMPAIRED = "impaired";

        /** Both passed. */
        public boolean passed() {
            return OK.equals(instance) && OK.equals(system);
        }

        /** The instance failed on a host that did not. */
        public boolean instanceFailed() {
            return IMPAIRED.equals(instance) && OK.equals(system);
        }
    }
}
