package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.ContainerServices.StoppedTask;
import io.jenkins.plugins.amirefresh.model.ServiceObservation;
import io.jenkins.plugins.amirefresh.model.ServiceObservation.Rollout;
import io.jenkins.plugins.amirefresh.model.TaskDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/** What ECS describes, in our words. */
final class ServiceObservations {

    private ServiceObservations() {}

    static ServiceObservation of(Service service) {
        Map<String, String> tags = new LinkedHashMap<>();
        service.tags().forEach(tag -> tags.put(tag.key(), Pages.text(tag.value())));
        return new ServiceObservation(
                Pages.text(service.clusterArn()),
                Pages.text(service.serviceArn()),
                Pages.text(service.serviceName()),
                Pages.text(service.status()),
                taskDefinition(service),
                Pages.number(service.desiredCount()),
                Pages.number(service.runningCount()),
                rules(service),
                service.deployments().stream().map(ServiceObservations::of).toList(),
                service.events().stream()
                        .map(event -> new ServiceObservation.Event(event.createdAt(), Pages.text(event.message())))
                        .toList(),
                tags);
    }

    /** With controllers of others it stands in the primary task set. Source: ECS API Reference, "Service", "TaskSet". */
    private static String taskDefinition(Service service) {
        String own = Pages.text(service.taskDefinition());
        return own.isEmpty()
                ? service.taskSets().stream()
                        .filter(set -> "PRIMARY".equals(set.status()))
                        .findFirst()
                        .map(set -> Pages.text(set.taskDefinition()))
                        .orElse("")
                : own;
    }

    /** AWS shows the percentages also where nobody gave them. Source: ECS API Reference, "DeploymentConfiguration". */
    private static ServiceObservation.Rules rules(Service service) {
        String controller = service.deploymentController() == null
                ? ""
                : Pages.text(service.deploymentController().typeAsString());
        String scheduling = or(service.schedulingStrategyAsString(), "REPLICA");
        boolean isDaemon = scheduling.equals("DAEMON");
        DeploymentConfiguration configuration = service.deploymentConfiguration() == null
                ? DeploymentConfiguration.builder().build()
                : service.deploymentConfiguration();
        return new ServiceObservation.Rules(
                or(controller, "ECS"),
                or(configuration.strategyAsString(), "ROLLING"),
                scheduling,
                or(configuration.minimumHealthyPercent(), isDaemon ? 0 : 100),
                or(configuration.maximumPercent(), isDaemon ? 100 : 200));
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null || text.isEmpty() ? otherwise : text;
    }

    private static int or(@Nullable Integer number, int otherwise) {
        return number == null ? otherwise : number;
    }

    private static ServiceObservation.Deployment of(Deployment deployment) {
        return new ServiceObservation.Deployment(
                Pages.text(deployment.id()),
                "PRIMARY".equals(deployment.status()),
                Pages.text(deployment.taskDefinition()),
                rollout(deployment.rolloutState()),
                Pages.text(deployment.rolloutStateReason()),
                Pages.number(deployment.desiredCount()),
                Pages.number(deployment.runningCount()),
                Pages.number(deployment.pendingCount()),
                Pages.number(deployment.failedTasks()),
                deployment.updatedAt());
    }

    private static Rollout rollout(@Nullable DeploymentRolloutState state) {
        if (state == DeploymentRolloutState.IN_PROGRESS) {
            return Rollout.IN_PROGRESS;
        }
        if (state == DeploymentRolloutState.COMPLETED) {
            return Rollout.COMPLETED;
        }
        return state == DeploymentRolloutState.FAILED ? Rollout.FAILED : Rollout.UNKNOWN;
    }

    static TaskDefinition of(software.amazon.awssdk.services.ecs.model.TaskDefinition definition) {
        String memory = Pages.text(definition.memory());
        return new TaskDefinition(
                Pages.text(definition.taskDefinitionArn()),
                Pages.text(definition.family()),
                Pages.number(definition.revision()),
                "ACTIVE".equals(definition.statusAsString()),
                definition.containerDefinitions().stream()
                        .map(container -> new TaskDefinition.Container(
                                Pages.text(container.name()), Pages.text(container.image()), container.memory()))
                        .toList(),
                memory.matches("[0-9]{1,9}") ? Integer.valueOf(memory) : null);
    }

    static StoppedTask stopped(Task task) {
        String arn = Pages.text(task.taskArn());
        StringBuilder reason = new StringBuilder(Pages.text(task.stoppedReason()));
        for (Container container : task.containers()) {
            if (container.exitCode() != null && container.exitCode() != 0) {
                reason.append(", ")
                        .append(container.name())
                        .append(" ended with exit code ")
                        .append(container.exitCode());
            }
        }
        return new StoppedTask(
                arn.substring(arn.lastIndexOf('/') + 1), Pages.text(task.stopCodeAsString()), reason.toString());
    }
}
