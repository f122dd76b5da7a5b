package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.elb.ElasticLoadBalancing;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.simulator.kernel.Credentials;
import io.jenkins.plugins.amirefresh.simulator.kernel.EventLog;
import io.jenkins.plugins.amirefresh.simulator.kernel.Ids;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.SimulatedTime;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import io.jenkins.plugins.amirefresh.simulator.recorder.Recorder;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Auto Scaling and load balancing over a {@link FakeFleet}, called by the model's member names. */
final class Rig {

    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    static final AccountRegion AT = new AccountRegion("111111111111", "eu-west-1");

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Caller CALLER =
            new Caller(AT.accountId(), AT.region(), "arn:aws:iam::111111111111:user/test", "AKIA");

    final World world;
    final FakeFleet fleet;
    final ElasticLoadBalancing balancing;
    final AutoScaling autoScaling;

    Rig() {
        SimulatedTime time = new SimulatedTime(START);
        world = new World(time, new Ids(1), new EventLog(time), new Credentials(AT.accountId()));
        fleet = new FakeFleet(world);
        balancing = new ElasticLoadBalancing(world, fleet);
        autoScaling = new AutoScaling(world, fleet, balancing, new Recorder(time));
        fleet.tell(autoScaling.convergence(), balancing.targets());
    }

    /** Calls Auto Scaling; JSON with single quotes, each {@code %} and a letter is the next value. */
    ObjectNode call(String operation, String input, Object... values) {
        return call(autoScaling, operation, filled(input, values));
    }

    ObjectNode balance(String operation, String input, Object... values) {
        return call(balancing, operation, filled(input, values));
    }

    private static String filled(String input, Object... values) {
        String result = input;
        for (Object value : values) {
            int at = result.indexOf('%');
            result = result.substring(0, at) + value + result.substring(at + 2);
        }
        return result;
    }

    private ObjectNode call(AwsService service, String operation, String input) {
        Operation found = Optional.ofNullable(service.operations().get(operation))
                .orElseThrow(() -> new AssertionError("no operation " + operation));
        try {
            ObjectNode node = (ObjectNode) MAPPER.readTree(input.replace('\'', '"'));
            return found.answer(new ServiceCall(service.name(), operation, node, CALLER, "request"));
        } catch (JsonProcessingException bad) {
            throw new UncheckedIOException(bad);
        }
    }

    void pass(Duration duration) {
        world.time().advanceTo(world.time().now().plus(duration));
    }

    void passMinutes(long minutes) {
        pass(Duration.ofMinutes(minutes));
    }

    Instant now() {
        return world.time().now();
    }

    /** A group {@code web} on version 1 in two zones, all in service. */
    void group(int desired, String further) {
        call(
                "CreateAutoScalingGroup",
                "{'AutoScalingGroupName':'web','MinSize':0,'MaxSize':20,'DesiredCapacity':%d,"
                        + "'LaunchTemplate':{'LaunchTemplateName':'web','Version':'1'},"
                        + "'VPCZoneIdentifier':'subnet-a,subnet-b'%s}",
                desired,
                further.isEmpty() ? "" : "," + further);
        passMinutes(3);
    }

    ObjectNode group() {
        return (ObjectNode) call("DescribeAutoScalingGroups", "{'AutoScalingGroupNames':['web']}")
                .path("AutoScalingGroups")
                .path(0);
    }

    JsonNode instances() {
        return group().path("Instances");
    }

    List<String> ids() {
        List<String> ids = new ArrayList<>();
        instances().forEach(instance -> ids.add(instance.path("InstanceId").asText()));
        return ids;
    }

    List<String> states() {
        List<String> states = new ArrayList<>();
        instances()
                .forEach(instance -> states.add(instance.path("LifecycleState").asText()));
        return states;
    }

    List<String> versions() {
        List<String> versions = new ArrayList<>();
        instances()
                .forEach(instance -> versions.add(
                        instance.path("LaunchTemplate").path("Version").asText()));
        return versions;
    }

    JsonNode activities() {
        return call("DescribeScalingActivities", "{'AutoScalingGroupName':'web'}")
                .path("Activities");
    }

    /** Starts a refresh to version 2. */
    String refresh(String preferences) {
        return call(
                        "StartInstanceRefresh",
                        "{'AutoScalingGroupName':'web','DesiredConfiguration':{'LaunchTemplate':"
                                + "{'LaunchTemplateName':'web','Version':'2'}},'Preferences':{%s}}",
                        preferences)
                .path("InstanceRefreshId")
                .asText();
    }

    ObjectNode refresh() {
        return (ObjectNode) call("DescribeInstanceRefreshes", "{'AutoScalingGroupName':'web'}")
                .path("InstanceRefreshes")
                .path(0);
    }

    String status() {
        return refresh().path("Status").asText();
    }

    /** A target group behind a load balancer; its ARN. */
    String targetGroup() {
        String arn = balance("CreateTargetGroup", "{'Name':'web','Port':80,'VpcId':'vpc-1'}")
                .path("TargetGroups")
                .path(0)
                .path("TargetGroupArn")
                .asText();
        String balancer = balance("CreateLoadBalancer", "{'Name':'web','Subnets':['subnet-a','subnet-b']}")
                .path("LoadBalancers")
                .path(0)
                .path("LoadBalancerArn")
                .asText();
        balance(
                "CreateListener",
                "{'LoadBalancerArn':'%s','Port':80,'DefaultActions':[{'Type':'forward','TargetGroupArn':'%s'}]}",
                balancer,
                arn);
        return arn;
    }

    String health(String arn, String instanceId) {
        return balance("DescribeTargetHealth", "{'TargetGroupArn':'%s','Targets':[{'Id':'%s'}]}", arn, instanceId)
                .path("TargetHealthDescriptions")
                .path(0)
                .path("TargetHealth")
                .path("State")
                .asText();
    }

    int lowest(Instant from) {
        return autoScaling.recorder().lowestServing(AT, "web", from, now()).orElse(-1);
    }
}
