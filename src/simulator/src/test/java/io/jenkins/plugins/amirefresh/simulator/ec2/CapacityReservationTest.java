package io.jenkins.plugins.amirefresh.simulator.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CapacityReservation;
import software.amazon.awssdk.services.ec2.model.CapacityReservationState;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Slots that launches take and terminations give back. */
class CapacityReservationTest {

    private static final String FULL =
            "The requested reservation does not have sufficient compatible and available capacity for this request.";

    private final Simulator simulator = Ec2Fixtures.simulator();
    private final Ec2Client ec2 = Ec2Fixtures.client(simulator, "AKIDMAIN");

    private String reserve(String match) {
        return ec2.createCapacityReservation(r -> r.instanceType("t3.micro")
                        .instancePlatform("Linux/UNIX")
                        .availabilityZone("eu-west-1a")
                        .instanceCount(2)
                        .instanceMatchCriteria(match))
                .capacityReservation()
                .capacityReservationId();
    }

    private CapacityReservation described(String id) {
        return ec2.describeCapacityReservations(r -> r.capacityReservationIds(id))
                .capacityReservations()
                .get(0);
    }

    private List<Instance> launch(String type, String zone, int count, String preference, String target) {
        return ec2.runInstances(r -> {
                    r.imageId(Ec2Fixtures.BASE)
                            .instanceType(type)
                            .placement(p -> p.availabilityZone(zone))
                            .minCount(count)
                            .maxCount(count);
                    if (!target.isEmpty()) {
                        r.capacityReservationSpecification(
                                s -> s.capacityReservationTarget(t -> t.capacityReservationId(target)));
                    } else if (!preference.isEmpty()) {
                        r.capacityReservationSpecification(s -> s.capacityReservationPreference(preference));
                    }
                })
                .instances();
    }

    private void refused(String type, String zone, int count, String preference, String target) {
        assertThatThrownBy(() -> launch(type, zone, count, preference, target))
                .isInstanceOfSatisfying(Ec2Exception.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ReservationCapacityExceeded");
                    assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(FULL);
                });
    }

    @Test
    void whenLaunchesTargetAReservation_thenTheyTakeItsSlotsAndTerminationGivesThemBack() {
        // given
        String id = reserve("targeted");

        // when
        List<Instance> launched = launch("t3.micro", "eu-west-1a", 2, "", id);

        // then
        assertThat(launched).extracting(Instance::capacityReservationId).containsExactly(id, id);
        assertThat(described(id).totalInstanceCount()).isEqualTo(2);
        assertThat(described(id).availableInstanceCount()).isZero();
        refused("t3.micro", "eu-west-1a", 1, "", id);
        ec2.terminateInstances(r -> r.instanceIds(launched.get(0).instanceId()));
        assertThat(described(id).availableInstanceCount()).isEqualTo(1);
        assertThat(launch("t3.micro", "eu-west-1a", 1, "", id)).hasSize(1);
    }

    @Test
    void whenALaunchDoesNotMatchItsTarget_thenItIsRefused() {
        // given
        String id = reserve("targeted");

        // then
        refused("t3.small", "eu-west-1a", 1, "", id);
        refused("t3.micro", "eu-west-1b", 1, "", id);
        refused("t3.micro", "eu-west-1a", 3, "", id);
        assertThatThrownBy(() -> launch("t3.micro", "eu-west-1a", 1, "", "cr-0123456789abcdef0"))
                .isInstanceOfSatisfying(
                        Ec2Exception.class, e -> assertThat(e.awsErrorDetails().errorCode())
                                .isEqualTo("InvalidCapacityReservationId.NotFound"));
    }

    @Test
    void whenAReservationIsOpen_thenMatchingLaunchesRunInItUnaskedAndTheOthersOnDemand() {
        // given
        String id = reserve("open");
        String targeted = reserve("targeted");

        // when
        launch("t3.micro", "eu-west-1a", 1, "none", "");
        launch("t3.small", "eu-west-1a", 1, "", "");
        Instance in = launch("t3.micro", "eu-west-1a", 1, "", "").get(0);
        launch("t3.micro", "eu-west-1a", 2, "open", "");

        // then
        assertThat(in.capacityReservationId()).isEqualTo(id);
        assertThat(described(id).availableInstanceCount()).isEqualTo(1);
        assertThat(described(targeted).availableInstanceCount()).isEqualTo(2);
        launch("t3.micro", "eu-west-1a", 1, "capacity-reservations-only", "");
        refused("t3.micro", "eu-west-1a", 1, "capacity-reservations-only", "");
    }

    @Test
    void whenAReservationEnds_thenNothingMayBeLaunchedIntoIt() {
        // given
        String cancelled = reserve("targeted");
        String limited = ec2.createCapacityReservation(r -> r.instanceType("t3.micro")
                        .instancePlatform("Linux/UNIX")
                        .availabilityZoneId("euw1-az1")
                        .instanceCount(2)
                        .endDateType("limited")
                        .endDate(Ec2Fixtures.START.plus(Duration.ofHours(1))))
                .capacityReservation()
                .capacityReservationId();
        Instance in = launch("t3.micro", "eu-west-1a", 1, "", cancelled).get(0);

        // when
        ec2.cancelCapacityReservation(r -> r.capacityReservationId(cancelled));
        Ec2Fixtures.pass(simulator, Duration.ofHours(2));

        // then
        assertThat(described(cancelled).state()).isEqualTo(CapacityReservationState.CANCELLED);
        assertThat(described(limited).state()).isEqualTo(CapacityReservationState.EXPIRED);
        assertThat(described(limited).availableInstanceCount()).isZero();
        assertThat(ec2.describeInstances(r -> r.instanceIds(in.instanceId()))
                        .reservations()
                        .get(0)
                        .instances()
                        .get(0)
                        .capacityReservationId())
                .isNull();
        refused("t3.micro", "eu-west-1a", 1, "", cancelled);
        refused("t3.micro", "eu-west-1a", 1, "", limited);
    }
}
