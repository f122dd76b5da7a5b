package io.jenkins.plugins.amirefresh.simulator.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service's tasks of one task definition, on their way in or out. */
final class Deployment {

    /** What a deployment shows of its service's configuration. */
    private static final List<String> ECHOED = List.of(
            "capacityProviderStrategy",
            "launchType",
            "platformVersion",
            "networkConfiguration",
            "serviceConnectConfiguration",
            "volumeConfigurations",
            "vpcLatticeConfigurations");

    private final String id;
    private final TaskDefinition definition;
    private final ObjectNode request;
    private final Instant created;
    private final boolean isWatched;
    private final List<EcsTask> tasks = new ArrayList<>();
    private Instant updated;
    private State state = State.IN_PROGRESS;
    private String reason;
    private int failedTasks;
    private @Nullable Instant bakedAt;
    private Instant nextStart = Instant.MIN;
    private boolean isStuckSaid;

    /** @param isWatched none of its alarms rang when it began, so each counts */
    Deployment(String id, TaskDefinition definition, ObjectNode request, Instant now, boolean isWatched) {
        this.id = id;
        this.definition = definition;
        this.request = request;
        this.created = now;
        this.updated = now;
        this.isWatched = isWatched;
        this.reason = "ECS deployment " + id + " in progress.";
    }

    enum State {
        IN_PROGRESS,
        COMPLETED,
        FAILED
    }

    String id() {
        return id;
    }

    TaskDefinition definition() {
        return definition;
    }

    ObjectNode request() {
        return request;
    }

    boolean isWatched() {
        return isWatched;
    }

    /** Those that have not ended. */
    List<EcsTask> tasks() {
        return tasks;
    }

    State state() {
        return state;
    }

    void turn(State newState, String newReason, Instant now) {
        state = newState;
        reason = newReason;
        updated = now;
    }

    int failedTasks() {
        return failedTasks;
    }

    void taskFailed(Instant next) {
        failedTasks++;
        nextStart = next;
    }

    void taskIsHealthy() {
        failedTasks = 0;
    }

    boolean mayStart(Instant now) {
        return state != State.FAILED && !now.isBefore(nextStart);
    }

    @Nullable
    Instant bakedAt() {
        return bakedAt;
    }

    void bakeUntil(Instant moment) {
        bakedAt = moment;
    }

    long serving() {
        return tasks.stream().filter(EcsTask::serves).count();
    }

    List<EcsTask> wanted() {
        return tasks.stream().filter(EcsTask::isWanted).toList();
    }

    /** None of its tasks is left, not even one on its way out. */
    boolean isGone() {
        return tasks.isEmpty();
    }

    long running() {
        return tasks.stream().filter(EcsTask::isRunning).count();
    }

    /** It was said once that nothing of it can begin. */
    boolean isStuckSaid() {
        return isStuckSaid;
    }

    void sayStuck() {
        isStuckSaid = true;
    }

    /** As a service of another controller shows it. Source: ECS API Reference, "TaskSet". */
    ObjectNode taskSet(Service service) {
        String number = id.substring(id.indexOf('/') + 1);
        ObjectNode view = Json.object();
        Json.copy(
                request,
                view,
                List.of("loadBalancers", "serviceRegistries", "launchType", "platformVersion", "networkConfiguration"));
        view.putObject("scale").put("value", 100.0).put("unit", "PERCENT");
        return view.put("id", "ecs-svc/" + number)
                .put(
                        "taskSetArn",
                        service.cluster()
                                .at()
                                .arn(
                                        "ecs",
                                        "task-set/" + service.cluster().name() + "/" + service.name() + "/ecs-svc/"
                                                + number))
                .put("serviceArn", service.arn())
                .put("clusterArn", service.cluster().arn())
                .put("startedBy", service.controller().equals("CODE_DEPLOY") ? "CODE_DEPLOY" : "")
                .put("status", "PRIMARY")
                .put("taskDefinition", definition.arn())
                .put("computedDesiredCount", service.desired())
                .put(
                        "pendingCount",
                        wanted().stream().filter(task -> !task.isRunning()).count())
                .put("runningCount", running())
                .put("createdAt", created.toString())
                .put("updatedAt", updated.toString())
                .put("stabilityStatus", state == State.COMPLETED ? "STEADY_STATE" : "STABILIZING")
                .put("stabilityStatusAt", updated.toString());
    }

    ObjectNode view(boolean isPrimary, int desired) {
        ObjectNode view = Json.object();
        Json.copy(request, view, ECHOED);
        return view.put("id", id)
                .put("status", isPrimary ? "PRIMARY" : "ACTIVE")
                .put("taskDefinition", definition.arn())
                .put("desiredCount", isPrimary ? desired : 0)
                .put(
                        "pendingCount",
                        wanted().stream().filter(task -> !task.isRunning()).count())
                .put("runningCount", running())
                .put("failedTasks", failedTasks)
                .put("createdAt", created.toString())
                .put("updatedAt", updated.toString())
                .put("rolloutState", state.name())
                .put("rolloutStateReason", reason);
    }
}
