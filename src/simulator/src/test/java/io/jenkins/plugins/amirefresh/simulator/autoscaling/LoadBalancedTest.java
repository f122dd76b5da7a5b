package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.simulator.account.Behaviour;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviours.InstanceBehaviour;
import io.jenkins.plugins.amirefresh.simulator.kernel.Addresses.ProbeAnswer;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Groups behind target groups: registration, health, draining, and what probes see. */
class LoadBalancedTest {

    private final Rig rig = new Rig();

    private static InstanceBehaviour answering(int status) {
        return new InstanceBehaviour(
                Duration.ofSeconds(40),
                true,
                List.of(new Behaviour.HttpAnswer("*", 0, status, "hello")),
                List.of(),
                null,
                null,
                List.of(),
                null,
                true,
                List.of());
    }

    private Optional<ProbeAnswer> probe() {
        String dns = rig.balance("DescribeLoadBalancers", "{}")
                .path("LoadBalancers")
                .path(0)
                .path("DNSName")
                .asText();
        return rig.balancing.probe(dns, 80, "/");
    }

    @Test
    void whenAnInstanceComesIntoService_thenItsTargetBecomesHealthyAfterOneCheck() {
        String arn = rig.targetGroup();
        rig.call(
                "CreateAutoScalingGroup",
                "{'AutoScalingGroupName':'web','MinSize':1,'MaxSize':1,'LaunchTemplate':"
                        + "{'LaunchTemplateName':'web'},'VPCZoneIdentifier':'subnet-a','TargetGroupARNs':['%s']}",
                arn);
        rig.pass(Duration.ofSeconds(13));
        String id = rig.ids().get(0);
        assertThat(rig.health(arn, id)).isEqualTo("initial");
        assertThat(probe()).contains(ProbeAnswer.http(503, "Service Temporarily Unavailable"));
        rig.pass(Duration.ofSeconds(45));
        assertThat(rig.health(arn, id)).isEqualTo("healthy");
        assertThat(probe()).contains(ProbeAnswer.http(200, ""));
    }

    @Test
    void whenItAnswersWrongly_thenIsUnhealthyAfterTwoChecksWithItsCode() {
        String arn = rig.targetGroup();
        rig.fleet.behaviour = order -> answering(500);
        rig.group(1, "'TargetGroupARNs':['" + arn + "']");
        String row = rig.balance("DescribeTargetHealth", "{'TargetGroupArn':'%s'}", arn)
                .toString();
        assertThat(row).contains("Target.ResponseCodeMismatch", "Health checks failed with these codes: [500]");
        assertThat(probe()).contains(ProbeAnswer.http(500, "hello"));
        assertThat(rig.ids()).as("the group looks at EC2 only").hasSize(1);
        assertThat(rig.lowest(rig.now()))
                .as("but not in service behind the load balancer")
                .isZero();
    }

    @Test
    void whenTheGroupListensToTheBalancer_thenUnhealthyOnesAreReplacedAfterTheGracePeriod() {
        String arn = rig.targetGroup();
        rig.fleet.behaviour = order -> answering(500);
        rig.group(1, "'HealthCheckType':'ELB','HealthCheckGracePeriod':600,'TargetGroupARNs':['" + arn + "']");
        String id = rig.ids().get(0);
        rig.passMinutes(6);
        assertThat(rig.ids()).containsExactly(id);
        rig.fleet.behaviour = order -> FakeFleet.healthy();
        rig.passMinutes(12);
        assertThat(rig.ids()).hasSize(1).doesNotContain(id);
        assertThat(rig.activities().toString()).contains("in response to an ELB system health check failure.");
    }

