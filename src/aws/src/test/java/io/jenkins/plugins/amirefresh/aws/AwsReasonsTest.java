package io.jenkins.plugins.amirefresh.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups.DesiredCapacity;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.ClassicState;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.LifecycleHook;
import io.jenkins.plugins.amirefresh.model.LifecycleHook.Transition;
import io.jenkins.plugins.amirefresh.model.TargetState;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What AWS says of how long it waits, and why something is as it is. */
class AwsReasonsTest {

    private static final AutoScalingGroupName WEB = new AutoScalingGroupName("web");

    private final Simulator simulator = Simulator.of(
            new AccountReader()
                    .read(
                            "reasons.yaml",
                            """
                    start: "2026-11-22T12:00:00Z"
                    accounts:
                      - id: "111111111111"
                        regions:
                          - name: eu-west-1
                            images: [{name: web}]
                            launchTemplates: [{name: web, versions: [{image: web}]}]
                            targetGroups:
                              - {name: web, port: 8080, healthCheckPath: /health, healthCheckInterval: 10, deregistrationDelay: 3600, loadBalancer: web}
                            loadBalancers:
                              - {name: drains, healthCheck: "HTTP:80/health", healthCheckInterval: 10, healthyThreshold: 2, connectionDraining: 120}
                              - {name: lets-go}
                            autoScalingGroups:
                              - name: web
                                launchTemplate: web
                                min: 1
                                desired: 2
                                max: 4
                                targetGroups: [web]
                                loadBalancers: [drains]
                                request:
                                  LifecycleHookSpecificationList:
                                    - {LifecycleHookName: in, LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING", HeartbeatTimeout: 60}
                                    - {LifecycleHookName: out, LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING", HeartbeatTimeout: 7200, DefaultResult: CONTINUE}
                    behaviours:
                      - {match: {}, boot: 10s, http: [{path: /health, status: 500}]}
                    """));
    private final InstantSource time = simulator::now;
    private final AwsClouds clouds =
            new AwsClouds(Fixtures.connection(simulator.sdkHttpClient(), time.withZone(ZoneOffset.UTC)), "weekly", 12);
    private final Cloud cloud = clouds.cloud(AccountAccess.SELF, Fixtures.IRELAND);

    @AfterEach
    void close() {
        clouds.close();
    }

    private GroupObservation web() {
        return cloud.autoScalingGroups().named(List.of(WEB)).get(0);
    }

    @Test
    void whenHooksAreRead_thenTheySayHowLongTheyMayTake() {
        // when
        List<LifecycleHook> hooks = cloud.autoScalingGroups().lifecycleHooks(WEB);

        // then
        assertThat(hooks)
                .containsExactlyInAnyOrder(
                        new LifecycleHook(
                                "in", Transition.LAUNCHING, Duration.ofMinutes(1), "ABANDON", Duration.ofMinutes(100)),
                        new LifecycleHook(
                                "out", Transition.TERMINATING, Duration.ofHours(2), "CONTINUE", Duration.ofHours(48)));
    }

    @Test
    void whenDrainTimesAreRead_thenBothKindsOfBalancersSayThem() {
        // when
        Duration delay =
                cloud.targetGroups().deregistrationDelay(web().targetGroups().get(0));

        // then
        assertThat(delay).isEqualTo(Duration.ofHours(1));
        assertThat(cloud.classicLoadBalancers().drainTime("drains")).isEqualTo(Duration.ofMinutes(2));
        assertThat(cloud.classicLoadBalancers().drainTime("lets-go")).isEqualTo(Duration.ZERO);
    }

    @Test
    void whenAnApplicationAnswersWrongly_thenBothKindsOfBalancersSayWhy() {
        // given: the replacement is the first that is asked
        InstanceId old = web().instances().get(0).id();
        cloud.autoScalingGroups().terminate(old, DesiredCapacity.KEEP);
        simulator.advanceTo(simulator.now().plus(Duration.ofMinutes(4)));

        // when
        var targets = cloud.targetGroups().health(web().targetGroups().get(0)).values();
        var classic = cloud.classicLoadBalancers().health("drains").values();

        // then
        assertThat(targets)
                .extracting(TargetState::text)
                .contains(
                        "draining (Target.DeregistrationInProgress: Target deregistration is in progress)",
                        "unhealthy (Target.ResponseCodeMismatch: Health checks failed with these codes: [500])");
        assertThat(classic)
                .extracting(ClassicState::text)
                .contains("OutOfService (Instance: Instance has failed at least the UnhealthyThreshold number of health"
                        + " checks consecutively.)");
    }

    @Test
    void whenAnInstanceIsGone_thenEc2SaysWhy() {
        // given
        InstanceId old = web().instances().get(0).id();
        cloud.autoScalingGroups().terminate(old, DesiredCapacity.KEEP);
        simulator.advanceTo(simulator.now().plus(Duration.ofMinutes(182)));

        // when
        var gone = cloud.instances().describe(List.of(old));

        // then
        assertThat(gone).singleElement().satisfies(instance -> assertThat(instance.stateReason())
                .isEqualTo("Client.UserInitiatedShutdown: User initiated shutdown"));
    }
}
