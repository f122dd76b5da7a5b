package io.jenkins.plugins.amirefresh.step.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.cloud.Metrics;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.Finding;
import io.jenkins.plugins.amirefresh.smoketest.MetricSource;
import io.jenkins.plugins.amirefresh.smoketest.MetricSource.CloudWatch;
import io.jenkins.plugins.amirefresh.smoketest.MetricSource.Prometheus;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.smoketest.Subject;
import io.jenkins.plugins.amirefresh.smoketest.Trial;
import io.jenkins.plugins.amirefresh.step.Probes;
import io.jenkins.plugins.amirefresh.step.Probes.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads metrics: one call of CloudWatch for all that are due in a tick, one question to Prometheus for each number. */
final class MetricAsker {

    /** CloudWatch shows a data point some minutes after its period; basic monitoring has one each five minutes. */
    private static final Duration LATE = Duration.ofMinutes(10);

    private final Question question;
    private final SmokeTest test;
    private final OldInstances old;
    private final Map<Lookup, OptionalDouble> numbers = new HashMap<>();

    MetricAsker(Question question, SmokeTest test, OldInstances old) {
        this.question = question;
        this.test = test;
        this.old = old;
    }

    /** A number of CloudWatch: the newest data point whose period began in a time. */
    private record Lookup(CloudWatch metric, Instant from, Instant before) {}

    /** Reads what CloudWatch has for the measurements that are due. */
    void read(List<Trial> due) {
        Map<Instant, Set<Lookup>> lookups = new HashMap<>();
        for (Trial trial : due) {
            if (test.checks().get(trial.check()) instanceof Check.Metric metric && hasBegun(trial)) {
                for (Source source : sources(trial, metric)) {
                    if (source.what() instanceof CloudWatch what) {
                        lookups.computeIfAbsent(source.before(), at -> new LinkedHashSet<>())
                                .add(lookup(what, source));
                    }
                }
            }
        }
        lookups.values().forEach(set -> fetch(List.copyOf(set)));
    }

    /** What the new version is measured by has to be of its own time. */
    private static Lookup lookup(CloudWatch what, Source source) {
        Instant earliest = source.before().minus(LATE).minus(what.period().multipliedBy(2));
        Instant from = source.since() == null || source.since().isBefore(earliest) ? earliest : source.since();
        return new Lookup(what, from, source.before());
    }

    private void fetch(List<Lookup> lookups) {
        Instant from =
                lookups.stream().map(Lookup::from).min(Instant::compareTo).orElseThrow();
        List<List<Metrics.DataPoint>> answers = question.cloud()
                .metrics()
                .read(
                        lookups.stream().map(lookup -> query(lookup.metric())).toList(),
                        from,
                        lookups.get(0).before());
        for (int i = 0; i < lookups.size(); i++) {
            Instant own = lookups.get(i).from();
            numbers.put(
                    lookups.get(i),
                    answers.get(i).stream()
                            .filter(point -> !point.at().isBefore(own))
                            .mapToDouble(Metrics.DataPoint::value)
                            .findFirst());
        }
    }

    private static Metrics.Query query(CloudWatch metric) {
        return new Metrics.Query(
                metric.namespace(), metric.metricName(), metric.dimensions(), metric.statistic(), metric.period());
    }

    /**
     * One number that a measurement needs.
     *
     * @param since earlier ones are of another time, null when none is
     */
    private record Source(MetricSource what, @Nullable Instant since, Instant before, boolean isOld) {}

    private List<Source> sources(Trial trial, Check.Metric metric) {
        List<Source> sources = new ArrayList<>();
        sources.add(new Source(about(metric, trial.subject()), trial.counts().since(), question.now(), false));
        if (!metric.basics().sameAsOld()) {
            return sources;
        }
        Instant until = old.until();
        if (metric.source().isOfAnInstance()) {
            old.instances().stream()
                    .limit(10)
                    .forEach(subject -> sources.add(new Source(about(metric, subject), null, question.now(), true)));
        } else if (until != null) {
            sources.add(new Source(about(metric, trial.subject()), null, until, true));
        }
        return sources;
    }

    private MetricSource about(Check.Metric metric, Subject subject) {
        return metric.source()
                .about(subject.id(), subject.address(), question.group().name().value());
    }

