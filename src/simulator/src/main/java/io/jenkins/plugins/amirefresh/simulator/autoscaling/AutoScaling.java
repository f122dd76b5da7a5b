package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
import io.jenkins.plugins.amirefresh.simulator.kernel.FleetView;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ProtectedResources;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.StateView;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import io.jenkins.plugins.amirefresh.simulator.recorder.Recorder;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** EC2 Auto Scaling. */
public final class AutoScaling implements AwsService, AccountSeeder, StateView, FleetView, ProtectedResources {

    private final Ground ground;
    private final Convergence convergence;
    private final RefreshEngine refreshes;
    private final Seeds seeds;
    private final LaunchRights rights;
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    /** A service without groups. */
    public AutoScaling(World world, Fleet fleet, ElasticLoadBalancing balancing, Recorder recorder) {
        this.ground = new Ground(world, new Groups(), fleet, balancing.targets(), recorder);
        this.rights = new LaunchRights(fleet);
        this.convergence = new Convergence(ground);
        this.refreshes = new RefreshEngine(ground, convergence);
        Lookup lookup = new Lookup(ground.groups());
        GroupOperations groups = new GroupOperations(ground, lookup, convergence, refreshes);
        groups.addTo(operations);
        var configurations = new ConfigurationOperations(ground);
        configurations.addTo(operations);
        new DescribeOperations(ground, lookup).addTo(operations);
        new InstanceOperations(ground, lookup, convergence).addTo(operations);
        new WarmPoolOperations(ground, lookup, convergence).addTo(operations);
        new MetricsOperations(ground, lookup).addTo(operations);
        new HookOperations(ground, lookup, convergence).addTo(operations);
        new TagOperations(ground, lookup).addTo(operations);
        new BalancerOperations(ground, lookup, convergence).addTo(operations);
        new PolicyOperations(ground, lookup, convergence).addTo(operations);
        new ScheduledOperations(ground, lookup, convergence, groups).addTo(operations);
        this.seeds = new Seeds(ground, groups, configurations, convergence, balancing);
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

    /**
     * The groups that a call names, by name, by instance or by a tag's resource. Source: Service Authorization Reference,
     * "Actions, resources, and condition keys for Amazon EC2 Auto Scaling": Describe calls cannot be limited.
     */
    @Override
    public List<Resource> resources(ServiceCall call) {
        AccountRegion at = call.caller().at();
        Set<String> names = new LinkedHashSet<>();
        if (!call.operation().startsWith("Describe")) {
            Fields.text(call.input(), "AutoScalingGroupName").ifPresent(names::add);
            call.input().path("Tags").forEach(tag -> Fields.text(tag, "ResourceId")
                    .ifPresent(names::add));
            Fields.text(call.input(), "InstanceId")
                    .flatMap(id -> ground.groups().ofInstance(at, id))
                    .ifPresent(group -> names.add(group.name()));
        }
        return names.stream().map(name -> resource(at, name)).toList();
    }

    @Override
    public List<Need> needs(ServiceCall call) {
        return rights.of(call);
    }

    private Resource resource(AccountRegion at, String name) {
        Map<String, String> tags = new LinkedHashMap<>();
        Optional<Group> group = ground.groups().find(at, name);
        group.ifPresent(found -> found.tags().forEach((key, tag) -> tags.put(key, tag.value())));
        return new Resource(
                group.map(Group::arn)
                        .orElseGet(() -> at.arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/" + name)),
                tags);
    }

    /** EC2 tells it here what becomes of instances. */
    public Convergence convergence() {
        return convergence;
    }

    /** What the group of an instance is attached to: target groups by ARN, classic load balancers by key. */
    public List<String> attached(AccountRegion at, String instanceId) {
        return ground.groups().ofInstance(at, instanceId).map(Group::attached).orElse(List.of());
    }

    /** CloudWatch answers here which alarms ring already. */
    public void watch(BiPredicate<AccountRegion, String> alarmStates) {
        refreshes.watch(alarmStates);
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
    public void show(FleetView.Kind kind, AccountRegion at, ArrayNode rows) {
        if (kind == FleetView.Kind.GROUPS) {
            new FleetRows(ground).of(at, rows);
        }
    }

    @Override
    public ObjectNode state(AccountRegion at) {
        ObjectNode state = Fields.object();
        for (Group group : ground.groups().in(at)) {
            ObjectNode view = Views.group(group, true);
            refreshes.last(group).ifPresent(refresh -> view.set("InstanceRefresh", refresh));
            state.set(group.name(), view);
        }
        return state;
    }
}
