package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.recorder.Recorder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingInstanceDetails;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshInProgressException;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** The AWS SDK against the simulator's own EC2, load balancing and Auto Scaling. */
class FleetSdkTest {

    private static final String WEB =
            """
            start: "2026-11-22T17:00:00Z"
            seed: 7
            accounts:
              - id: "111111111111"
                alias: main
                accessKeys: [AKIAMAINEXAMPLE00001]
                regions:
                  - name: eu-west-1
                    images:
                      - {name: web-1}
                      - {name: web-2}
                    launchTemplates:
                      - name: web
                        defaultVersion: 1
                        versions:
                          - {image: web-1, instanceType: t3.micro}
                          - {image: web-2, instanceType: t3.micro}
                    targetGroups:
                      - {name: web, port: 80, loadBalancer: web, deregistrationDelay: 60}
                    autoScalingGroups:
                      - name: web
                        launchTemplate: web
                        version: "1"
                        min: 2
                        desired: 4
                        max: 6
                        targetGroups: [web]
                        healthCheckType: ELB
                        healthCheckGracePeriod: 300
                        defaultInstanceWarmup: 60
                        tags: {Environment: dev}
            """;

    private static final AccountRegion AT = new AccountRegion("111111111111", "eu-west-1");

    private final Simulator simulator = Simulator.of(new AccountReader().read("test", WEB));
    private final StaticCredentialsProvider credentials =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAMAINEXAMPLE00001", "secret"));
    private final AutoScalingClient autoScaling = AutoScalingClient.builder()
            .region(Region.EU_WEST_1)
            .credentialsProvider(credentials)
            .httpClient(simulator.sdkHttpClient())
            .build();
    private final ElasticLoadBalancingV2Client balancing = ElasticLoadBalancingV2Client.builder()
            .region(Region.EU_WEST_1)
            .credentialsProvider(credentials)
            .httpClient(simulator.sdkHttpClient())
            .build();
    private final Ec2Client ec2 = Ec2Client.builder()
            .region(Region.EU_WEST_1)
            .credentialsProvider(credentials)
            .httpClient(simulator.sdkHttpClient())
            .build();

    private void passMinutes(long minutes) {
        simulator.advanceTo(simulator.now().plus(Duration.ofMinutes(minutes)));
    }

