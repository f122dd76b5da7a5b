package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.ClientTokens;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Handler;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/** EC2's operations on instances. */
public final class InstanceOperations {

    private final Function<Caller, InstanceQueries.Fleet> fleet;
    private final Map<AccountRegion, ClientTokens<List<Instance>>> runTokens = new HashMap<>();
    private final InstanceQueries queries;
    private final InstanceAttributes attributes;

    /** For the caller's instances. */
    public InstanceOperations(
            Function<Caller, Surroundings> around, Function<Caller, Instances> instances, InstanceTypes types) {
        this.fleet = caller -> new InstanceQueries.Fleet(around.apply(caller), instances.apply(caller), types);
        this.queries = new InstanceQueries(fleet);
        this.attributes = new InstanceAttributes(fleet);
    }

    /** By AWS's names. */
    public Map<String, Handler> operations() {
        return Map.ofEntries(
                Map.entry("RunInstances", this::run),
                Map.entry("DescribeInstances", queries::describe),
                Map.entry("DescribeInstanceStatus", queries::describeStatus),
                Map.entry("StartInstances", this::start),
                Map.entry("StopInstances", this::stop),
                Map.entry("RebootInstances", this::reboot),
                Map.entry("TerminateInstances", this::terminate),
                Map.entry("ModifyInstanceAttribute", attributes::modify),
                Map.entry("DescribeInstanceAttribute", attributes::describe),
                Map.entry("GetLaunchTemplateData", attributes::launchTemplateData),
                Map.entry("GetConsoleOutput", attributes::consoleOutput),
                Map.entry("GetPasswordData", attributes::passwordData));
    }

    private ObjectNode run(Input request, Caller caller) {
        InstanceQueries.Fleet mine = fleet.apply(caller);
        List<Instance> launched = runTokens
                .computeIfAbsent(caller.at(), at -> new ClientTokens<>())
                .once(request, () -> mine.instances().run(LaunchRequest.of(request.node())));
        ObjectNode answer = InstanceQueries.reservation(launched.get(0).birth().reservationId(), caller.accountId());
        ArrayNode views = (ArrayNode) answer.get("Instances");
        launched.forEach(instance -> views.add(
                InstanceView.of(instance, caller.accountId(), mine.around().volumes())));
        return answer;
    }

    private List<Instance> named(Input request, Caller caller) {
        List<String> ids = request.texts("InstanceIds");
        if (ids.isEmpty()) {
            throw Errors.missing("InstanceId");
        }
        return fleet.apply(caller).instances().all(ids);
    }

    private static ObjectNode changes(String member, List<Instance> instances, Consumer<Instance> effect) {
        ArrayNode changes = Nodes.array();
        for (Instance instance : instances) {
            ObjectNode before = instance.state().view();
            effect.accept(instance);
            ObjectNode change = Nodes.of("InstanceId", instance.id());
            change.set("PreviousState", before);
            change.set("CurrentState", instance.state().view());
            changes.add(change);
        }
        return Nodes.of(member, changes);
    }

    private static AwsError wrongState(Instance instance, String verb) {
        return AwsError.client(
                "IncorrectInstanceState",
                "The instance '" + instance.id() + "' is not in a state from which it can be " + verb + ".");
    }

    private ObjectNode start(Input request, Caller caller) {
        List<Instance> instances = named(request, caller);
        for (Instance instance : instances) {
            if (instance.state().isEnding() || instance.state() == InstanceState.STOPPING) {
                throw wrongState(instance, "started");
            }
        }
        List<Instance> stopped = instances.stream()
                .filter(instance -> instance.state() == InstanceState.STOPPED)
                .toList();
        fleet.apply(caller).instances().requireRoom(stopped);
        return changes("StartingInstances", instances, instance -> {
            if (instance.state() == InstanceState.STOPPED) {
                fleet.apply(caller).instances().start(instance);
            }
        });
    }

    private ObjectNode stop(Input request, Caller caller) {
        List<Instance> instances = named(request, caller);
        for (Instance instance : instances) {
            if (instance.state().isEnding()) {
                throw wrongState(instance, "stopped");
            }
            if (instance.state() == InstanceState.PENDING) {
                throw AwsError.client(
                        "IncorrectInstanceState",
                        "Instance '" + instance.id()
                                + "' cannot be stopped as it has never reached the 'running' state.");
            }
            if (instance.isStopProtected()) {
                throw AwsError.client(
                        "OperationNotPermitted",
                        "The instance '" + instance.id()
                                + "' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.");
            }
            if (instance.isSpot()) {
                throw AwsError.client(
                        "UnsupportedOperation",
                        "You can't stop the Spot Instance '" + instance.id()
                                + "' because it is associated with a one-time Spot Instance request.");
            }
        }
        boolean hibernates = request.flag("Hibernate");
        instances.stream()
                .filter(instance -> hibernates && !instance.canHibernate())
                .findFirst()
                .ifPresent(instance -> {
                    throw AwsError.client(
                            "UnsupportedHibernationConfiguration",
                            "The instance '" + instance.id() + "' is not configured for hibernation.");
                });
        Instances mine = fleet.apply(caller).instances();
        Consumer<Instance> halt = hibernates ? mine::hibernate : mine::stop;
        return changes("StoppingInstances", instances, instance -> {
            if (instance.state() == InstanceState.RUNNING) {
                halt.accept(instance);
            }
        });
    }

    private ObjectNode reboot(Input request, Caller caller) {
        List<Instance> instances = named(request, caller);
        for (Instance instance : instances) {
            if (instance.state() != InstanceState.RUNNING) {
                throw wrongState(instance, "rebooted");
            }
        }
        instances.forEach(fleet.apply(caller).instances()::reboot);
        return Nodes.object();
    }

    /**
     * A protected instance keeps the others of its zone from being terminated too. Source: EC2 API Reference,
     * TerminateInstances.
     */
    private ObjectNode terminate(Input request, Caller caller) {
        List<Instance> instances = named(request, caller);
        List<Instance> guarded = instances.stream()
                .filter(instance -> instance.isProtected() && !instance.state().isEnding())
                .toList();
        TreeSet<String> guardedZones = new TreeSet<>();
        guarded.forEach(instance -> guardedZones.add(instance.zone()));
        List<Instance> ending = new ArrayList<>(instances);
        ending.removeIf(instance -> guardedZones.contains(instance.zone()));
        ObjectNode answer = changes("TerminatingInstances", ending, instance -> fleet.apply(caller)
                .instances()
                .terminate(instance, "user request"));
        if (!guarded.isEmpty()) {
            throw AwsError.client(
                    "OperationNotPermitted",
                    "The instance '" + guarded.get(0).id()
                            + "' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.");
        }
        return answer;
    }
}