    @Test
    void whenAnInstanceLeaves_thenItDrainsForTheDelay() {
        String arn = rig.targetGroup();
        rig.balance(
                "ModifyTargetGroupAttributes",
                "{'TargetGroupArn':'%s','Attributes':[{'Key':'deregistration_delay.timeout_seconds','Value':'120'}]}",
                arn);
        rig.group(1, "'TargetGroupARNs':['" + arn + "']");
        String id = rig.ids().get(0);
        rig.call("SetDesiredCapacity", "{'AutoScalingGroupName':'web','DesiredCapacity':0}");
        rig.pass(Duration.ofSeconds(119));
        assertThat(rig.health(arn, id)).isEqualTo("draining");
        assertThat(rig.states()).containsExactly("Terminating");
        assertThat(rig.activities().path(0).path("StatusCode").asText()).isEqualTo("WaitingForELBConnectionDraining");
        rig.pass(Duration.ofSeconds(4));
        assertThat(rig.health(arn, id)).isEqualTo("unused");
        assertThat(rig.states()).containsExactly("Terminating:Proceed");
    }

    @Test
    void whenItBreaksLater_thenTheBalancerNoticesAfterTwoFailures() {
        String arn = rig.targetGroup();
        rig.fleet.behaviour = order -> new InstanceBehaviour(
                Duration.ofSeconds(40),
                true,
                List.of(),
                List.of(),
                new Behaviour.Breaks(Duration.ofMinutes(30), "http", null, null),
                null,
                List.of(),
                null,
                true,
                List.of());
        rig.group(1, "'TargetGroupARNs':['" + arn + "']");
        String id = rig.ids().get(0);
        rig.passMinutes(27);
        assertThat(rig.health(arn, id)).isEqualTo("healthy");
        rig.passMinutes(3);
        assertThat(rig.health(arn, id)).isEqualTo("unhealthy");
    }

    @Test
    void whenNobodyForwardsToTheGroup_thenTargetsAreUnused() {
        String arn = rig.balance("CreateTargetGroup", "{'Name':'lonely','Port':80}")
                .path("TargetGroups")
                .path(0)
                .path("TargetGroupArn")
                .asText();
        rig.group(1, "'TargetGroupARNs':['" + arn + "']");
        assertThat(rig.health(arn, rig.ids().get(0))).isEqualTo("unused");
    }

    @Test
    void whenAddingIsSuspended_thenNewInstancesAreNotRegistered() {
        String arn = rig.targetGroup();
        rig.group(0, "'TargetGroupARNs':['" + arn + "']");
        rig.call("SuspendProcesses", "{'AutoScalingGroupName':'web','ScalingProcesses':['AddToLoadBalancer']}");
        rig.call("SetDesiredCapacity", "{'AutoScalingGroupName':'web','DesiredCapacity':1}");
        rig.passMinutes(3);
        assertThat(rig.health(arn, rig.ids().get(0))).isEqualTo("unused");
    }

    @Test
    void whenARefreshLaunchesBadInstances_thenElbChecksStopItAndAutoRollbackRestores() {
        String arn = rig.targetGroup();
        rig.group(4, "'HealthCheckType':'ELB','HealthCheckGracePeriod':120,'TargetGroupARNs':['" + arn + "']");
        rig.passMinutes(5);
        rig.fleet.behaviour =
                order -> order.template().path("Version").asText().equals("2") ? answering(500) : FakeFleet.healthy();
        var from = rig.now();
        rig.refresh("'AutoRollback':true");
        rig.passMinutes(60);
        assertThat(rig.status()).isEqualTo("InProgress");
        assertThat(rig.versions()).filteredOn("1"::equals).hasSizeGreaterThanOrEqualTo(3);
        rig.passMinutes(30);
        assertThat(rig.status()).isEqualTo("RollbackSuccessful");
        assertThat(rig.versions()).containsOnly("1").hasSize(4);
        assertThat(rig.lowest(from)).isEqualTo(3);
    }

    @Test
    void whenATargetGroupIsUnknown_thenIsRefused() {
        assertThatThrownBy(() -> rig.balance("DescribeTargetHealth", "{'TargetGroupArn':'arn:none'}"))
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.code()).isEqualTo("TargetGroupNotFound"));
        assertThatThrownBy(() -> rig.group(1, "'TargetGroupARNs':['arn:none']")).isInstanceOf(AwsError.class);
    }
}
