package io.jenkins.plugins.amirefresh.simulator;

import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviours;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.AutoScaling;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.Ec2Fleet;
import io.jenkins.plugins.amirefresh.simulator.cloudwatch.Alarms;
import io.jenkins.plugins.amirefresh.simulator.ec2.Ec2Service;
import io.jenkins.plugins.amirefresh.simulator.ec2.Ec2World;
import io.jenkins.plugins.amirefresh.simulator.ecr.ContainerRegistry;
import io.jenkins.plugins.amirefresh.simulator.ecs.ContainerServices;
import io.jenkins.plugins.amirefresh.simulator.elb.ElasticLoadBalancing;
import io.jenkins.plugins.amirefresh.simulator.iam.InstanceProfiles;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import io.jenkins.plugins.amirefresh.simulator.recorder.Recorder;
import io.jenkins.plugins.amirefresh.simulator.sqs.SimpleQueues;
import io.jenkins.plugins.amirefresh.simulator.ssm.SystemsManager;
import io.jenkins.plugins.amirefresh.simulator.sts.SecurityTokens;
import io.jenkins.plugins.amirefresh.simulator.tagging.ResourceTagging;
import java.util.List;

/** Which services a simulator has, and who knows whom among them. */
final class Services {

    private Services() {}

    /** In the order in which they seed: a service comes after those whose resources it refers to. */
    static List<AwsService> of(World world, AccountFile file, Behaviours behaviours, Recorder recorder) {
        SystemsManager systems = new SystemsManager(world);
        InstanceProfiles profiles = new InstanceProfiles(world);
        Ec2World ec2 = new Ec2World(world, behaviours, systems::value, profiles::requireFor);
        Ec2Fleet fleet = new Ec2Fleet(world, ec2);
        systems.reach(world, new Agents(world, ec2));
        ElasticLoadBalancing balancing = new ElasticLoadBalancing(world, fleet);
        AutoScaling autoScaling = new AutoScaling(world, fleet, balancing, recorder);
        fleet.tell(autoScaling.convergence(), balancing.targets());
        ec2.askedBy((at, id) -> balancing.targets().asked(at, id, autoScaling.attached(at, id)));
        ContainerRegistry registry = new ContainerRegistry(world);
        ContainerServices containers = new ContainerServices(world, file, registry);
        Alarms.Listener listeners = (at, name) -> {
            autoScaling.alarmed(at, name);
            containers.alarmed(at, name);
        };
        Alarms alarms = new Alarms(world, listeners, new Meters(ec2));
        containers.watch(alarms::isInAlarm);
        autoScaling.watch(alarms::isInAlarm);
        return List.of(
                new SecurityTokens(world),
                systems,
                profiles,
                new SimpleQueues(world),
                new Ec2Service(ec2, systems::value),
                balancing,
                balancing.classic(),
                autoScaling,
                alarms,
                registry,
                containers,
                new ResourceTagging(world, containers::tags));
    }
}
