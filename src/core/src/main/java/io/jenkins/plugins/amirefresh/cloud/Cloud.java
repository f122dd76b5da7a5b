package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;

/** One account in one region, reached with one identity. */
public interface Cloud {

    /** The account; asked of STS once per identity. Permission: none. */
    AccountId account();

    /** The region. */
    AwsRegion region();

    /** EC2 Auto Scaling. */
    AutoScalingGroups autoScalingGroups();

    /** AWS's managed refresh of a group. */
    InstanceRefreshes instanceRefreshes();

    /** Launch templates of EC2. */
    LaunchTemplates launchTemplates();

    /** Images of EC2. */
    Amis amis();

    /** Target groups of Elastic Load Balancing v2. */
    TargetGroups targetGroups();

    /** Classic load balancers. */
    ClassicLoadBalancers classicLoadBalancers();

    /** Instances of EC2. */
    Instances instances();

    /** Starting and stopping of EC2's instances. */
    InstancePower instancePower();

    /** Subnets of EC2. */
    Subnets subnets();

    /** Key pairs of EC2. */
    KeyPairs keyPairs();

    /** Security groups of EC2. */
    SecurityGroups securityGroups();

    /** What Packer makes for the time of a build. */
    TemporaryResources temporaryResources();

    /** Instances that prove an AMI. */
    BootInstances bootInstances();

    /** Instance profiles of IAM. */
    InstanceProfiles instanceProfiles();

    /** Capacity Reservations of EC2. */
    CapacityReservations capacityReservations();

    /** Run Command of Systems Manager. */
    Commands commands();

    /** AMIs of the account's own. */
    OwnAmis ownAmis();

    /** What refers to AMIs. */
    AmiUses amiUses();

    /** Snapshots of EBS. */
    Snapshots snapshots();

    /** Parameters of Systems Manager. */
    ParameterStore parameterStore();

    /** Services of Amazon ECS. */
    ContainerServices containerServices();

    /** Images of Amazon ECR. */
    ContainerImages containerImages();

    /** Queues of Amazon SQS. */
    Queues queues();

    /** Alarms of CloudWatch. */
    Alarms alarms();

    /** Metrics of CloudWatch. */
    Metrics metrics();
}
