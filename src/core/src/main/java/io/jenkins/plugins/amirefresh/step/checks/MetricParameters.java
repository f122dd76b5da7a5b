package io.jenkins.plugins.amirefresh.step.checks;

import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.Check.Audience;
import io.jenkins.plugins.amirefresh.smoketest.Measuring;
import io.jenkins.plugins.amirefresh.smoketest.Measuring.Comparison;
import io.jenkins.plugins.amirefresh.smoketest.Measuring.MissingData;
import io.jenkins.plugins.amirefresh.smoketest.MetricSource;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a check of a metric. */
final class MetricParameters {

    private static final Set<String> MEASURING = Set.of(
            "name",
            "threshold",
            "failureThreshold",
            "comparisonOperator",
            "treatMissingData",
            "initialDelay",
            "interval",
            "count",
            "failureLimit",
            "inconclusiveLimit",
            "expect",
            "timeLimit");
    private static final Set<String> CLOUD_WATCH = Set.of("namespace", "dimensions", "statistic", "period");
    private static final Set<String> PROMETHEUS = Set.of("query", "from");

    static final Set<String> KEYS =
            Stream.of(MEASURING, CLOUD_WATCH, PROMETHEUS).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private MetricParameters() {}

    static Check read(CheckMap map) {
        String metric = map.required("metric", "the name of a CloudWatch metric, or the URL of a Prometheus server");
        boolean isPrometheus = metric.startsWith("http://") || metric.startsWith("https://");
        Set<String> others = isPrometheus ? CLOUD_WATCH : PROMETHEUS;
        others.stream().sorted().filter(map::has).findFirst().ifPresent(key -> {
            throw new ParameterException("checks: '" + key + "' means nothing with metric: '" + metric + "', which is "
                    + (isPrometheus ? "a Prometheus server" : "a metric of CloudWatch"));
        });
        MetricSource source = isPrometheus ? prometheus(map, metric) : cloudWatch(map, metric);
        Audience audience = source.isOfAnInstance() ? Audience.INSTANCES : Audience.GROUP;
        return new Check.Metric(map.basics("metric " + named(source), audience, TIME_LIMIT), source, measuring(map));
    }

    private static String named(MetricSource source) {
        return source instanceof MetricSource.CloudWatch metric
                ? metric.metricName()
                : ((MetricSource.Prometheus) source).query();
    }

    private static MetricSource prometheus(CheckMap map, String url) {
        try {
            URI server = new URI(url.replaceAll("/+$", ""));
            if (server.getHost() != null && server.getRawQuery() == null && server.getRawUserInfo() == null) {
                return new MetricSource.Prometheus(server, map.required("query", "a query that answers one number"));
            }
        } catch (URISyntaxException e) {
            // Refused below, with what is allowed.
        }
        throw map.refused("metric", "the URL of a Prometheus server, such as 'http://prometheus:9090'");
    }

    private static MetricSource cloudWatch(CheckMap map, String metricName) {
        Map<String, String> dimensions = new LinkedHashMap<>();
        map.map("dimensions").forEach((name, value) -> dimensions.put(String.valueOf(name), String.valueOf(value)));
        Duration period = map.duration("period", MINUTE, MINUTE);
        if (period.toSeconds() % 60 != 0) {
            throw map.refused("period", "whole minutes");
        }
        String statistic = map.text("statistic", "Average");
        if (!statistic.matches("SampleCount|Average|Sum|Minimum|Maximum|IQM|(p|tm|wm|tc|ts)[0-9]{1,2}([.][0-9]+)?")) {
            throw map.refused(
                    "statistic", "a statistic of CloudWatch, such as Average, Sum, Minimum, Maximum, SampleCount, p99");
        }
        return new MetricSource.CloudWatch(
                map.required("namespace", "the metric's namespace, such as 'AWS/EC2'"),
                metricName,
                dimensions,
                statistic,
                period);
    }

    private static Measuring measuring(CheckMap map) {
        Comparison comparison = comparison(map);
        double threshold = map.number("threshold");
        Double failureThreshold = map.has("failureThreshold") ? map.number("failureThreshold") : null;
        boolean isUpper = comparison == Comparison.LESS_THAN || comparison == Comparison.LESS_THAN_OR_EQUAL;
        if (failureThreshold != null && (isUpper ? failureThreshold < threshold : failureThreshold > threshold)) {
            throw map.refused("failureThreshold", "a number " + (isUpper ? "above" : "below") + " the threshold");
        }
        int count = map.integer("count", 5, 1, 1000);
        return new Measuring(
                comparison,
                threshold,
                failureThreshold,
                missingData(map),
                map.duration("initialDelay", Duration.ZERO, Duration.ZERO),
                map.duration("interval", MINUTE, Duration.ofSeconds(1)),
                count,
                map.integer("failureLimit", 0, 0, count),
                map.integer("inconclusiveLimit", 0, 0, count));
    }

    private static Comparison comparison(CheckMap map) {
        String given = map.text("comparisonOperator", Comparison.LESS_THAN_OR_EQUAL.awsName());
        return Stream.of(Comparison.values())
                .filter(one -> one.awsName().equals(given))
                .findFirst()
                .orElseThrow(() -> map.refused(
                        "comparisonOperator",
                        Stream.of(Comparison.values()).map(Comparison::awsName).collect(Collectors.joining(", "))));
    }

    private static MissingData missingData(CheckMap map) {
        return switch (map.text("treatMissingData", "missing")) {
            case "missing" -> MissingData.MISSING;
            case "breaching" -> MissingData.BREACHING;
            case "notBreaching" -> MissingData.NOT_BREACHING;
            default -> throw map.refused("treatMissingData", "one of missing, breaching, notBreaching");
        };
    }
}
