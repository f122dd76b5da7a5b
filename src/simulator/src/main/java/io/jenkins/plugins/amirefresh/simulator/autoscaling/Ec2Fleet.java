package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LaunchConfigurations;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Machine;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.TemplateVersion;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Convergence;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Fleet;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Order;
import io.jenkins.plugins.amirefresh.simulator.behavior.Conduct;
import io.jenkins.plugins.amirefresh.simulator.behavior.Request;
import io.jenkins.plugins.amirefresh.simulator.ec2.Ec2Region;
import io.jenkins.plugins.amirefresh.simulator.ec2.Ec2World;
import io.jenkins.plugins.amirefresh.simulator.ec2.images.Image;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.Instance;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.InstanceListener;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.InstanceState;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.Instances;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.LaunchRequest;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.SecurityGroup;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.Subnet;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.Vpc;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.templates.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.simulator.elb.Backends;
import io.jenkins.plugins.amirefresh.simulator.elb.Targets;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.Addresses.ProbeAnswer;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The simulator's own EC2 as Auto Scaling and load balancing see it. */
public final class Ec2Fleet implements Fleet, Backends, InstanceListener {

    private final World world;
    private final Ec2World ec2;
    private final LaunchConfigurations configurations = new LaunchConfigurations();
    private final Map<String, AccountRegion> placeById = new HashMap<>();
    private @Nullable Convergence convergence;
    private @Nullable Targets targets;

    /** Listens to every instance of {@code ec2}. */
    public Ec2Fleet(World world, Ec2World ec2) {
        this.world = world;
        this.ec2 = ec2;
        ec2.listen(this);
    }

    /** Tells these what becomes of instances. */
    public void tell(Convergence newConvergence, Targets newTargets) {
        convergence = newConvergence;
        targets = newTargets;
    }

    @Override
    public Machine launch(AccountRegion at, Order order) {
        Instance instance = ec2.region(at).instances().run(request(at, order)).get(0);
        return adopt(at, instance);
    }

    @Override
    public Machine settle(AccountRegion at, Order order, Instant launched) {
        return adopt(at, ec2.region(at).instances().addRunning(request(at, order), launched));
    }

    @Override
    public List<Order> roomFirst(AccountRegion at, List<Order> orders) {
        Map<Boolean, List<Order>> byRoom = orders.stream()
                .collect(Collectors.partitioningBy(
                        order -> ReservedCapacity.hasRoom(ec2.region(at), specification(order.template()), order)));
        return Stream.of(true, false)
                .flatMap(room -> byRoom.getOrDefault(room, List.of()).stream())
                .toList();
    }

    private LaunchRequest request(AccountRegion at, Order order) {
        LaunchRequest request = Fields.text(order.template(), LaunchConfigurations.NAME)
                .map(name -> LaunchRequest.configured(configured(at, name), order.tags()))
                .orElseGet(() -> LaunchRequest.one(specification(order.template()), order.tags()));
        request = order.subnetId().isPresent()
                ? request.with("SubnetId", order.subnetId().get())
                : request.inZone(order.zone());
        request = order.instanceType().isPresent()
                ? request.with("InstanceType", order.instanceType().get())
                : request;
        request = order.imageId().isPresent()
                ? request.with("ImageId", order.imageId().get())
                : request;
        Optional<ObjectNode> reserved = ReservedCapacity.wanted(ec2.region(at), specification(order.template()), order);
        request = reserved.isPresent() ? request.reserved(reserved.get()) : request;
        return order.spot() ? request.spot() : request;
    }

    private ObjectNode configured(AccountRegion at, String name) {
        return configurations
                .find(at, name)
                .orElseThrow(() -> Fields.invalid("Launch configuration " + name + " not found"));
    }

    @Override
    public LaunchConfigurations launchConfigurations() {
        return configurations;
    }

    @Override
    public Optional<String> imageNamed(AccountRegion at, String name) {
        return ec2.region(at).images().all().stream()
                .filter(image -> image.name().equals(name) && image.isVisibleTo(at.accountId()))
                .map(Image::id)
                .findFirst();
    }

    @Override
    public List<String> securityGroups(AccountRegion at, List<String> names) {
        return ec2.region(at).network().groupIds(group -> names.contains(group.name()));
    }

