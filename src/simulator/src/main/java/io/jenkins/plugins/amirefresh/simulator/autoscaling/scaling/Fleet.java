package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LaunchConfigurations;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Machine;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.TemplateVersion;
import io.jenkins.plugins.amirefresh.simulator.behavior.Conduct;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What Auto Scaling needs of EC2. */
public interface Fleet {

    /**
     * Launches one instance; its becoming running is told later.
     *
     * @throws io.jenkins.plugins.amirefresh.simulator.kernel.AwsError as RunInstances refuses
     */
    Machine launch(AccountRegion at, Order order);

    /** Makes an instance that was launched long ago and runs: how accounts start. Nothing is told of it. */
    Machine settle(AccountRegion at, Order order, Instant launched);

    /** The same orders, those first that a group's own Capacity Reservations have room for. */
    default List<Order> roomFirst(AccountRegion at, List<Order> orders) {
        return orders;
    }

    /** Terminates an instance; false when it is gone already, so that nothing will be told of it. */
    boolean terminate(AccountRegion at, String instanceId);

    /** Stops an instance. */
    void stop(AccountRegion at, String instanceId);

    /** Whether an instance is stopped, so that it can be started. */
    boolean isStopped(AccountRegion at, String instanceId);

    /** Starts an instance that was stopped; its becoming running is told later. */
    void start(AccountRegion at, String instanceId);

    /**
     * The version a {@code LaunchTemplateSpecification} means now.
     *
     * @throws io.jenkins.plugins.amirefresh.simulator.kernel.AwsError when there is no such template or version
     */
    TemplateVersion resolve(AccountRegion at, ObjectNode specification);

    /** What the version says, as EC2 keeps it. */
    JsonNode templateData(AccountRegion at, TemplateVersion version);

    /** What groups launch from that have no launch template. */
    LaunchConfigurations launchConfigurations();

    /** The id of an image of this name, empty when there is none. */
    Optional<String> imageNamed(AccountRegion at, String name);

    /** Ids of the security groups of these names. */
    List<String> securityGroups(AccountRegion at, List<String> names);

    /** The zone of a subnet, empty when there is no such subnet. */
    Optional<String> zoneOf(AccountRegion at, String subnetId);

    /** Ids of subnets by name; without names, those of the place's first VPC. */
    List<String> subnets(AccountRegion at, List<String> names);

    /** An instance that exists and runs, for example to attach it. */
    Optional<Machine> running(AccountRegion at, String instanceId);

    /** What the machine does; empty when it is not pending or running. */
    Optional<Conduct> conduct(AccountRegion at, String instanceId);

    /** The name of the AMI that an instance runs, whatever became of that AMI; empty when there is no such instance. */
    Optional<String> imageName(AccountRegion at, String instanceId);

    /** The name of the AMI that a {@code LaunchTemplateSpecification} would launch now, empty when it could not. */
    Optional<String> launches(AccountRegion at, ObjectNode specification);

    /** Why an instance is in its state, in AWS's words; empty when AWS does not say. */
    String stateReason(AccountRegion at, String instanceId);

    /** What EC2 finds of an instance. */
    Condition condition(AccountRegion at, String instanceId);

    /** What EC2 finds of an instance: still starting, well, failing its status checks, or not running. */
    enum Condition {
        STARTING,
        WELL,
        IMPAIRED,
        NOT_RUNNING
    }
}
