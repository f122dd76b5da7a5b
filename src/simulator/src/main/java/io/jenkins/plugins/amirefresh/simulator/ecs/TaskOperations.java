package io.jenkins.plugins.amirefresh.simulator.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Tasks of services. Source: ECS API Reference, "ListTasks", "DescribeTasks", "StopTask". */
final class TaskOperations {

    private final Clusters clusters;
    private final TaskLife life;
    private final Rollout rollout;

    TaskOperations(Clusters clusters, TaskLife life, Rollout rollout) {
        this.clusters = clusters;
        this.life = life;
        this.rollout = rollout;
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("ListTasks", this::list);
        operations.put("DescribeTasks", this::describe);
        operations.put("StopTask", this::stop);
    }

    private static Stream<EcsTask> all(Cluster cluster) {
        return cluster.services().stream()
                .flatMap(service -> Stream.concat(service.tasks().stream(), service.stopped().stream()));
    }

    private ObjectNode list(ServiceCall call) {
        Cluster cluster = clusters.named(call);
        ObjectNode input = call.input();
        Optional<String> service = text(input, "serviceName").map(Json::name);
        if (service.isPresent() && cluster.service(service.get()).isEmpty()) {
            throw AwsError.client("ServiceNotFoundException", "Service not found.");
        }
        boolean isRunning = !input.path("desiredStatus").asText("RUNNING").equals("STOPPED");
        List<String> arns = all(cluster)
                .filter(task -> service.isEmpty() || task.service().name().equals(service.get()))
                .filter(task ->
                        fits(input, "family", task.deployment().definition().family()))
                .filter(task -> fits(input, "startedBy", task.deployment().id()))
                .filter(task -> fits(
                        input,
                        "launchType",
                        task.service().request().path("launchType").asText()))
                .filter(task -> !input.has("containerInstance"))
                .filter(task -> task.isWanted() == isRunning)
                .map(EcsTask::arn)
                .sorted(Comparator.naturalOrder())
                .toList();
        return Json.page(call, "taskArns", arns);
    }

    private static Optional<String> text(JsonNode input, String member) {
        return Optional.ofNullable(input.get(member)).map(JsonNode::asText);
    }

    private static boolean fits(JsonNode input, String member, String value) {
        return text(input, member).filter(wanted -> !wanted.equals(value)).isEmpty();
    }

    private static Optional<EcsTask> find(Cluster cluster, String idOrArn) {
        String id = Json.name(idOrArn);
        return all(cluster).filter(task -> task.id().equals(id)).findFirst();
    }

    private ObjectNode describe(ServiceCall call) {
        Cluster cluster = clusters.named(call);
        List<String> ids = Json.texts(call.input(), "tasks");
        if (ids.isEmpty() || ids.size() > 100) {
            throw AwsError.client("InvalidParameterException", "Tasks must hold 1 to 100 ids or ARNs.");
        }
        ObjectNode answer = Json.object();
        ArrayNode rows = answer.putArray("tasks");
        ArrayNode failures = answer.putArray("failures");
        for (String id : ids) {
            find(cluster, id)
                    .ifPresentOrElse(
                            task -> rows.add(task.view()),
                            () -> Json.missing(
                                    failures, cluster.at().arn("ecs", "task/" + cluster.name() + "/" + Json.name(id))));
        }
        return answer;
    }

    private ObjectNode stop(ServiceCall call) {
        Cluster cluster = clusters.named(call);
        EcsTask task = find(cluster, call.input().path("task").asText())
                .orElseThrow(() -> AwsError.client("InvalidParameterException", "The referenced task was not found."));
        if (task.isWanted()) {
            life.stop(task, "UserInitiated", call.input().path("reason").asText("Task stopped by user"));
            rollout.react(task.service());
        }
        return Json.object().set("task", task.view());
    }
}
