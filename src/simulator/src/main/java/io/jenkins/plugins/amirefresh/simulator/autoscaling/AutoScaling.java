package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountSeeder;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Groups;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.refresh.RefreshEngine;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.refresh.RefreshOperations;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Convergence;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Fleet;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.elb.ElasticLoadBalancing;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.StateView;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import io.jenkins.plugins.amirefresh.simulator.recorder.Recorder;
import java.util.LinkedHashMap;
import java.util.Map;

/** EC2 Auto Scaling. */
public final class AutoScaling implements AwsService, AccountSeeder, StateView {

    private final Ground ground;
    private final Convergence convergence;
    private final RefreshEngine refreshes;
    private final Seeds seeds;
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    /** A service without groups. */
    public AutoScaling(World world, Fleet fleet, ElasticLoadBalancing balancing, Recorder recorder) {
        this.ground = new Ground(world, new Groups(), fleet, balancing.targets(), recorder);
        this.convergence = new Convergence(ground);
        this.refreshes = new RefreshEngine(ground, convergence);
        Lookup lookup = new Lookup(ground.groups());
        GroupOperations groups = new GroupOperations(ground, lookup, convergence, refreshes);
        this.seeds = new Seeds(ground, groups, convergence, balancing);
        groups.addTo(operations);
        new DescribeOperations(ground, lookup).addTo(operations);
        new InstanceOperations(ground, lookup, convergence).addTo(operations);
        new WarmPoolOperations(ground, lookup, convergence).addTo(operations);
        new HookOperations(ground, lookup, convergence).addTo(operations);
        new TagOperations(ground, lookup).addTo(operations);
        new BalancerOperations(ground, lookup, convergence).addTo(operations);
        new PolicyOperations(ground, lookup, convergence).addTo(operations);
        new ScheduledOperations(ground, lookup, convergence, groups).addTo(operations);
        new RefreshOperations(ground, refreshes, lookup::group).addTo(operations);
    }

    @Override
    public String name() {
        return "autoscaling";
    }

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    /** EC2 tells it here what becomes of instances. */
    public Convergence convergence() {
        return convergence;
    }

    /** CloudWatch tells it here which alarms ring. */
    public void alarmed(AccountRegion at, String alarm) {
        ground.groups().in(at).forEach(group -> refreshes.alarmed(group, alarm));
    }

    /** Lowest healthy capacity, leftovers, launches. */
    public Recorder recorder() {
        return ground.recorder();
    }

    @Override
    public void seed(AccountFile file) {
        seeds.plant(file);
    }

    @Override
    public ObjectNode state(AccountRegion at) {
        ObjectNode state = Fields.object();
        for (Group group : ground.groups().in(at)) {
            state.set(group.name(), Views.group(group, true));
        }
        return state;
    }
}