    private static boolean hasBegun(Trial trial) {
        return trial.counts().since() != null;
    }

    /** Empty while an answer of Prometheus is on its way. */
    Optional<Reply> ask(Trial trial, Check.Metric metric) {
        if (!hasBegun(trial)) {
            return Optional.of(Reply.under(
                    "begun",
                    question.now(),
                    question.now().plus(metric.measuring().initialDelay())));
        }
        OptionalDouble number = OptionalDouble.empty();
        List<Double> olds = new ArrayList<>();
        for (Source source : sources(trial, metric)) {
            Reading found = number(trial, metric, source);
            if (!found.isThere()) {
                return Optional.empty();
            }
            if (!found.problem().isEmpty()) {
                return Optional.of(Reply.of(Finding.notAsked(found.problem())));
            }
            if (source.isOld()) {
                found.value().ifPresent(olds::add);
            } else {
                number = found.value();
            }
        }
        OptionalDouble average = olds.stream().mapToDouble(Double::doubleValue).average();
        return Optional.of(Reply.of(
                metric.measuring().judge(number, average, metric.basics().sameAsOld())));
    }

    /** @param isThere an answer came */
    private record Reading(boolean isThere, OptionalDouble value, String problem) {
        static Reading of(OptionalDouble value) {
            return new Reading(true, value, "");
        }

        static Reading not(String problem) {
            return new Reading(true, OptionalDouble.empty(), problem);
        }
    }

    private Reading number(Trial trial, Check.Metric metric, Source source) {
        if (source.what() instanceof CloudWatch what) {
            return Reading.of(numbers.getOrDefault(lookup(what, source), OptionalDouble.empty()));
        }
        Prometheus prometheus = (Prometheus) source.what();
        URI uri = URI.create(prometheus.url() + "/api/v1/query?query="
                + URLEncoder.encode(prometheus.query(), StandardCharsets.UTF_8)
                + (source.before().equals(question.now()) ? "" : "&time=" + source.before()));
        Probes probes = metric.basics().fromAgent()
                ? question.host().agentProbes()
                : question.host().probes();
        String key = question.key(trial.key()) + ":"
                + Integer.toHexString(uri.toString().hashCode());
        return probes.http(
                        key,
                        uri,
                        Map.of("Accept", "application/json"),
                        metric.basics().timeLimit())
                .map(MetricAsker::read)
                .orElseGet(() -> new Reading(false, OptionalDouble.empty(), ""));
    }

    /** Source: Prometheus, "HTTP API", "Instant queries": a scalar, or a vector with one element. */
    private static Reading read(Answer answer) {
        if (!(answer instanceof Answer.Http http)) {
            return Reading.not("Prometheus did not answer: " + reason(answer));
        }
        JsonNode body = parsed(http.body());
        if (body == null || !body.path("status").asText().equals("success")) {
            String said = body == null ? "" : ": " + body.path("error").asText();
            return Reading.not("Prometheus answered " + http.status() + said);
        }
        JsonNode data = body.path("data");
        JsonNode result = data.path("result");
        if (data.path("resultType").asText().equals("vector")) {
            if (result.size() > 1) {
                return Reading.not("the query answers " + result.size() + " numbers; aggregate them to one");
            }
            result = result.path(0).path("value");
        }
        String text = result.path(1).asText();
        if (text.isEmpty() || text.equals("NaN")) {
            return Reading.of(OptionalDouble.empty());
        }
        try {
            return Reading.of(OptionalDouble.of(Double.parseDouble(text.replace("Inf", "Infinity"))));
        } catch (NumberFormatException e) {
            return Reading.not("the query answers '" + text + "', which is no number");
        }
    }

    private static @Nullable JsonNode parsed(String body) {
        try {
            return Json.mapper().readTree(body);
        } catch (IOException e) {
            return null;
        }
    }

    private static String reason(Answer answer) {
        if (answer instanceof Answer.NotSent notSent) {
            return notSent.reason();
        }
        if (answer instanceof Answer.NoAnswer refused) {
            return refused.reason();
        }
        return answer instanceof Answer.Silent silent ? silent.reason() : answer.toString();
    }
}
