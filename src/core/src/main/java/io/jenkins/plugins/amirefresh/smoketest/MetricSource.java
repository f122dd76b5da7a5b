package io.jenkins.plugins.amirefresh.smoketest;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Where a number comes from. */
public sealed interface MetricSource {

    /** Stands in a query for the instance's id. */
    String INSTANCE_ID = "{instanceId}";
    /** Stands in a query for the instance's private address. */
    String PRIVATE_IP_ADDRESS = "{privateIpAddress}";
    /** Stands in a query for the group's name. */
    String GROUP_NAME = "{autoScalingGroupName}";

    /** It is another number for each instance. */
    boolean isOfAnInstance();

    /** The same about this instance and group. */
    MetricSource about(String instanceId, String address, String group);

    /**
     * A metric of CloudWatch.
     *
     * @param period of its data points, whole minutes
     */
    record CloudWatch(
            String namespace, String metricName, Map<String, String> dimensions, String statistic, Duration period)
            implements MetricSource {

        /** Copies the map, in the order of its names. */
        public CloudWatch {
            dimensions = java.util.Collections.unmodifiableMap(new TreeMap<>(dimensions));
        }

        @Override
        public boolean isOfAnInstance() {
            return dimensions.values().stream().anyMatch(MetricSource::namesInstance);
        }

        @Override
        public CloudWatch about(String instanceId, String address, String group) {
            Map<String, String> filled = new TreeMap<>();
            dimensions.forEach((name, value) -> filled.put(name, fill(value, instanceId, address, group)));
            return new CloudWatch(namespace, metricName, filled, statistic, period);
        }
    }

    /**
     * A query to Prometheus' HTTP API that answers one number.
     *
     * @param url of the server, without {@code /api/v1/query}
     */
    record Prometheus(URI url, String query) implements MetricSource {
        @Override
        public boolean isOfAnInstance() {
            return namesInstance(query);
        }

        @Override
        public Prometheus about(String instanceId, String address, String group) {
            return new Prometheus(url, fill(query, instanceId, address, group));
        }
    }

    private static boolean namesInstance(String text) {
        return text.contains(INSTANCE_ID) || text.contains(PRIVATE_IP_ADDRESS);
    }

    private static String fill(String text, String instanceId, String address, String group) {
        return text.replace(INSTANCE_ID, instanceId)
                .replace(PRIVATE_IP_ADDRESS, address)
                .replace(GROUP_NAME, group);
    }
}
