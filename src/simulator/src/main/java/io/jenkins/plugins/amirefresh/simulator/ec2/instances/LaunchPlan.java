package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviours.InstanceBehaviour;
import io.jenkins.plugins.amirefresh.simulator.ec2.images.Image;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.SecurityGroup;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.Subnet;
import io.jenkins.plugins.amirefresh.simulator.ec2.reservations.CapacityReservation;
import io.jenkins.plugins.amirefresh.simulator.ec2.reservations.CapacityReservations;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.ec2.templates.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A launch that nothing speaks against.
 *
 * @param parameters RunInstances' members with the template's laid under
 * @param template null when none was named
 * @param tags that every instance gets
 */
record LaunchPlan(
        ObjectNode parameters,
        @Nullable LaunchTemplateVersion template,
        Image image,
        Subnet subnet,
        List<SecurityGroup> groups,
        Tags tags,
        Tags volumeTags,
        InstanceBehaviour behaviour) {

    /**
     * Where its instances take slots; empty: in On-Demand capacity, or as Spot instances. Source: EC2 User Guide, "Capacity
     * Reservation limitations".
     *
     * @throws AwsError as {@link CapacityReservations#choose} refuses
     */
    Optional<CapacityReservation> slots(CapacityReservations reservations, int minimum, int maximum) {
        Input given = new Input(parameters);
        if (given.structure("InstanceMarketOptions").text("MarketType", "").equals("spot")) {
            return Optional.empty();
        }
        var wanted = new CapacityReservations.Wanted(
                given.required("InstanceType"), image.kind().platformDetails(), subnet.zone(), minimum, maximum);
        return reservations.choose(given.structure("CapacityReservationSpecification"), wanted);
    }

    /** The fewest instances that the request takes. */
    int minimum() {
        return new Input(parameters).number("MinCount").orElse(1);
    }

    /**
     * How many instances the request may get of its subnet.
     *
     * @throws AwsError when it asks for none, or for more than there is room for
     */
    int count() {
        int minimum = minimum();
        int maximum = new Input(parameters).number("MaxCount").orElse(minimum);
        if (minimum < 1 || maximum < minimum) {
            throw Errors.combination(
                    "The number of instances must be at least 1, and MinCount must not exceed MaxCount.");
        }
        long free = subnet.freeAddresses();
        if (free < minimum) {
            throw AwsError.client(
                    "InsufficientFreeAddressesInSubnet",
                    "There are not enough free addresses in subnet '" + subnet.id()
                            + "' to satisfy the requested number of instances.");
        }
        return (int) Math.min(maximum, free);
    }
}
