package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancing.model.InstanceState;
import software.amazon.awssdk.services.elasticloadbalancing.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerNotFoundException;

/** A group behind a classic load balancer, by the AWS SDK. */
class ClassicLoadBalancerTest {

    private static final String YAML = SdkAccount.WEB
            .replace(
                    "autoScalingGroups:",
                    """
                    loadBalancers:
                              - {name: front, instancePort: 8080, healthCheck: "HTTP:8080/health", healthCheckInterval: 10s, healthyThreshold: 3, connectionDraining: 60s}
                            autoScalingGroups:""")
            .replace("max: 4}", "max: 4, loadBalancers: [front], healthCheckType: ELB, healthCheckGracePeriod: 5m}");

    private final SdkAccount account = new SdkAccount(YAML);
    private final ElasticLoadBalancingClient balancing = account.client(ElasticLoadBalancingClient.builder());

    private List<InstanceState> health() {
        return balancing
                .describeInstanceHealth(r -> r.loadBalancerName("front"))
                .instanceStates();
    }

    private List<String> states() {
        return account.autoScaling.describeLoadBalancers(r -> r.autoScalingGroupName("web")).loadBalancers().stream()
                .map(state -> state.loadBalancerName() + " " + state.state())
                .toList();
    }

    @Test
    void whenTheAccountStarts_thenItsInstancesAreInServiceBehindTheBalancer() {
        assertThat(health()).hasSize(2).allSatisfy(state -> assertThat(state.state())
                .isEqualTo("InService"));
        assertThat(account.group().loadBalancerNames()).containsExactly("front");
        assertThat(account.group().targetGroupARNs()).isEmpty();
        assertThat(states()).containsExactly("front InService");
        assertThat(account.simulator.probe("front-1234567890.eu-west-1.elb.amazonaws.com", 80, "/health"))
                .get()
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(200));
    }

    @Test
    void whenANewInstanceRegisters_thenItIsOutOfServiceUntilItHasPassedThreeChecks() {
        // given
        account.autoScaling.setDesiredCapacity(
                r -> r.autoScalingGroupName("web").desiredCapacity(3));
        account.pass(Duration.ofSeconds(16));

        // then
        assertThat(health())
                .filteredOn(state -> state.state().equals("OutOfService"))
                .singleElement()
                .satisfies(state -> assertThat(state.reasonCode()).isEqualTo("ELB"));
        account.pass(Duration.ofSeconds(70));
        assertThat(health()).extracting(InstanceState::state).containsOnly("InService");
    }

    @Test
    void whenAnInstanceLeaves_thenItDrainsBeforeItIsTerminated() {
        // given
        Instance leaving = account.group().instances().get(0);

        // when
        account.autoScaling.terminateInstanceInAutoScalingGroup(
                r -> r.instanceId(leaving.instanceId()).shouldDecrementDesiredCapacity(true));
        account.pass(Duration.ofSeconds(30));

        // then
        assertThat(health())
                .filteredOn(state -> state.instanceId().equals(leaving.instanceId()))
                .singleElement()
                .satisfies(state ->
                        assertThat(state.description()).isEqualTo("Instance deregistration currently in progress."));
        assertThat(account.group().instances())
                .extracting(Instance::lifecycleStateAsString)
                .contains("Terminating");
        account.pass(Duration.ofSeconds(90));
        assertThat(health()).hasSize(1);
        assertThat(account.group().instances()).hasSize(1);
    }

    @Test
    void whenTheHealthCheckAsksForWhatNobodyAnswers_thenTheGroupReplacesItsInstances() {
        // given
        SdkAccount broken = new SdkAccount(
                YAML
                        + """
                behaviours:
                  - match: {image: web-1}
                    http: [{path: /new, status: 500}]
                """);
        var balancer = broken.client(ElasticLoadBalancingClient.builder());
        List<String> before =
                broken.group().instances().stream().map(Instance::instanceId).toList();

        // when
        balancer.configureHealthCheck(r -> r.loadBalancerName("front").healthCheck(c -> c.target("HTTP:8080/new")
                .interval(10)
                .timeout(5)
                .unhealthyThreshold(2)
                .healthyThreshold(2)));
        broken.pass(Duration.ofMinutes(5));

        // then
        assertThat(broken.group().instances()).extracting(Instance::instanceId).doesNotContainAnyElementsOf(before);
        assertThat(broken.autoScaling
                        .describeScalingActivities(r -> r.autoScalingGroupName("web"))
                        .activities())
                .anyMatch(activity -> activity.cause().contains("ELB system health check failure"));
    }

    @Test
    void whenABalancerIsAttachedAndDetached_thenItsStateSaysSo() {
        // given
        balancing.createLoadBalancer(r -> r.loadBalancerName("second")
                .availabilityZones("eu-west-1a")
                .listeners(Listener.builder()
                        .protocol("HTTP")
                        .loadBalancerPort(80)
                        .instancePort(8080)
                        .build()));

        // when
        account.autoScaling.attachLoadBalancers(
                r -> r.autoScalingGroupName("web").loadBalancerNames("second"));

        // then
        assertThat(states()).containsExactly("front InService", "second Added");
        account.pass(Duration.ofMinutes(6));
        assertThat(states()).containsExactly("front InService", "second InService");
        account.autoScaling.detachLoadBalancers(
                r -> r.autoScalingGroupName("web").loadBalancerNames("front"));
        assertThat(states()).containsExactly("front Removing", "second InService");
        account.pass(Duration.ofMinutes(2));
        assertThat(states()).containsExactly("second InService");
        assertThat(health()).isEmpty();
    }

    @Test
    void whenThereIsNoSuchBalancer_thenBothServicesSayItInTheirWords() {
        assertThatThrownBy(() -> balancing.describeInstanceHealth(r -> r.loadBalancerName("none")))
                .isInstanceOf(LoadBalancerNotFoundException.class)
                .hasMessageContaining("There is no ACTIVE Load Balancer named 'none'");
        assertThatThrownBy(() -> account.autoScaling.attachLoadBalancers(
                        r -> r.autoScalingGroupName("web").loadBalancerNames("none")))
                .isInstanceOf(AutoScalingException.class)
                .hasMessageContaining("Provided Load Balancers may not be valid");
    }
}
