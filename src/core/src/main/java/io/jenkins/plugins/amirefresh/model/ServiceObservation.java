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
 * @param rules how it is deployed
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
        Rules rules,
        List<Deployment> deployments,
        List<Event> events,
        Map<String, String> tags) {

    /** Copies the collections. */
    public ServiceObservation {
        deployments = List.copyOf(deployments);
        events = List.copyOf(events);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /**
     * How a service is deployed.
     *
     * @param controller {@code ECS}, {@code CODE_DEPLOY} or {@code EXTERNAL}
     * @param strategy of ECS's own controller: {@code ROLLING}, or one that shifts traffic, such as {@code BLUE_GREEN}
     * @param scheduling {@code REPLICA} or {@code DAEMON}
     * @param minimumHealthyPercent of the desired tasks that have to run while a deployment is under way, 0 or more
     * @param maximumPercent of the desired tasks that may be there then, 0 or more
     */
    public record Rules(
            String controller, String strategy, String scheduling, int minimumHealthyPercent, int maximumPercent) {

        private static final int WHOLE = 100;

        /** So many tasks have to run. Source: ECS API Reference, "DeploymentConfiguration": rounded up. */
        int floor(int desired) {
            return (desired * minimumHealthyPercent + WHOLE - 1) / WHOLE;
        }

        /** So many may be there. Source: as above: rounded down. */
        int ceiling(int desired) {
            return desired * maximumPercent / WHOLE;
        }
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

    /**
     * Its tasks all run, none of them may go before another has come, and none may come: no deployment replaces any. Where a
     * task does not run, that one's place is free. Source: aws/containers-roadmap#485.
     */
    public boolean hasNoRoom() {
        return desired > 0
                && running >= desired
                && rules.floor(desired) >= desired
                && rules.ceiling(desired) <= desired;
    }

    /** So many tasks of a task definition run, of whichever deployment. */
    public int running(String ofTaskDefinition) {
        return deployments.stream()
                .filter(deployment -> deployment.taskDefinition().equals(ofTaskDefinition))
                .mapToInt(Deployment::running)
                .sum();
    }

    /** The same without the tags whose keys begin so. */
    public ServiceObservation withoutTags(String beginning) {
        Map<String, String> others = new LinkedHashMap<>(tags);
        others.keySet().removeIf(key -> key.startsWith(beginning));
        return new ServiceObservation(
                clusterArn,
                serviceArn,
                name,
                status,
                taskDefinition,
                desired,
                running,
                rules,
                deployments,
                events,
                others);
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
