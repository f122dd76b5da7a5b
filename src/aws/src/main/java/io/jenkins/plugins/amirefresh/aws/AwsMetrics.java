package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.Metrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/** Metrics over the AWS SDK. */
final class AwsMetrics implements Metrics {

    // Source: CloudWatch API Reference, "GetMetricData".
    private static final int PAGE = 500;

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsMetrics(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public List<List<DataPoint>> read(List<Query> queries, Instant from, Instant to) {
        List<List<DataPoint>> answers = new ArrayList<>();
        Pages.of(queries, PAGE).forEach(page -> answers.addAll(page(page, from, to)));
        return List.copyOf(answers);
    }

    private List<List<DataPoint>> page(List<Query> queries, Instant from, Instant to) {
        List<MetricDataQuery> asked = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            asked.add(query("m" + i, queries.get(i)));
        }
        Map<String, List<DataPoint>> points = new HashMap<>();
        Pages.all(token -> page(asked, from, to, token), GetMetricDataResponse::nextToken)
                .forEach(answer -> answer.metricDataResults()
                        .forEach(result -> points.computeIfAbsent(result.id(), id -> new ArrayList<>())
                                .addAll(points(result))));
        List<List<DataPoint>> answers = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            answers.add(List.copyOf(points.getOrDefault("m" + i, List.of())));
        }
        return answers;
    }

    private GetMetricDataResponse page(List<MetricDataQuery> asked, Instant from, Instant to, @Nullable String token) {
        return calls.call("GetMetricData", asked.size() + " metrics", () -> clients.cloudWatch()
                .getMetricData(request -> request.metricDataQueries(asked)
                        .startTime(from)
                        .endTime(to)
                        .scanBy(ScanBy.TIMESTAMP_DESCENDING)
                        .nextToken(token)));
    }

    private static MetricDataQuery query(String id, Query query) {
        List<Dimension> dimensions = query.dimensions().entrySet().stream()
                .map(entry -> Dimension.builder()
                        .name(entry.getKey())
                        .value(entry.getValue())
                        .build())
                .toList();
        Metric metric = Metric.builder()
                .namespace(query.namespace())
                .metricName(query.metricName())
                .dimensions(dimensions)
                .build();
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(stat -> stat.metric(metric)
                        .period((int) query.period().toSeconds())
                        .stat(query.statistic()))
                .build();
    }

    private static List<DataPoint> points(MetricDataResult result) {
        List<DataPoint> points = new ArrayList<>();
        for (int i = 0; i < Math.min(result.timestamps().size(), result.values().size()); i++) {
            points.add(new DataPoint(result.timestamps().get(i), result.values().get(i)));
        }
        return points;
    }
}
