package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviours.InstanceBehaviour;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LaunchConfigurations;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Machine;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.TemplateVersion;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Convergence;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Fleet;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Order;
import io.jenkins.plugins.amirefresh.simulator.behavior.Conduct;
import io.jenkins.plugins.amirefresh.simulator.behavior.Request;
import io.jenkins.plugins.amirefresh.simulator.elb.Backends;
import io.jenkins.plugins.amirefresh.simulator.elb.Targets;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.Addresses.ProbeAnswer;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** EC2 with one template {@code web}: runs after 10 s, terminated after 30 s; behaves as the test says. */
final class FakeFleet implements Fleet, Backends {

    static final Duration TO_RUNNING = Duration.ofSeconds(10);
    static final Duration TO_TERMINATED = Duration.ofSeconds(30);

    final Map<String, Optional<AwsError>> refusalByZone = new HashMap<>();
    final List<Order> orders = new ArrayList<>();
    Function<Order, InstanceBehaviour> behaviour = order -> healthy();
    long latest = 1;
    long standard = 1;
    boolean parameter;

    private final World world;
    private final LaunchConfigurations configurations = new LaunchConfigurations();
    private final Map<String, State> states = new LinkedHashMap<>();
    private Optional<Convergence> convergence = Optional.empty();
    private Optional<Targets> targets = Optional.empty();

    FakeFleet(World world) {
        this.world = world;
    }

    static InstanceBehaviour healthy() {
        return new InstanceBehaviour(
                Duration.ofSeconds(40), true, List.of(), List.of(), null, null, List.of(), null, true, List.of());
    }

    void tell(Convergence newConvergence, Targets newTargets) {
        convergence = Optional.of(newConvergence);
        targets = Optional.of(newTargets);
    }

    @Override
    public Machine launch(AccountRegion at, Order order) {
        Optional<AwsError> refusal = refusalByZone.getOrDefault(order.zone(), Optional.empty());
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        Machine machine = settle(at, order, world.time().now());
        state(machine.instanceId()).condition = Condition.STARTING;
        world.time().after(TO_RUNNING, () -> {
            if (state(machine.instanceId()).condition == Condition.STARTING) {
                become(at, machine.instanceId(), Condition.WELL);
                convergence.ifPresent(listener -> listener.running(at, machine.instanceId()));
            }
        });
        return machine;
    }

    @Override
    public Machine settle(AccountRegion at, Order order, Instant launched) {
        orders.add(order);
        Machine machine = new Machine(
                world.ids().next("i"),
                order.zone(),
                order.subnetId().orElse("subnet-" + order.zone()),
                order.instanceType().orElse("t3.micro"),
                "ami-1",
                Optional.of(resolve(at, order.template())),
                order.spot());
        states.put(machine.instanceId(), new State(machine, new Conduct(behaviour.apply(order), launched)));
        return machine;
    }

    @Override
    public boolean terminate(AccountRegion at, String instanceId) {
        State state = states.get(instanceId);
        if (state == null || state.gone) {
            return false;
        }
        become(at, instanceId, Condition.NOT_RUNNING);
        world.time().after(TO_TERMINATED, () -> vanish(at, instanceId));
        return true;
    }

    /** Somebody terminates it behind the group's back. */
    void kill(AccountRegion at, String instanceId) {
        become(at, instanceId, Condition.NOT_RUNNING);
        vanish(at, instanceId);
    }

    void become(AccountRegion at, String instanceId, Condition condition) {
        state(instanceId).condition = condition;
        targets.ifPresent(listener -> listener.instanceChanged(at, instanceId));
        convergence.ifPresent(listener -> listener.conditionChanged(at, instanceId));
    }

    private void vanish(AccountRegion at, String instanceId) {
        state(instanceId).gone = true;
        targets.ifPresent(listener -> listener.instanceChanged(at, instanceId));
        convergence.ifPresent(listener -> listener.terminated(at, instanceId));
    }

    private State state(String instanceId) {
        return Optional.ofNullable(states.get(instanceId)).orElseThrow();
    }

