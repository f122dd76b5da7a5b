package io.jenkins.plugins.amirefresh.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Metrics of CloudWatch. */
public interface Metrics {

    /**
     * The data points of several metrics, each in the order of the queries, newest first. One call for at most 500 of them.
     * Permission: {@code cloudwatch:GetMetricData}.
     *
     * @param from inclusive
     * @param to exclusive
     */
    List<List<DataPoint>> read(List<Query> queries, Instant from, Instant to);

    /**
     * A metric.
     *
     * @param statistic as CloudWatch calls it, for example {@code Average} or {@code p99}
     * @param period whole minutes
     */
    record Query(
            String namespace, String metricName, Map<String, String> dimensions, String statistic, Duration period) {}

    /**
     * A data point.
     *
     * @param at the beginning of its period
     */
    record DataPoint(Instant at, double value) {}
}
