package io.jenkins.plugins.amirefresh.step.ecs;

import io.jenkins.plugins.amirefresh.ecs.ServiceDetails;
import io.jenkins.plugins.amirefresh.ecs.ServiceRequest;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.WorkRow;
import io.jenkins.plugins.amirefresh.model.TaskDefinition;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the step returns: a row a service, and for one service the answer of ecs-updater. */
final class ServiceRows {

    private static final int WELL = 200;
    private static final int NOT_WELL = 500;

    private ServiceRows() {}

    /** The end of the step when every service has its outcome. */
    static Progress end(StepState state, List<ServiceWork> works, String failOn) {
        StepState last = state;
        for (ServiceWork work : works) {
            last = last.with(work.document(), Json.write(work));
        }
        Optional<ServiceWork> broken = first(works, ServiceOutcome.FAILED);
        Optional<ServiceWork> back = first(works, ServiceOutcome.ROLLED_BACK);
        Optional<ServiceWork> failing =
                failOn.equals("none") ? Optional.empty() : failOn.equals("broken") ? broken : broken.or(() -> back);
        if (failing.isPresent()) {
            return new Progress.Failed(last, failing.get().why());
        }
        Progress.BuildVerdict verdict = broken.isPresent()
                ? Progress.BuildVerdict.FAILURE
                : back.isPresent() ? Progress.BuildVerdict.UNSTABLE : Progress.BuildVerdict.NONE;
        return new Progress.Done(last, result(works), verdict);
    }

    private static Optional<ServiceWork> first(List<ServiceWork> works, ServiceOutcome outcome) {
        return works.stream().filter(work -> work.hasOutcome(outcome)).findFirst();
    }

    private static Map<String, Object> result(List<ServiceWork> works) {
        Map<String, Object> result = new LinkedHashMap<>();
        boolean isWell = works.stream()
                .noneMatch(work -> work.hasOutcome(ServiceOutcome.FAILED)
                        || work.hasOutcome(ServiceOutcome.ROLLED_BACK)
                        || work.hasOutcome(ServiceOutcome.HELD));
        result.put("statusCode", isWell ? WELL : NOT_WELL);
        result.put("body", works.size() == 1 ? halves(works.get(0)) : Map.of());
        result.put("services", works.stream().map(ServiceRows::row).toList());
        List<String> parts = new ArrayList<>();
        for (ServiceOutcome outcome : ServiceOutcome.values()) {
            int count = (int)
                    works.stream().filter(work -> work.hasOutcome(outcome)).count();
            result.put(outcome.text(), count);
            if (count > 0) {
                parts.add(count + " " + outcome.text());
            }
        }
        result.put("summary", String.join(", ", parts));
        return result;
    }

    private static Map<String, Object> halves(ServiceWork work) {
        Map<String, Object> halves = new LinkedHashMap<>();
        halves.put(
                "BEFORE", work.found() == null ? Map.of() : work.seen().before().asMap());
        halves.put("AFTER", after(work).map(ServiceDetails::asMap).orElse(Map.of()));
        return halves;
    }

    private static Optional<ServiceDetails> after(ServiceWork work) {
        return Optional.ofNullable(work.end()).map(ServiceWork.End::after);
    }

    /** One line about a service that ended. */
    static String line(ServiceWork ended) {
        String from = ended.found() == null ? "" : ended.seen().definition().text();
        String to = ended.to() == null ? from : TaskDefinition.text(ended.to());
        String outcome = ended.end() == null ? "" : ended.end().outcome().text();
        String why = ended.why().isEmpty() ? "" : ": " + ended.why();
        return ended.name() + ": " + outcome + (from.isEmpty() ? "" : ", " + from + " to " + to) + why;
    }

    /** The same for the run's record. */
    static JournalFact recorded(ServiceWork ended) {
        ServiceRequest request = ended.target().request();
        String line = line(ended);
        return new JournalFact.WorkDone(
                UpdateEcsService.NAME,
                List.of(new WorkRow(
                        ended.target().account().value(),
                        ended.target().place().region().value(),
                        "service",
                        ServiceRequest.shortName(request.cluster()) + "/" + ServiceRequest.shortName(request.service()),
                        ended.end() == null ? "" : ended.end().outcome().text(),
                        ended.found() == null ? ended.why() : line.substring(line.indexOf(", ") + 2),
                        ended.found() == null ? null : ended.seen().before().asMap(),
                        after(ended).map(ServiceDetails::asMap).orElse(null))),
                line);
    }

    private static Map<String, Object> row(ServiceWork work) {
        ServiceRequest request = work.target().request();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("account", work.target().account().value());
        row.put("region", work.target().place().region().value());
        row.put("cluster", ServiceRequest.shortName(request.cluster()));
        row.put("service", ServiceRequest.shortName(request.service()));
        row.put("outcome", work.end() == null ? "" : work.end().outcome().text());
        row.put("reason", work.why());
        row.put(
                "fromTaskDefinition",
                work.found() == null ? "" : work.seen().definition().text());
        row.put("toTaskDefinition", work.to() == null ? "" : TaskDefinition.text(work.to()));
        row.putAll(halves(work));
        return row;
    }
}
