package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.recorder.GroupSample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/** What the recorder and the fleet call serving: what users of the service would. */
class ServingTest {

    private static final AccountRegion AT = new AccountRegion("111111111111", "eu-west-1");

    private static String behind(String balancer, String group) {
        return SdkAccount.WEB
                .replace("autoScalingGroups:", balancer + "\n        autoScalingGroups:")
                .replace("max: 4}", "max: 4, " + group + "}");
    }

    private static String answering(String image, String boot, int status) {
        return """
                behaviours:
                  - {match: {image: %s}, boot: %s, http: [{path: /, status: %d}]}
                """
                .formatted(image, boot, status);
    }

    private static void refresh(SdkAccount account) {
        account.autoScaling.startInstanceRefresh(r -> r.autoScalingGroupName("web")
                .desiredConfiguration(
                        d -> d.launchTemplate(t -> t.launchTemplateName("web").version("2"))));
    }

    private static int lowest(SdkAccount account, Instant from) {
        return account.simulator
                .recorded(recorder -> recorder.lowestServing(AT, "web", from, account.simulator.now()))
                .orElseThrow();
    }

    private static JsonNode group(SdkAccount account) {
        return account.simulator.fleet().path("groups").path(0);
    }

    @Test
    void whenAwsEndsWhatServesForWhatTheBalancerRefuses_thenNothingServesThoughAwsFindsAllHealthy() {
        // given
        String balancer = "targetGroups: [{name: web, loadBalancer: web, healthCheckInterval: 10}]";
        SdkAccount account = new SdkAccount(
                behind(balancer, "targetGroups: [web], healthCheckType: EC2") + answering("web-2", "30s", 503));
        Instant from = account.simulator.now();

        // when
        refresh(account);
        account.pass(Duration.ofMinutes(45));

        // then
        assertThat(account.group().instances())
                .allSatisfy(instance -> assertThat(instance.healthStatus()).isEqualTo("Healthy"));
        assertThat(lowest(account, from)).isZero();
        assertThat(group(account).path("instances")).hasSize(2).allSatisfy(instance -> assertThat(
                        instance.path("serving").asBoolean(true))
                .isFalse());
    }

    @Test
    void whenOneOfTwoTargetGroupsDrainsAnInstance_thenItDoesNotServe() {
        // given
        String balancer =
                "targetGroups: [{name: web, loadBalancer: web}, {name: api, loadBalancer: api, deregistrationDelay: 600}]";
        SdkAccount account = new SdkAccount(behind(balancer, "targetGroups: [web, api]"));
        AutoScalingGroup group = account.group();
        Instant from = account.simulator.now();

        // when
        ElasticLoadBalancingV2Client balancing = account.client(ElasticLoadBalancingV2Client.builder());
        TargetDescription first = TargetDescription.builder()
                .id(group.instances().get(0).instanceId())
                .build();
        balancing.deregisterTargets(
                r -> r.targetGroupArn(group.targetGroupARNs().get(1)).targets(first));

        // then
        assertThat(lowest(account, from)).isEqualTo(1);
    }

    @Test
    void whenTheApplicationAnswersMinutesAfterTheInstanceRuns_thenItServesFromThenOn() {
        // given
        SdkAccount account = new SdkAccount(
                behind("targetGroups: []", "healthCheckGracePeriod: 60s") + answering("web-2", "5m", 200));
        Instant from = account.simulator.now();

        // when
        refresh(account);
        account.pass(Duration.ofMinutes(45));

        // then
        assertThat(lowest(account, from)).isZero();
        Optional<GroupSample> now =
                account.simulator.recorded(recorder -> recorder.at(AT, "web", account.simulator.now()));
        assertThat(now)
                .hasValueSatisfying(sample -> assertThat(sample.serving()).isEqualTo(2));
    }

    @Test
    void whenNothingCanTellReadiness_thenInServiceAndHealthyIsAll() {
        // given
        SdkAccount account = new SdkAccount(
                behind("targetGroups: []", "healthCheckGracePeriod: 0s") + answering("web-2", "5m", 200));
        Instant from = account.simulator.now();

        // when
        refresh(account);
        account.pass(Duration.ofMinutes(45));

        // then
        assertThat(lowest(account, from)).isEqualTo(1);
        List<Integer> answering = account.simulator.recorded(
                recorder -> recorder.history(AT, "web", from, account.simulator.now()).values().stream()
                        .map(GroupSample::answering)
                        .toList());
        assertThat(answering).as("what a person would see is kept beside it").contains(0);
    }

    @Test
    void whenTheAmiIsGone_thenTheGroupLaunchesNothingAndItsInstancesStillSayWhatTheyRun() {
        // given
        SdkAccount account = new SdkAccount(SdkAccount.WEB);
        String ami = group(account).path("instances").path(0).path("ami").asText();

        // when
        account.ec2.deregisterImage(r -> r.imageId(ami));

        // then
        JsonNode fleet = account.simulator.fleet();
        assertThat(group(account).path("launches").isNull()).isTrue();
        assertThat(group(account).path("instances").path(0).path("imageName").asText())
                .isEqualTo("web-1");
        assertThat(fleet.path("launchTemplates")
                        .path(0)
                        .path("defaultImageName")
                        .isNull())
                .isTrue();
        assertThat(fleet.path("images"))
                .noneMatch(image -> image.path("ami").asText().equals(ami));
    }
}
