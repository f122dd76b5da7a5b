package io.jenkins.plugins.amirefresh.simulator.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service: what it was told, its deployments, its tasks and what it says of itself. */
final class Service {

    /** What DescribeServices shows as it was given. */
    private static final List<String> ECHOED = List.of(
            "loadBalancers",
            "serviceRegistries",
            "launchType",
            "capacityProviderStrategy",
            "platformVersion",
            "placementConstraints",
            "placementStrategy",
            "networkConfiguration",
            "healthCheckGracePeriodSeconds",
            "enableECSManagedTags",
            "propagateTags",
            "enableExecuteCommand",
            "availabilityZoneRebalancing");

    /** Source: ECS API Reference, "Service": the 100 most recent events. */
    private static final int MOST_EVENTS = 100;

    private final Cluster cluster;
    private final String name;
    private final ObjectNode request;
    private final Instant created;
    private final Map<String, String> tags;
    private final List<Deployment> deployments = new ArrayList<>();
    private final List<EcsTask> stopped = new ArrayList<>();
    private final Deque<ObjectNode> events = new ArrayDeque<>();
    private @Nullable Deployment lastCompleted;
    private String status = "ACTIVE";
    private int desired;

    Service(Cluster cluster, String name, ObjectNode request, Instant created) {
        this.cluster = cluster;
        this.name = name;
        this.request = request;
        this.created = created;
        this.tags = Json.tags(request.path("tags"));
        this.desired = request.path("desiredCount").asInt(0);
    }

    Cluster cluster() {
        return cluster;
    }

    String name() {
        return name;
    }

    String arn() {
        return cluster.at().arn("ecs", "service/" + cluster.name() + "/" + name);
    }

    /** What CreateService and later UpdateService calls said. */
    ObjectNode request() {
        return request;
    }

    Map<String, String> tags() {
        return tags;
    }

    int desired() {
        return desired;
    }

    void want(int count) {
        desired = count;
    }

    boolean isActive() {
        return status.equals("ACTIVE");
    }

    String status() {
        return status;
    }

    void turn(String newStatus) {
        status = newStatus;
    }

    String controller() {
        return request.at("/deploymentController/type").asText("ECS");
    }

    /** A task on each container instance instead of a number of them. */
    boolean isDaemon() {
        return isDaemon(request);
    }

    static boolean isDaemon(JsonNode request) {
        return request.path("schedulingStrategy").asText("REPLICA").equals("DAEMON");
    }

    /** Newest first; the first is the primary one. */
    List<Deployment> deployments() {
        return deployments;
    }

    Deployment primary() {
        return deployments.get(0);
    }

    /** The last one that completed: where a rollback goes. */
    @Nullable
    Deployment lastCompleted() {
        return lastCompleted;
    }

    void completed(Deployment deployment) {
        lastCompleted = deployment;
    }

    /** Tasks that ended, for as long as AWS shows them. */
    List<EcsTask> stopped() {
        return stopped;
    }

    List<EcsTask> tasks() {
        return deployments.stream()
                .flatMap(deployment -> deployment.tasks().stream())
                .toList();
    }

    /** At least so many tasks have to serve. Source: ECS API Reference, "DeploymentConfiguration": rounded up. */
    int floor() {
        int percent =
                request.at("/deploymentConfiguration/minimumHealthyPercent").asInt(isDaemon() ? 0 : 100);
        return (int) Math.ceil(desired * percent / 100.0);
    }

    /** At most so many tasks may be there. Source: as above: rounded down. */
    int ceiling() {
        int percent = request.at("/deploymentConfiguration/maximumPercent").asInt(isDaemon() ? 100 : 200);
        return desired * percent / 100;
    }

    boolean hasBreaker() {
        return request.at("/deploymentConfiguration/deploymentCircuitBreaker/enable")
                .asBoolean();
    }

    boolean breakerRollsBack() {
        return request.at("/deploymentConfiguration/deploymentCircuitBreaker/rollback")
                .asBoolean();
    }

    boolean hasAlarms() {
        return request.at("/deploymentConfiguration/alarms/enable").asBoolean() && !alarms().isEmpty();
    }

    boolean alarmsRollBack() {
        return request.at("/deploymentConfiguration/alarms/rollback").asBoolean();
    }

    List<String> alarms() {
        return Json.texts(request.at("/deploymentConfiguration/alarms"), "alarmNames");
    }

    /** Its health checks decide whether a task serves: of its containers or of its load balancers. */
    boolean isChecked(Deployment deployment) {
        return deployment.definition().hasHealthCheck()
                || !request.path("loadBalancers").isEmpty();
    }

    void say(String id, Instant now, String message) {
        events.addFirst(Json.object()
                .put("id", id)
                .put("createdAt", now.toString())
                .put("message", "(service " + name + ") " + message));
        while (events.size() > MOST_EVENTS) {
            events.removeLast();
        }
    }

    ObjectNode view(boolean withTags) {
        ObjectNode view = Json.object();
        Json.copy(request, view, ECHOED);
        view.put("serviceArn", arn())
                .put("serviceName", name)
                .put("clusterArn", cluster.arn())
                .put("status", status)
                .put("desiredCount", desired)
                .put("runningCount", tasks().stream().filter(EcsTask::isRunning).count())
                .put(
                        "pendingCount",
                        tasks().stream()
                                .filter(task -> task.isWanted() && !task.isRunning())
                                .count())
                .put("createdAt", created.toString())
                .put("schedulingStrategy", request.path("schedulingStrategy").asText("REPLICA"));
        view.putObject("deploymentController").put("type", controller());
        view.set("deploymentConfiguration", configuration());
        boolean isOfOthers = !controller().equals("ECS");
        ArrayNode rows = view.putArray("deployments");
        ArrayNode sets = isOfOthers ? view.putArray("taskSets") : rows;
        for (Deployment deployment : deployments) {
            sets.add(isOfOthers ? deployment.taskSet(this) : deployment.view(deployment == primary(), desired));
        }
        if (!deployments.isEmpty() && !controller().equals("EXTERNAL")) {
            view.put("taskDefinition", primary().definition().arn());
        }
        ArrayNode said = view.putArray("events");
        events.forEach(event -> said.add(event.deepCopy()));
        if (withTags) {
            Json.showTags(tags, view);
        }
        return view;
    }

    private ObjectNode configuration() {
        ObjectNode configuration =
                request.path("deploymentConfiguration") instanceof ObjectNode given ? given.deepCopy() : Json.object();
        if (!configuration.has("deploymentCircuitBreaker")) {
            configuration
                    .putObject("deploymentCircuitBreaker")
                    .put("enable", false)
                    .put("rollback", false);
        }
        configuration.put("maximumPercent", configuration.path("maximumPercent").asInt(isDaemon() ? 100 : 200));
        configuration.put(
                "minimumHealthyPercent",
                configuration.path("minimumHealthyPercent").asInt(isDaemon() ? 0 : 100));
        return configuration;
    }
}