    /** EC2 takes either the id or the name, Auto Scaling shows both. */
    private static ObjectNode specification(ObjectNode template) {
        ObjectNode specification = template.deepCopy();
        if (specification.hasNonNull("LaunchTemplateId")) {
            specification.remove("LaunchTemplateName");
        }
        return specification;
    }

    private Machine adopt(AccountRegion at, Instance instance) {
        placeById.put(instance.id(), at);
        watch(at, instance.id(), instance.conduct());
        return machine(instance);
    }

    /** The moments at which what it answers, or what status checks find, may change. */
    private void watch(AccountRegion at, String id, Conduct conduct) {
        conduct.nextChange(world.time().now()).ifPresent(moment -> world.time().at(moment, () -> {
            if (convergence != null) {
                convergence.conditionChanged(at, id);
            }
            if (conduct(at, id).isPresent()) {
                watch(at, id, conduct);
            }
        }));
    }

    private static Machine machine(Instance instance) {
        return new Machine(
                instance.id(),
                instance.zone(),
                instance.subnet().id(),
                instance.instanceType(),
                instance.image().id(),
                instance.template().map(Ec2Fleet::version),
                instance.isSpot(),
                instance.launchConfiguration());
    }

    private static TemplateVersion version(LaunchTemplateVersion version) {
        return new TemplateVersion(version.template().id(), version.template().name(), version.number());
    }

    @Override
    public boolean terminate(AccountRegion at, String instanceId) {
        Ec2Region region = ec2.region(at);
        return region.instances()
                .find(instanceId)
                .filter(instance -> region.instances().terminate(instance, "Auto Scaling"))
                .isPresent();
    }

    @Override
    public void stop(AccountRegion at, String instanceId) {
        Instances instances = ec2.region(at).instances();
        instances
                .find(instanceId)
                .filter(instance -> instance.state() == InstanceState.RUNNING)
                .ifPresent(instances::stop);
    }

    @Override
    public boolean isStopped(AccountRegion at, String instanceId) {
        return ec2.region(at)
                .instances()
                .find(instanceId)
                .filter(instance -> instance.state() == InstanceState.STOPPED)
                .isPresent();
    }

    @Override
    public void start(AccountRegion at, String instanceId) {
        Instances instances = ec2.region(at).instances();
        instances
                .find(instanceId)
                .filter(instance -> instance.state() == InstanceState.STOPPED)
                .ifPresent(instances::start);
    }

    @Override
    public TemplateVersion resolve(AccountRegion at, ObjectNode specification) {
        try {
            return version(ec2.region(at).launchTemplates().resolve(new Input(specification(specification))));
        } catch (AwsError refusal) {
            // Auto Scaling has one code for it, whatever EC2 says.
            throw AwsError.client(
                    "ValidationError",
                    "You must use a valid fully-formed launch template. " + String.valueOf(refusal.getMessage()));
        }
    }

    @Override
    public JsonNode templateData(AccountRegion at, TemplateVersion version) {
        return ec2.region(at)
                .launchTemplates()
                .withId(version.id())
                .version(Long.toString(version.number()))
                .data();
    }

    @Override
    public Optional<String> zoneOf(AccountRegion at, String subnetId) {
        return ec2.region(at).network().subnets().stream()
                .filter(subnet -> subnet.id().equals(subnetId))
                .map(Subnet::zone)
                .findFirst();
    }

    @Override
    public List<String> subnets(AccountRegion at, List<String> names) {
        Optional<Vpc> first = ec2.region(at).network().vpcs().stream().findFirst();
        return ec2.region(at).network().subnets().stream()
                .filter(subnet -> names.isEmpty()
                        ? first.filter(subnet.vpc()::equals).isPresent()
                        : subnet.tags().get("Name").filter(names::contains).isPresent())
                .map(Subnet::id)
                .toList();
    }

    @Override
    public Optional<Machine> running(AccountRegion at, String instanceId) {
        return ec2.region(at)
                .instances()
                .find(instanceId)
                .filter(instance -> instance.state() == InstanceState.RUNNING)
                .map(instance -> adopt(at, instance));
    }

    @Override
    public String stateReason(AccountRegion at, String instanceId) {
        return ec2.region(at)
                .instances()
                .find(instanceId)
                .map(Instance::stateReasonText)
                .orElse("");
    }

