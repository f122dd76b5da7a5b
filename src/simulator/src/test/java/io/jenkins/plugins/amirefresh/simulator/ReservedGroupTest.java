package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.simulator.account.AccountFileException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.CapacityReservationPreference;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

/** Groups whose instances may or must run in Capacity Reservations. */
class ReservedGroupTest {

    private static final String A = "cr-0aaaaaaaaaaaaaaaa";
    private static final String B = "cr-0bbbbbbbbbbbbbbbb";
    private static final String FULL = "The requested reservation does not have sufficient compatible and available"
            + " capacity for this request. Launching EC2 instance failed.";

    /** Two of its instances fit in each zone's reservation, three in all. */
    private static String account(String specification) {
        return SdkAccount.WEB
                .replace(
                        "images:",
                        """
                        capacityReservations:
                                  - {id: %s, instanceType: t3.micro, zone: eu-west-1a, instances: 2, match: targeted,
                                     resourceGroup: "arn:aws:resource-groups:eu-west-1:111111111111:group/web"}
                                  - {id: %s, instanceType: t3.micro, zone: eu-west-1b, instances: 1, match: targeted}
                                images:"""
                                .formatted(A, B))
                .replace("max: 4}", "max: 4, request: {CapacityReservationSpecification: " + specification + "}}");
    }

    private static SdkAccount with(String specification) {
        return new SdkAccount(account(specification));
    }

    private static int free(SdkAccount account, String id) {
        return account.ec2
                .describeCapacityReservations(r -> r.capacityReservationIds(id))
                .capacityReservations()
                .get(0)
                .availableInstanceCount();
    }

    private static int running(SdkAccount account, int desired) {
        account.autoScaling.setDesiredCapacity(
                r -> r.autoScalingGroupName("web").desiredCapacity(desired));
        account.pass(Duration.ofMinutes(3));
        return account.group().instances().size();
    }

    private static final String BOTH = "{CapacityReservationPreference: capacity-reservations-%s,"
            + " CapacityReservationTarget: {CapacityReservationIds: [" + A + ", " + B + "]}}";

    @Test
    void whenAGroupTakesReservationsOnly_thenItFillsThemWhereverTheyAreAndNoMore() {
        // given
        SdkAccount account = with(BOTH.formatted("only"));

        // when
        int running = running(account, 4);

        // then
        assertThat(running).isEqualTo(3);
        assertThat(free(account, A) + free(account, B)).isZero();
        assertThat(account.group().capacityReservationSpecification().capacityReservationPreference())
                .isEqualTo(CapacityReservationPreference.CAPACITY_RESERVATIONS_ONLY);
        Activity last = account.autoScaling
                .describeScalingActivities(r -> r.autoScalingGroupName("web"))
                .activities()
                .get(0);
        assertThat(last.statusCode()).isEqualTo(ScalingActivityStatusCode.FAILED);
        assertThat(last.statusMessage()).isEqualTo(FULL);
    }

    @Test
    void whenAnInstanceIsReplaced_thenTheNewOneTakesItsSlot() {
        // given
        SdkAccount account = with(BOTH.formatted("only"));
        running(account, 3);
        String old = account.group().instances().get(0).instanceId();

        // when
        account.autoScaling.terminateInstanceInAutoScalingGroup(
                r -> r.instanceId(old).shouldDecrementDesiredCapacity(false));
        account.pass(Duration.ofMinutes(5));

        // then
        assertThat(account.group().instances()).hasSize(3).noneMatch(instance -> instance.instanceId()
                .equals(old));
    }

    @Test
    void whenAGroupPrefersReservations_thenTheRestRunsOnDemand() {
        // given
        SdkAccount first = with(BOTH.formatted("first"));
        SdkAccount none = with("{CapacityReservationPreference: none}");

        // then
        assertThat(running(first, 4)).isEqualTo(4);
        assertThat(free(first, B)).isZero();
        assertThat(free(first, A)).isLessThan(2);
        assertThat(running(none, 4)).isEqualTo(4);
        assertThat(free(none, A) + free(none, B)).isEqualTo(3);
    }

    @Test
    void whenAGroupTakesAResourceGroupOnly_thenItsReservationsLimitIt() {
        // given
        SdkAccount account = with("{CapacityReservationPreference: capacity-reservations-only,"
                + " CapacityReservationTarget: {CapacityReservationResourceGroupArns:"
                + " [\"arn:aws:resource-groups:eu-west-1:111111111111:group/web\"]}}");

        // then
        assertThat(running(account, 4)).isEqualTo(2);
        assertThat(free(account, A)).isZero();
    }

    @Test
    void whenTheTemplateTargetsAReservation_thenTheGroupsOwnPreferenceDecides() {
        // given
        UnaryOperator<String> targeting = text -> text.replace(
                "{image: web-1, instanceType: t3.micro}",
                "{image: web-1, instanceType: t3.micro, request: {CapacityReservationSpecification:"
                        + " {CapacityReservationTarget: {CapacityReservationId: " + A + "}}}}");

        // when
        SdkAccount byDefault = new SdkAccount(targeting.apply(account("{CapacityReservationPreference: default}")));
        SdkAccount none = new SdkAccount(targeting.apply(account("{CapacityReservationPreference: none}")));

        // then
        assertThat(running(byDefault, 4)).isEqualTo(2);
        assertThat(running(none, 4)).isEqualTo(4);
    }

    @Test
    void whenTheDeclaredInstancesDoNotFit_thenTheAccountFileIsRefused() {
        assertThatThrownBy(() -> new SdkAccount(account(BOTH.formatted("only")).replace("desired: 2", "desired: 4")))
                .isInstanceOf(AccountFileException.class)
                .hasMessageContaining("AWS would refuse the Auto Scaling group 'web': The requested reservation");
    }

    @Test
    void whenAPreferenceTakesNoTarget_thenTheRequestIsRefused() {
        // given
        SdkAccount account = with("{CapacityReservationPreference: default}");

        // then
        assertThatThrownBy(() -> account.autoScaling.updateAutoScalingGroup(r -> r.autoScalingGroupName("web")
                        .capacityReservationSpecification(s -> s.capacityReservationPreference("none")
                                .capacityReservationTarget(t -> t.capacityReservationIds(A)))))
                .isInstanceOfSatisfying(
                        AutoScalingException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError"));
    }
}