    private AutoScalingGroup group() {
        return autoScaling
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames("web"))
                .autoScalingGroups()
                .get(0);
    }

    private InstanceRefresh refresh() {
        return autoScaling
                .describeInstanceRefreshes(r -> r.autoScalingGroupName("web"))
                .instanceRefreshes()
                .get(0);
    }

    private List<TargetHealthStateEnum> targetStates() {
        String arn = balancing
                .describeTargetGroups(r -> r.names("web"))
                .targetGroups()
                .get(0)
                .targetGroupArn();
        return balancing.describeTargetHealth(r -> r.targetGroupArn(arn)).targetHealthDescriptions().stream()
                .map(description -> description.targetHealth().state())
                .toList();
    }

    @Test
    void whenMetricsAreEnabledAndDisabled_thenTheGroupShowsThem() {
        // when
        autoScaling.enableMetricsCollection(r -> r.autoScalingGroupName("web").granularity("1Minute"));
        autoScaling.disableMetricsCollection(r -> r.autoScalingGroupName("web").metrics("GroupMinSize"));

        // then
        assertThat(group().enabledMetrics()).hasSize(19).noneMatch(metric -> metric.metric()
                .equals("GroupMinSize"));
    }

    @Test
    void whenTheAccountBegins_thenItsGroupIsSettled() {
        AutoScalingGroup group = group();

        assertThat(group.instances())
                .hasSize(4)
                .allSatisfy(instance -> assertThat(instance.lifecycleState()).isEqualTo(LifecycleState.IN_SERVICE))
                .allSatisfy(instance ->
                        assertThat(instance.launchTemplate().version()).isEqualTo("1"));
        assertThat(group.tags()).extracting(tag -> tag.key()).containsExactly("Environment");
        assertThat(targetStates()).containsOnly(TargetHealthStateEnum.HEALTHY).hasSize(4);
        assertThat(simulator.recorded((Recorder recorder) ->
                        recorder.lowestServing(AT, "web", Instant.parse("2026-11-22T17:00:00Z"), simulator.now())))
                .contains(4);
    }

    @Test
    void whenRefreshed_thenBecomesSuccessfulWithinItsBounds() {
        Instant from = simulator.now();
        String id = autoScaling
                .startInstanceRefresh(r -> r.autoScalingGroupName("web")
                        .desiredConfiguration(c -> c.launchTemplate(
                                t -> t.launchTemplateName("web").version("2")))
                        .preferences(p ->
                                p.minHealthyPercentage(75).autoRollback(true).skipMatching(true)))
                .instanceRefreshId();
        assertThatThrownBy(() -> autoScaling.startInstanceRefresh(r -> r.autoScalingGroupName("web")))
                .isInstanceOf(InstanceRefreshInProgressException.class);

        passMinutes(60);

        assertThat(refresh().instanceRefreshId()).isEqualTo(id);
        assertThat(refresh().status()).isEqualTo(InstanceRefreshStatus.SUCCESSFUL);
        assertThat(group().instances()).hasSize(4).allSatisfy(instance -> assertThat(
                        instance.launchTemplate().version())
                .isEqualTo("2"));
        assertThat(group().launchTemplate().version()).isEqualTo("2");
        assertThat(targetStates()).containsOnly(TargetHealthStateEnum.HEALTHY).hasSize(4);
        int lowest = simulator.recorded(recorder ->
                recorder.lowestServing(AT, "web", from, simulator.now()).orElse(-1));
        assertThat(lowest).isEqualTo(3);
        assertThat(autoScaling
                        .describeScalingActivities(r -> r.autoScalingGroupName("web"))
                        .activities())
                .hasSize(8)
                .allSatisfy(
                        activity -> assertThat(activity.statusCode()).isEqualTo(ScalingActivityStatusCode.SUCCESSFUL))
                .allSatisfy(activity -> assertThat(activity.cause()).contains("in response to an instance refresh"));
    }

    @Test
    void whenAnInstanceIsTerminatedInEc2_thenTheGroupReplacesIt() {
        String id = group().instances().get(0).instanceId();
        ec2.terminateInstances(r -> r.instanceIds(id));

        passMinutes(10);

        assertThat(group().instances())
                .hasSize(4)
                .extracting(instance -> instance.instanceId())
                .doesNotContain(id);
        assertThat(autoScaling
                        .describeAutoScalingInstances(r -> r.instanceIds(id))
                        .autoScalingInstances())
                .isEmpty();
        assertThat(autoScaling.describeAutoScalingInstances().autoScalingInstances())
                .extracting(AutoScalingInstanceDetails::healthStatus)
                .containsOnly("HEALTHY");
    }

    @Test
    void whenTheAmiIsGone_thenTheLaunchFailsAsInAws() {
        String image = ec2.describeImages(r -> r.owners("self")
                        .filters(Filter.builder().name("name").values("web-1").build()))
                .images()
                .get(0)
                .imageId();
        ec2.deregisterImage(r -> r.imageId(image));
        autoScaling.setDesiredCapacity(r -> r.autoScalingGroupName("web").desiredCapacity(5));

        passMinutes(1);

        var activity = autoScaling
                .describeScalingActivities(r -> r.autoScalingGroupName("web"))
                .activities()
                .get(0);
        assertThat(activity.statusCode()).isEqualTo(ScalingActivityStatusCode.FAILED);
        assertThat(activity.statusMessage()).contains(image).endsWith("Launching EC2 instance failed.");
    }
}
