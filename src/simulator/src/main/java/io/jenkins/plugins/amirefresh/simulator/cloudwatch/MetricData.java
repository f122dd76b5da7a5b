package io.jenkins.plugins.amirefresh.simulator.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Metrics: what was put, and what machines tell of themselves. A data point is there when its period is over. Source:
 * CloudWatch API Reference, "PutMetricData", "GetMetricData", "MetricStat"; User Guide, "Statistics definitions".
 */
final class MetricData {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_QUERIES = 500;

    private final World world;
    private final Measured measured;
    private final Map<AccountRegion, Map<Metric, TreeMap<Instant, List<Double>>>> put = new HashMap<>();

    MetricData(World world, Measured measured) {
        this.world = world;
        this.measured = measured;
    }

    private record Metric(String namespace, String name, Map<String, String> dimensions) {
        static Metric of(String namespace, JsonNode node) {
            Map<String, String> dimensions = new TreeMap<>();
            node.path("Dimensions")
                    .forEach(dimension -> dimensions.put(
                            dimension.path("Name").asText(),
                            dimension.path("Value").asText()));
            return new Metric(namespace, node.path("MetricName").asText(), dimensions);
        }
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("PutMetricData", this::put);
        operations.put("GetMetricData", this::get);
    }

    private ObjectNode put(ServiceCall call) {
        String namespace = call.input().path("Namespace").asText();
        for (JsonNode datum : call.input().path("MetricData")) {
            Instant at = Optional.ofNullable(datum.get("Timestamp"))
                    .map(node -> Instant.parse(node.asText()))
                    .orElse(world.time().now());
            TreeMap<Instant, List<Double>> values = put.computeIfAbsent(
                            call.caller().at(), place -> new HashMap<>())
                    .computeIfAbsent(Metric.of(namespace, datum), metric -> new TreeMap<>());
            List<Double> all = values.computeIfAbsent(floor(at, MINUTE), minute -> new ArrayList<>());
            if (datum.has("Value")) {
                all.add(datum.path("Value").asDouble());
            }
            datum.path("Values").forEach(value -> all.add(value.asDouble()));
        }
        world.events().append(call.caller().at(), namespace, "metric data put");
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode get(ServiceCall call) {
        ObjectNode input = call.input();
        if (input.path("MetricDataQueries").size() > MOST_QUERIES) {
            throw AwsError.client("ValidationError", "A request holds at most 500 metric data queries.");
        }
        Instant from = Instant.parse(input.path("StartTime").asText());
        Instant to = Instant.parse(input.path("EndTime").asText());
        if (!from.isBefore(to)) {
            throw AwsError.client(
                    "ValidationError", "The parameter StartTime must be less than the parameter EndTime.");
        }
        boolean ascending = input.path("ScanBy").asText().equals("TimestampAscending");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode results = answer.putArray("MetricDataResults");
        for (JsonNode query : input.path("MetricDataQueries")) {
            results.add(result(call.caller().at(), query, from, to, ascending));
        }
        return answer;
    }

    private ObjectNode result(AccountRegion at, JsonNode query, Instant from, Instant to, boolean ascending) {
        JsonNode stat = query.path("MetricStat");
        if (stat.isMissingNode()) {
            throw AwsError.client("ValidationError", "The simulator answers MetricStat, no expressions.");
        }
        Metric metric = Metric.of(stat.path("Metric").path("Namespace").asText(), stat.path("Metric"));
        Duration period = Duration.ofSeconds(stat.path("Period").asLong());
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("Id", query.path("Id").asText());
        result.put("Label", metric.name());
        result.put("StatusCode", "Complete");
        ArrayNode timestamps = result.putArray("Timestamps");
        ArrayNode values = result.putArray("Values");
        List<Instant> periods = new ArrayList<>();
        for (Instant start = floor(from, period); start.isBefore(to); start = start.plus(period)) {
            boolean isOver = !start.plus(period).isAfter(world.time().now());
            if (isOver && !start.isBefore(from)) {
                periods.add(ascending ? periods.size() : 0, start);
            }
        }
        for (Instant start : periods) {
            List<Double> samples = samples(at, metric, start, period);
            if (!samples.isEmpty()) {
                timestamps.add(start.toString());
                values.add(statistic(stat.path("Stat").asText(), samples));
            }
        }
        return result;
    }

    private List<Double> samples(AccountRegion at, Metric metric, Instant start, Duration period) {
        List<Double> samples = new ArrayList<>();
        Instant end = start.plus(period);
        Optional.ofNullable(put.getOrDefault(at, Map.of()).get(metric))
                .ifPresent(values -> values.subMap(start, end).values().forEach(samples::addAll));
        for (Instant minute = start; minute.isBefore(end); minute = minute.plus(MINUTE)) {
            samples.addAll(measured.in(at, metric.namespace(), metric.name(), metric.dimensions(), minute));
        }
        return samples;
    }

    private static double statistic(String name, List<Double> samples) {
        double sum = samples.stream().mapToDouble(Double::doubleValue).sum();
        List<Double> sorted = samples.stream().sorted().toList();
        return switch (name) {
            case "Sum" -> sum;
            case "Average" -> sum / samples.size();
            case "SampleCount" -> samples.size();
            case "Minimum" -> sorted.get(0);
            case "Maximum" -> sorted.get(sorted.size() - 1);
            default -> percentile(name, sorted);
        };
    }

    private static double percentile(String name, List<Double> sorted) {
        if (!name.matches("p[0-9]{1,2}([.][0-9]+)?")) {
            throw AwsError.client("ValidationError", "The simulator does not know the statistic " + name + ".");
        }
        int rank = (int) Math.ceil(Double.parseDouble(name.substring(1)) / 100 * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }

    private static Instant floor(Instant at, Duration period) {
        long seconds = at.getEpochSecond();
        return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, period.toSeconds()));
    }
}
