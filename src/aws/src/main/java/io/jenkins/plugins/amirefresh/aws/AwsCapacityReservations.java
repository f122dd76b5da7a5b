package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.CapacityReservations;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeCapacityReservationsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceMatchCriteria;

/** Capacity Reservations over the AWS SDK. */
final class AwsCapacityReservations implements CapacityReservations {

    // Source: EC2 API reference, DescribeCapacityReservations, MaxResults.
    private static final int PAGE = 1000;

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsCapacityReservations(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public List<CapacityReservation> all() {
        return Pages.all(
                        token -> calls.paced("DescribeCapacityReservations", "", () -> clients.ec2()
                                .describeCapacityReservations(
                                        request -> request.maxResults(PAGE).nextToken(token))),
                        DescribeCapacityReservationsResponse::nextToken)
                .stream()
                .flatMap(page -> page.capacityReservations().stream())
                .map(reservation -> new CapacityReservation(
                        Pages.text(reservation.capacityReservationId()),
                        Pages.text(reservation.stateAsString()),
                        Pages.text(reservation.instanceType()),
                        Pages.text(reservation.availabilityZone()),
                        Pages.number(reservation.totalInstanceCount()),
                        Pages.number(reservation.availableInstanceCount()),
                        reservation.instanceMatchCriteria() == InstanceMatchCriteria.OPEN))
                .toList();
    }
}
