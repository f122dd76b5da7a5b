package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/**
 * One instance that a group wants from EC2.
 *
 * @param template a {@code LaunchTemplateSpecification}
 * @param subnetId empty when the group names zones only
 * @param instanceType overrides the template's
 * @param imageId overrides the template's
 * @param reservation the group's {@code CapacityReservationSpecification}, empty when it has none
 * @param tags on top of the template's
 */
public record Order(
        String group,
        ObjectNode template,
        String zone,
        Optional<String> subnetId,
        Optional<String> instanceType,
        Optional<String> imageId,
        boolean spot,
        ObjectNode reservation,
        Map<String, String> tags) {

    public Order {
        tags = Map.copyOf(tags);
    }
}
