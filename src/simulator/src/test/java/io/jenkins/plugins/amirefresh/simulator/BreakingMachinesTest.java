package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.MarketType;

/** Machines of AMIs that break some time after boot, and Spot instances that AWS takes back. */
class BreakingMachinesTest {

    private static SdkAccount account(String image, String breaks) {
        return new SdkAccount(SdkAccount.WEB
                        .replace(
                                "autoScalingGroups:",
                                """
                                targetGroups: [{name: web, loadBalancer: web, healthCheckInterval: 10, deregistrationDelay: 10}]
                                        autoScalingGroups:""")
                        .replace(
                                "max: 4}",
                                "max: 4, targetGroups: [web], healthCheckType: ELB, healthCheckGracePeriod: 3m}")
                + """
                behaviours:
                  - match: {image: %s}
                    boot: 30s
                    breaks: {after: 10m, how: %s}
                """
                        .formatted(image, breaks));
    }

    private static void refresh(SdkAccount account) {
        account.autoScaling.startInstanceRefresh(r -> r.autoScalingGroupName("web")
                .desiredConfiguration(
                        d -> d.launchTemplate(t -> t.launchTemplateName("web").version("2")))
                .preferences(p -> p.instanceWarmup(60)));
    }

    private static List<String> ids(SdkAccount account) {
        return account.group().instances().stream().map(Instance::instanceId).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "http, an ELB system health check failure",
        "connection, an ELB system health check failure",
        "status-checks, an EC2 instance status check failure",
        "terminate, an EC2 health check indicating it has been terminated or stopped"
    })
    void whenTheNewAmiBreaksAfterTenMinutes_thenTheGroupReplacesItsMachinesOverAndOver(String how, String cause) {
        // given
        SdkAccount account = account("web-2", how);
        List<String> before = ids(account);
        refresh(account);

        // when
        account.pass(Duration.ofMinutes(45));

        // then
        assertThat(ids(account)).doesNotContainAnyElementsOf(before);
        assertThat(account.autoScaling
                        .describeScalingActivities(r -> r.autoScalingGroupName("web"))
                        .activities())
                .extracting(Activity::cause)
                .anyMatch(text -> text.contains(cause));
    }

    @Test
    void whenASpotInstanceIsTakenBack_thenItHasTwoMinutesAndSaysWhy() {
        // given
        SdkAccount account = account("web-1", "spot-interruption");
        String image = account.ec2
                .describeImages(r ->
                        r.filters(Filter.builder().name("name").values("web-1").build()))
                .images()
                .get(0)
                .imageId();
        String spot = account.ec2
                .runInstances(r -> r.imageId(image)
                        .instanceType("t3.micro")
                        .minCount(1)
                        .maxCount(1)
                        .instanceMarketOptions(m -> m.marketType(MarketType.SPOT)))
                .instances()
                .get(0)
                .instanceId();

        // when
        account.pass(Duration.ofMinutes(12));
        var noticed = state(account, spot);
        account.pass(Duration.ofMinutes(1));

        // then
        assertThat(noticed).isEqualTo(InstanceStateName.RUNNING);
        assertThat(account.simulator.effects())
                .anyMatch(effect -> effect.resource().equals(spot)
                        && effect.change().equals("spot interruption announced")
                        && effect.at().equals(Fixtures.START.plusSeconds(630)));
        assertThat(state(account, spot)).isIn(InstanceStateName.SHUTTING_DOWN, InstanceStateName.TERMINATED);
        assertThat(account.ec2
                        .describeInstances(r -> r.instanceIds(spot))
                        .reservations()
                        .get(0)
                        .instances()
                        .get(0)
                        .stateReason()
                        .code())
                .isEqualTo("Server.SpotInstanceTermination");
        assertThat(ids(account)).as("on-demand instances stay").hasSize(2);
    }

    private static InstanceStateName state(SdkAccount account, String id) {
        return account.ec2
                .describeInstances(r -> r.instanceIds(id))
                .reservations()
                .get(0)
                .instances()
                .get(0)
                .state()
                .name();
    }
}
