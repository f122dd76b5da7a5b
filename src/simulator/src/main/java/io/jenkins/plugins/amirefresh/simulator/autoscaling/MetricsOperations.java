package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.List;
import java.util.Map;

/** Which metrics a group publishes. Source: EC2 Auto Scaling API Reference, "EnableMetricsCollection". */
final class MetricsOperations {

    private static final String GRANULARITY = "1Minute";

    private static final List<String> METRICS = List.of(
            "GroupMinSize",
            "GroupMaxSize",
            "GroupDesiredCapacity",
            "GroupInServiceInstances",
            "GroupPendingInstances",
            "GroupStandbyInstances",
            "GroupTerminatingInstances",
            "GroupTotalInstances",
            "GroupInServiceCapacity",
            "GroupPendingCapacity",
            "GroupStandbyCapacity",
            "GroupTerminatingCapacity",
            "GroupTotalCapacity",
            "WarmPoolDesiredCapacity",
            "WarmPoolWarmedCapacity",
            "WarmPoolPendingCapacity",
            "WarmPoolTerminatingCapacity",
            "WarmPoolTotalCapacity",
            "GroupAndWarmPoolDesiredCapacity",
            "GroupAndWarmPoolTotalCapacity");

    private final Ground ground;
    private final Lookup lookup;

    MetricsOperations(Ground ground, Lookup lookup) {
        this.ground = ground;
        this.lookup = lookup;
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("EnableMetricsCollection", this::enable);
        operations.put("DisableMetricsCollection", this::disable);
        operations.put("DescribeMetricCollectionTypes", call -> types());
    }

    private ObjectNode enable(ServiceCall call) {
        Group group = lookup.group(call);
        if (!call.input().path("Granularity").asText().equals(GRANULARITY)) {
            throw Fields.invalid("The only valid granularity is 1Minute.");
        }
        group.enabledMetrics().addAll(named(call));
        ground.world().events().append(group.at(), group.name(), "metrics enabled: " + group.enabledMetrics());
        return Fields.object();
    }

    private ObjectNode disable(ServiceCall call) {
        Group group = lookup.group(call);
        named(call).forEach(group.enabledMetrics()::remove);
        ground.world().events().append(group.at(), group.name(), "metrics enabled: " + group.enabledMetrics());
        return Fields.object();
    }

    /** All of them when the call names none. */
    private static List<String> named(ServiceCall call) {
        List<String> names = Fields.list(call.input(), "Metrics");
        for (String name : names) {
            if (!METRICS.contains(name)) {
                throw Fields.invalid(name + " is not a valid metric");
            }
        }
        return names.isEmpty() ? METRICS : names;
    }

    /** As a group shows them. */
    static void show(Group group, ArrayNode rows) {
        group.enabledMetrics()
                .forEach(metric -> rows.addObject().put("Metric", metric).put("Granularity", GRANULARITY));
    }

    private static ObjectNode types() {
        ObjectNode answer = Fields.object();
        ArrayNode metrics = answer.putArray("Metrics");
        METRICS.forEach(metric -> metrics.addObject().put("Metric", metric));
        answer.putArray("Granularities").addObject().put("Granularity", GRANULARITY);
        return answer;
    }
}