    @Override
    public void stop(AccountRegion at, String instanceId) {
        throw new UnsupportedOperationException("warm pools are tested with the real EC2");
    }

    @Override
    public void start(AccountRegion at, String instanceId) {
        throw new UnsupportedOperationException("warm pools are tested with the real EC2");
    }

    @Override
    public boolean isStopped(AccountRegion at, String instanceId) {
        return false;
    }

    @Override
    public TemplateVersion resolve(AccountRegion at, ObjectNode specification) {
        String version = specification.path("Version").asText("$Default");
        String name = specification.path("LaunchTemplateName").asText("");
        if (!name.equals("web")
                && !specification.path("LaunchTemplateId").asText().equals("lt-1")) {
            throw AwsError.client(
                    "InvalidLaunchTemplateName.NotFoundException",
                    "The specified launch template, with template name " + name + ", does not exist.");
        }
        long number =
                switch (version) {
                    case "$Latest" -> latest;
                    case "$Default" -> standard;
                    default -> Long.parseLong(version);
                };
        return new TemplateVersion("lt-1", "web", number);
    }

    @Override
    public JsonNode templateData(AccountRegion at, TemplateVersion version) {
        return JsonNodeFactory.instance.objectNode().put("ImageId", parameter ? "resolve:ssm:/web" : "ami-1");
    }

    @Override
    public LaunchConfigurations launchConfigurations() {
        return configurations;
    }

    @Override
    public Optional<String> imageNamed(AccountRegion at, String name) {
        return Optional.of("ami-1");
    }

    @Override
    public List<String> securityGroups(AccountRegion at, List<String> names) {
        return names;
    }

    @Override
    public Optional<String> zoneOf(AccountRegion at, String subnetId) {
        return subnetId.startsWith("subnet-") ? Optional.of(subnetId.substring("subnet-".length())) : Optional.empty();
    }

    @Override
    public List<String> subnets(AccountRegion at, List<String> names) {
        return List.of("subnet-a", "subnet-b");
    }

    @Override
    public Optional<Machine> running(AccountRegion at, String instanceId) {
        return Optional.ofNullable(states.get(instanceId))
                .filter(state -> state.condition == Condition.WELL)
                .map(state -> state.machine);
    }

    @Override
    public String stateReason(AccountRegion at, String instanceId) {
        return "";
    }

    @Override
    public Condition condition(AccountRegion at, String instanceId) {
        return Optional.ofNullable(states.get(instanceId))
                .map(state -> state.condition)
                .orElse(Condition.NOT_RUNNING);
    }

    @Override
    public boolean exists(AccountRegion at, String instanceId) {
        return Optional.ofNullable(states.get(instanceId))
                .filter(state -> !state.gone)
                .isPresent();
    }

    @Override
    public Optional<Conduct> conduct(AccountRegion at, String instanceId) {
        return Optional.ofNullable(states.get(instanceId))
                .filter(state -> state.condition != Condition.NOT_RUNNING)
                .map(state -> state.conduct);
    }

    @Override
    public Optional<ProbeAnswer> answer(AccountRegion at, String instanceId, Request request) {
        return conduct(at, instanceId)
                .map(conduct -> conduct.answer(world.time().now(), request));
    }

    @Override
    public Optional<String> imageName(AccountRegion at, String instanceId) {
        return Optional.of("web-1");
    }

    @Override
    public Optional<String> launches(AccountRegion at, ObjectNode specification) {
        return Optional.of("web-1");
    }

    @Override
    public List<Site> sites(AccountRegion at) {
        return List.of(new Site("subnet-a", "a", "vpc-1", true), new Site("subnet-b", "b", "vpc-1", true));
    }

    @Override
    public Optional<String> vpc(AccountRegion at, Optional<String> name) {
        return Optional.of("vpc-1");
    }

    private static final class State {
        private final Machine machine;
        private final Conduct conduct;
        private Condition condition = Condition.WELL;
        private boolean gone;

        State(Machine machine, Conduct conduct) {
            this.machine = machine;
            this.conduct = conduct;
        }
    }
}
