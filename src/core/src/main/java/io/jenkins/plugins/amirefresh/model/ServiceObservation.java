package io.jenkins.plugins.amirefresh.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one read said of a service of Amazon ECS.
 *
 * @param status {@code ACTIVE}, {@code DRAINING} or {@code INACTIVE}
 * @param taskDefinition ARN of the one it is to run
 * @param controller {@code ECS}, {@code CODE_DEPLOY} or {@code EXTERNAL}
 * @param deployments newest first
 * @param events newest first
 * @param tags in AWS's order
 */
public record ServiceObservation(
        String clusterArn,
        String serviceArn,
        String name,
        String status,
        String taskDefinition,
        int desired,
        int running,
        String controller,
        List<Deployment> deployments,
        List<Event> events,
        Map<String, String> tags) {

    /** Copies the collections. */
    public ServiceObservation {
        deployments = List.copyOf(deployments);
        events = List.copyOf(events);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** How far a deployment is. */
    public enum Rollout {
        IN_PROGRESS,
        COMPLETED,
        FAILED,
        /** Not told, or a word this version does not know. */
        UNKNOWN
    }

    /**
     * Tasks of one task definition on their way in or out.
     *
     * @param isPrimary the one that is wanted
     * @param reason AWS's words for the rollout's state
     * @param failedTasks in a row, as AWS counts them
     */
    public record Deployment(
            String id,
            boolean isPrimary,
            String taskDefinition,
            Rollout rollout,
            String reason,
            int desired,
            int running,
            int pending,
            int failedTasks,
            @Nullable Instant updatedAt) {}

    /** What the service said of itself. */
    public record Event(@Nullable Instant at, String message) {}

    /** It takes updates. */
    public boolean isActive() {
        return status.equals("ACTIVE");
    }

    /** The deployment that is wanted. */
    public Optional<Deployment> primary() {
        return deployments.stream().filter(Deployment::isPrimary).findFirst();
    }

    /** The deployment of this id, while AWS shows it. */
    public Optional<Deployment> deployment(String id) {
        return deployments.stream()
                .filter(deployment -> deployment.id().equals(id))
                .findFirst();
    }

    /** Nothing is on its way: one deployment, and as many tasks run as are desired. */
    public boolean isSteady() {
        return deployments.size() == 1
                && running == desired
                && deployments.get(0).pending() == 0
                && deployments.get(0).rollout() != Rollout.IN_PROGRESS
                && deployments.get(0).rollout() != Rollout.FAILED;
    }
}
