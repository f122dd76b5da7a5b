package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.AmiId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What refers to AMIs in one account and region, beside launch templates and groups. */
public interface AmiUses {

    /** Instances in every state but terminated, in words, by AMI. Permission: {@code ec2:DescribeInstances}. */
    Map<AmiId, List<String>> instances();

    /**
     * Launch configurations, also those that no group has now, in words, by AMI. Permission:
     * {@code autoscaling:DescribeLaunchConfigurations}.
     */
    Map<AmiId, List<String>> launchConfigurations();

    /**
     * Parameters of Systems Manager in clear text whose value holds AMI ids, in words, by AMI. Permissions:
     * {@code ssm:DescribeParameters}, {@code ssm:GetParameters}.
     *
     * @param wanted those to read, by name
     */
    Map<AmiId, List<String>> parameters(Predicate<String> wanted);

    /**
     * What parameters name at this moment, by name as given; one that does not exist, or names no AMI, is left out. Permission:
     * {@code ssm:GetParameters}.
     */
    Map<String, AmiId> named(Collection<String> parameters);

    /**
     * Requests of EC2 Fleet and Spot Fleet that still launch. Permissions: {@code ec2:DescribeFleets},
     * {@code ec2:DescribeSpotFleetRequests}.
     */
    Fleets fleets();

    /**
     * What fleets launch.
     *
     * @param images in words, by AMI
     * @param templates versions that they name, {@code lt-0123 7}, {@code $Latest} and {@code $Default} left out, with who does
     */
    record Fleets(Map<AmiId, List<String>> images, Map<String, String> templates) {

        /** Copies the maps. */
        public Fleets {
            images = Map.copyOf(images);
            templates = Map.copyOf(templates);
        }
    }
}
