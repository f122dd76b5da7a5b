package io.jenkins.plugins.amirefresh.faultruns;

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

/** A cloud that does what another one does, until somebody overrides a part. */
class DressedCloud implements Cloud {

    private final Cloud cloud;

    DressedCloud(Cloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public AccountId account() {
        return cloud.account();
    }

    @Override
    public AwsRegion region() {
        return cloud.region();
    }

    @Override
    public AutoScalingGroups autoScalingGroups() {
        return cloud.autoScalingGroups();
    }

    @Override
    public InstanceRefreshes instanceRefreshes() {
        return cloud.instanceRefreshes();
    }

    @Override
    public LaunchTemplates launchTemplates() {
        return cloud.launchTemplates();
    }

    @Override
    public Amis amis() {
        return cloud.amis();
    }

    @Override
    public TargetGroups targetGroups() {
        return cloud.targetGroups();
    }

    @Override
    public ClassicLoadBalancers classicLoadBalancers() {
        return cloud.classicLoadBalancers();
    }

    @Override
    public Instances instances() {
        return cloud.instances();
    }

    @Override
    public Subnets subnets() {
        return cloud.subnets();
    }

    @Override
    public KeyPairs keyPairs() {
        return cloud.keyPairs();
    }

    @Override
    public SecurityGroups securityGroups() {
        return cloud.securityGroups();
    }

    @Override
    public TemporaryResources temporaryResources() {
        return cloud.temporaryResources();
    }

    @Override
    public BootInstances bootInstances() {
        return cloud.bootInstances();
    }

    @Override
    public InstanceProfiles instanceProfiles() {
        return cloud.instanceProfiles();
    }

    @Override
    public CapacityReservations capacityReservations() {
        return cloud.capacityReservations();
    }

    @Override
    public Commands commands() {
        return cloud.commands();
    }

    @Override
    public Alarms alarms() {
        return cloud.alarms();
    }

    @Override
    public ContainerServices containerServices() {
        return cloud.containerServices();
    }

    @Override
    public Queues queues() {
        return cloud.queues();
    }

    @Override
    public ContainerImages containerImages() {
        return cloud.containerImages();
    }

    @Override
    public Metrics metrics() {
        return cloud.metrics();
    }

    @Override
    public InstancePower instancePower() {
        return cloud.instancePower();
    }

    @Override
    public OwnAmis ownAmis() {
        return cloud.ownAmis();
    }

    @Override
    public AmiUses amiUses() {
        return cloud.amiUses();
    }

    @Override
    public Snapshots snapshots() {
        return cloud.snapshots();
    }

    @Override
    public ParameterStore parameterStore() {
        return cloud.parameterStore();
    }
}
