package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import java.util.List;
import java.util.Optional;

/**
 * Services that make groups of their own in an account, by the tags they put there. What is changed on such a group behind
 * its owner's back is undone by it, or breaks it.
 *
 * <p>Source: Amazon EKS User Guide, "Managed node update behavior"; AWS Elastic Beanstalk Developer Guide, "Tagging your
 * Elastic Beanstalk environment's resources"; AWS Batch User Guide, "Update a compute environment"; AWS managed policy
 * BatchServiceRolePolicy.
 *
 * @param ownWay how the owner is told to update it
 */
record Owner(String service, String ownWay, List<String> tagPrefixes) {

    private static final List<Owner> ALL = List.of(
            new Owner(
                    "Amazon EKS",
                    "update its node group (aws eks update-nodegroup-version --launch-template ...), which drains the nodes"
                            + " first",
                    List.of("eks:", "aws:eks:")),
            new Owner(
                    "AWS Elastic Beanstalk",
                    "give the environment the AMI (option ImageId of aws:autoscaling:launchconfiguration) or a new platform"
                            + " version",
                    List.of("elasticbeanstalk:", "aws:elasticbeanstalk:")),
            new Owner(
                    "AWS Batch",
                    "update the compute environment (aws batch update-compute-environment), which replaces its instances",
                    List.of("AWSBatchServiceTag", "aws:batch:")));

    /** That somebody else owns the group, and how it is updated there; empty when nobody does. */
    static Optional<Objection> objection(GroupObservation group) {
        return group.tags().keySet().stream()
                .sorted()
                .flatMap(tag -> ALL.stream()
                        .filter(owner -> owner.tagPrefixes().stream().anyMatch(tag::startsWith))
                        .map(owner -> new Objection(
                                Risk.OWNED_GROUPS,
                                owner.service + " owns the group (tag " + tag + "); " + owner.ownWay)))
                .findFirst();
    }
}
