package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.Alarms;
import io.jenkins.plugins.amirefresh.cloud.AmiUses;
import io.jenkins.plugins.amirefresh.cloud.Amis;
import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups;
import io.jenkins.plugins.amirefresh.cloud.BootInstances;
import io.jenkins.plugins.amirefresh.cloud.CapacityReservations;
import io.jenkins.plugins.amirefresh.cloud.ClassicLoadBalancers;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.Commands;
import io.jenkins.plugins.amirefresh.cloud.ContainerImages;
import io.jenkins.plugins.amirefresh.cloud.ContainerServices;
import io.jenkins.plugins.amirefresh.cloud.InstancePower;
import io.jenkins.plugins.amirefresh.cloud.InstanceProfiles;
import io.jenkins.plugins.amirefresh.cloud.InstanceRefreshes;
import io.jenkins.plugins.amirefresh.cloud.Instances;
import io.jenkins.plugins.amirefresh.cloud.KeyPairs;
import io.jenkins.plugins.amirefresh.cloud.LaunchTemplates;
import io.jenkins.plugins.amirefresh.cloud.Metrics;
import io.jenkins.plugins.amirefresh.cloud.OwnAmis;
import io.jenkins.plugins.amirefresh.cloud.ParameterStore;
import io.jenkins.plugins.amirefresh.cloud.Queues;
import io.jenkins.plugins.amirefresh.cloud.SecurityGroups;
import io.jenkins.plugins.amirefresh.cloud.Snapshots;
import io.jenkins.plugins.amirefresh.cloud.Subnets;
import io.jenkins.plugins.amirefresh.cloud.TargetGroups;
import io.jenkins.plugins.amirefresh.cloud.TemporaryResources;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;

/** One account in one region over the AWS SDK. */
final class AwsCloud implements Cloud {

    private final AwsIdentity identity;
    private final AwsRegion region;
    private final AutoScalingGroups groups;
    private final InstanceRefreshes refreshes;
    private final LaunchTemplates templates;
    private final Amis amis;
    private final OwnAmis ownAmis;
    private final AmiUses amiUses;
    private final Snapshots snapshots;
    private final TargetGroups targetGroups;
    private final ClassicLoadBalancers classicLoadBalancers;
    private final AwsInstances instances;
    private final Subnets subnets;
    private final KeyPairs keyPairs;
    private final SecurityGroups securityGroups;
    private final TemporaryResources temporaryResources;
    private final BootInstances bootInstances;
    private final InstanceProfiles instanceProfiles;
    private final CapacityReservations capacityReservations;
    private final Commands commands;
    private final ParameterStore parameterStore;
    private final Alarms alarms;
    private final Metrics metrics;
    private final ContainerServices containerServices;
    private final ContainerImages containerImages;
    private final Queues queues;

    AwsCloud(AwsIdentity identity, AwsRegion region, AwsClients clients, AwsConnection connection) {
        this.identity = identity;
        this.region = region;
        AwsCalls calls = new AwsCalls(identity, region, connection);
        AwsLaunchTemplates templates = new AwsLaunchTemplates(calls, clients);
        LaunchSources sources = new LaunchSources(templates::idOf);
        AwsAutoScalingGroups groups =
                new AwsAutoScalingGroups(calls, clients, sources, this::account, region, connection.clock());
        this.groups = groups;
        this.refreshes = new AwsInstanceRefreshes(calls, clients, groups, sources);
        this.templates = templates;
        this.amis = new AwsAmis(calls, clients);
        this.amiUses = new AwsAmiUses(calls, clients);
        this.snapshots = new AwsSnapshots(calls, clients);
        this.ownAmis = new AwsOwnAmis(calls, clients);
        this.targetGroups = new AwsTargetGroups(calls, clients);
        this.classicLoadBalancers = new AwsClassicLoadBalancers(calls, clients);
        this.instances = new AwsInstances(calls, clients);
        this.subnets = new AwsSubnets(calls, clients);
        this.keyPairs = new AwsKeyPairs(calls, clients);
        this.securityGroups = new AwsSecurityGroups(calls, clients);
        this.temporaryResources = new AwsTemporaryResources(calls, clients);
        this.bootInstances = new AwsBootInstances(calls, clients);
        this.instanceProfiles = new AwsInstanceProfiles(calls, clients, connection.clock());
        this.capacityReservations = new AwsCapacityReservations(calls, clients);
        this.commands = new AwsCommands(calls, clients);
        this.parameterStore = new AwsParameterStore(calls, clients);
        this.alarms = new AwsAlarms(calls, clients);
        this.metrics = new AwsMetrics(calls, clients);
        this.containerServices = new AwsContainerServices(calls, clients);
        this.containerImages = new AwsContainerImages(calls, clients);
        this.queues = new AwsQueues(calls, clients);
    }

    @Override
    public AccountId account() {
        return identity.account(region);
    }

    @Override
    public AwsRegion region() {
        return region;
    }

    @Override
    public AutoScalingGroups autoScalingGroups() {
        return groups;
    }

    @Override
    public InstanceRefreshes instanceRefreshes() {
        return refreshes;
    }

    @Override
    public LaunchTemplates launchTemplates() {
        return templates;
    }

    @Override
    public Amis amis() {
        return amis;
    }

    @Override
    public TargetGroups targetGroups() {
        return targetGroups;
    }

    @Override
    public ClassicLoadBalancers classicLoadBalancers() {
        return classicLoadBalancers;
    }

    @Override
    public Instances instances() {
        return instances;
    }

    @Override
    public InstancePower instancePower() {
        return instances;
    }

    @Override
    public Subnets subnets() {
        return subnets;
    }

    @Override
    public KeyPairs keyPairs() {
        return keyPairs;
    }

    @Override
    public SecurityGroups securityGroups() {
        return securityGroups;
    }

    @Override
    public TemporaryResources temporaryResources() {
        return temporaryResources;
    }

    @Override
    public BootInstances bootInstances() {
        return bootInstances;
    }

    @Override
    public InstanceProfiles instanceProfiles() {
        return instanceProfiles;
    }

    @Override
    public CapacityReservations capacityReservations() {
        return capacityReservations;
    }

    @Override
    public Commands commands() {
        return commands;
    }

    @Override
    public OwnAmis ownAmis() {
        return ownAmis;
    }

    @Override
    public AmiUses amiUses() {
        return amiUses;
    }

    @Override
    public Snapshots snapshots() {
        return snapshots;
    }

    @Override
    public ParameterStore parameterStore() {
        return parameterStore;
    }

    @Override
    public ContainerServices containerServices() {
        return containerServices;
    }

    @Override
    public ContainerImages containerImages() {
        return containerImages;
    }

    @Override
    public Queues queues() {
        return queues;
    }

    @Override
    public Alarms alarms() {
        return alarms;
    }

    @Override
    public Metrics metrics() {
        return metrics;
    }
}