    @Override
    public Condition condition(AccountRegion at, String instanceId) {
        return ec2.region(at).instances().find(instanceId).map(this::condition).orElse(Condition.NOT_RUNNING);
    }

    private Condition condition(Instance instance) {
        Instant now = world.time().now();
        return switch (instance.state()) {
            case PENDING -> Condition.STARTING;
            case RUNNING -> {
                boolean initializing = now.isBefore(instance.conduct().booted());
                yield initializing || instance.conduct().passesStatusChecks(now) ? Condition.WELL : Condition.IMPAIRED;
            }
            case SHUTTING_DOWN, TERMINATED, STOPPING, STOPPED -> Condition.NOT_RUNNING;
        };
    }

    @Override
    public boolean exists(AccountRegion at, String instanceId) {
        boolean there = ec2.region(at)
                .instances()
                .find(instanceId)
                .filter(instance -> instance.state() != InstanceState.TERMINATED)
                .isPresent();
        if (there) {
            placeById.put(instanceId, at);
        }
        return there;
    }

    @Override
    public Optional<Conduct> conduct(AccountRegion at, String instanceId) {
        return ec2.region(at)
                .instances()
                .find(instanceId)
                .filter(instance ->
                        instance.state() == InstanceState.PENDING || instance.state() == InstanceState.RUNNING)
                .map(Instance::conduct);
    }

    @Override
    public Optional<ProbeAnswer> answer(AccountRegion at, String instanceId, Request request) {
        return conduct(at, instanceId).map(running -> ec2.region(at)
                .instances()
                .instance(instanceId)
                .answer(world.time().now(), request));
    }

    @Override
    public Optional<Boolean> admit(AccountRegion at, List<String> securityGroupIds, int port) {
        List<SecurityGroup> touched = ec2.region(at).network().groups().stream()
                .filter(group -> securityGroupIds.contains(group.id()) && !group.isUntouched())
                .toList();
        return touched.isEmpty()
                ? Optional.empty()
                : Optional.of(touched.stream().anyMatch(group -> group.admits(port, List.of())));
    }

    @Override
    public void reachChanged(Instance instance) {
        AccountRegion at = placeById.get(instance.id());
        if (at != null && targets != null) {
            targets.instanceChanged(at, instance.id());
        }
    }

    @Override
    public Optional<String> imageName(AccountRegion at, String instanceId) {
        return ec2.region(at).instances().find(instanceId).map(instance -> instance.image()
                .name());
    }

    @Override
    public Optional<String> launches(AccountRegion at, ObjectNode specification) {
        try {
            Ec2Region region = ec2.region(at);
            Optional<String> configuration = Fields.text(specification, LaunchConfigurations.NAME);
            if (configuration.isPresent()) {
                String imageId =
                        configured(at, configuration.get()).path("ImageId").asText();
                return Optional.of(
                        region.images().launchable(at.accountId(), imageId).name());
            }
            return region.launches(region.launchTemplates().resolve(new Input(specification(specification))))
                    .map(Image::name);
        } catch (AwsError gone) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> vpc(AccountRegion at, Optional<String> name) {
        return ec2.region(at).network().vpcs().stream()
                .filter(vpc -> name.isEmpty() || vpc.tags().get("Name").equals(name))
                .map(Vpc::id)
                .findFirst();
    }

    @Override
    public List<Site> sites(AccountRegion at) {
        return ec2.region(at).network().subnets().stream()
                .map(subnet -> new Site(
                        subnet.id(),
                        subnet.zone(),
                        subnet.vpc().id(),
                        subnet.vpc().isDefault()))
                .toList();
    }

    @Override
    public Optional<String> ownGroup(AccountRegion at, String vpcId) {
        return ec2.region(at).network().groupIds(group -> group.isOwnOf(vpcId)).stream()
                .findFirst();
    }

    @Override
    public void stateChanged(Instance instance, InstanceState before) {
        AccountRegion at = placeById.get(instance.id());
        if (at == null || convergence == null || targets == null) {
            return;
        }
        targets.instanceChanged(at, instance.id());
        if (instance.state() == InstanceState.RUNNING) {
            convergence.running(at, instance.id());
        } else if (instance.state() == InstanceState.TERMINATED) {
            convergence.terminated(at, instance.id());
            placeById.remove(instance.id());
        } else {
            convergence.conditionChanged(at, instance.id());
        }
    }
}
