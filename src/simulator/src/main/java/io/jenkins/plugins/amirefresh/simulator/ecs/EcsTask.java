package io.jenkins.plugins.amirefresh.simulator.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task of a service. */
final class EcsTask {

    private final Service service;
    private final Deployment deployment;
    private final String id;
    private final Instant created;
    private final Map<String, String> digestByImage;
    private String lastStatus = "PROVISIONING";
    private boolean isHealthy;
    private boolean isWanted = true;
    private @Nullable Instant started;
    private @Nullable Instant stopping;
    private @Nullable Instant stopped;
    private String stopCode = "";
    private String stoppedReason = "";
    private String containerReason = "";
    private int exitCode = -1;

    /** @param digestByImage of the images that a registry of this world has */
    EcsTask(Service service, Deployment deployment, String id, Instant created, Map<String, String> digestByImage) {
        this.service = service;
        this.deployment = deployment;
        this.id = id;
        this.created = created;
        this.digestByImage = digestByImage;
    }

    Deployment deployment() {
        return deployment;
    }

    Service service() {
        return service;
    }

    String id() {
        return id;
    }

    String arn() {
        return service.cluster().at().arn("ecs", "task/" + service.cluster().name() + "/" + id);
    }

    boolean isWanted() {
        return isWanted;
    }

    boolean isRunning() {
        return lastStatus.equals("RUNNING");
    }

    boolean isStopped() {
        return lastStatus.equals("STOPPED");
    }

    /** It serves: it runs, and its health checks pass if it has any. */
    boolean serves() {
        return isWanted && isRunning() && isHealthy;
    }

    @Nullable
    Instant stopped() {
        return stopped;
    }

    void pending() {
        lastStatus = "PENDING";
    }

    void run(Instant now) {
        lastStatus = "RUNNING";
        started = now;
    }

    void healthy() {
        isHealthy = true;
    }

    void unhealthy() {
        isHealthy = false;
    }

    /** From now on it is on its way out. */
    void stop(String code, String reason, Instant now) {
        isWanted = false;
        stopping = now;
        stopCode = code;
        stoppedReason = reason;
        lastStatus = isRunning() ? "DEACTIVATING" : "DEPROVISIONING";
    }

    void containerEnded(int code, String reason) {
        exitCode = code;
        containerReason = reason;
    }

    void end(Instant now) {
        lastStatus = "STOPPED";
        stopped = now;
    }

    private String health() {
        if (!deployment.definition().hasHealthCheck()) {
            return "UNKNOWN";
        }
        return isHealthy ? "HEALTHY" : isWanted ? "UNKNOWN" : "UNHEALTHY";
    }

    ObjectNode view() {
        Cluster cluster = service.cluster();
        ObjectNode view = Json.object()
                .put("taskArn", arn())
                .put("clusterArn", cluster.arn())
                .put("taskDefinitionArn", deployment.definition().arn())
                .put("lastStatus", lastStatus)
                .put("desiredStatus", isWanted ? "RUNNING" : "STOPPED")
                .put("healthStatus", health())
                .put("group", "service:" + service.name())
                .put("startedBy", deployment.id())
                .put("createdAt", created.toString())
                .put("version", 1);
        Json.copy(service.request(), view, java.util.List.of("launchType", "platformVersion"));
        moment(view, "startedAt", started);
        moment(view, "stoppingAt", stopping);
        moment(view, "stoppedAt", stopped);
        if (!isWanted) {
            view.put("stopCode", stopCode).put("stoppedReason", stoppedReason);
        }
        containers(view.putArray("containers"));
        return view;
    }

    private static void moment(ObjectNode view, String member, @Nullable Instant moment) {
        if (moment != null) {
            view.put(member, moment.toString());
        }
    }

    private void containers(ArrayNode rows) {
        for (JsonNode definition : deployment.definition().containers()) {
            String image = definition.path("image").asText();
            ObjectNode row = rows.addObject()
                    .put(
                            "containerArn",
                            service.cluster()
                                    .at()
                                    .arn("ecs", "container/" + service.cluster().name() + "/" + id))
                    .put("taskArn", arn())
                    .put("name", definition.path("name").asText())
                    .put("image", image)
                    .put("lastStatus", lastStatus.equals("DEACTIVATING") ? "RUNNING" : containerStatus())
                    .put("healthStatus", health());
            if (digestByImage.containsKey(image)) {
                row.put("imageDigest", digestByImage.get(image));
            }
            if (exitCode >= 0) {
                row.put("exitCode", exitCode);
            }
            if (!containerReason.isEmpty()) {
                row.put("reason", containerReason);
            }
        }
    }

    private String containerStatus() {
        return isRunning() || isStopped() ? lastStatus : "PENDING";
    }
}
