package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;

/** Containers by the AWS SDK: what a deployment looks like from outside while it rolls out, fails and goes back. */
class ContainerServicesTest {

    private static final String REGISTRY = "111111111111.dkr.ecr.eu-west-1.amazonaws.com";
    private static final String YAML =
            """
            start: "2026-11-22T17:00:00Z"
            seed: 7
            accounts:
              - id: "111111111111"
                accessKeys: [AKIAMAINEXAMPLE00001]
                regions:
                  - name: eu-west-1
                    repositories:
                      - {name: shop/app, images: [{tags: ["1"]}, {tags: ["2", crash]}]}
                    taskDefinitions:
                      - family: app
                        revisions:
                          - request:
                              containerDefinitions:
                                - {name: app, image: "REGISTRY/shop/app:1", memory: 128, healthCheck: {command: [CMD, ok]}}
                      - family: plain
                        revisions:
                          - request: {containerDefinitions: [{name: app, image: busybox, memory: 64}]}
                    clusters:
                      - name: shop
                        services:
                          - {name: rollback, taskDefinition: app, desired: 4, circuitBreaker: rollback, tags: {team: a}}
                          - {name: stop, taskDefinition: app, desired: 2, circuitBreaker: stop}
                          - {name: off, taskDefinition: plain, desired: 2}
                          - {name: half, taskDefinition: plain, desired: 4, minimumHealthyPercent: 50, maximumPercent: 100}
                          - {name: watched, taskDefinition: plain, desired: 1, alarms: [errors]}
            taskBehaviours:
              - {match: {image: "*bad*"}, fails: {how: exit, exitCode: 3, after: 5s}}
              - {match: {image: "*sick*"}, fails: {how: health, after: 30s}}
            """
                    .replace("REGISTRY", REGISTRY);

    private final SdkAccount account = new SdkAccount(YAML);
    private final EcsClient ecs = account.client(EcsClient.builder());
    private final EcrClient ecr = account.client(EcrClient.builder());

    private String register(String family, String image, boolean isChecked) {
        ContainerDefinition.Builder container =
                ContainerDefinition.builder().name("app").image(image).memory(64);
        if (isChecked) {
            container.healthCheck(h -> h.command("CMD", "ok"));
        }
        return ecs.registerTaskDefinition(r -> r.family(family).containerDefinitions(container.build()))
                .taskDefinition()
                .taskDefinitionArn();
    }

    private void update(String service, String definition) {
        ecs.updateService(r -> r.cluster("shop").service(service).taskDefinition(definition));
    }

    private Service service(String name) {
        return ecs.describeServices(r -> r.cluster("shop").services(name).include(ServiceField.TAGS))
                .services()
                .get(0);
    }

    private static Deployment primary(Service service) {
        return service.deployments().get(0);
    }

    private static List<String> said(Service service) {
        return service.events().stream().map(ServiceEvent::message).toList();
    }

    private List<Task> stopped(String service) {
        List<String> arns = ecs.listTasks(
                        r -> r.cluster("shop").serviceName(service).desiredStatus("STOPPED"))
                .taskArns();
        return ecs.describeTasks(r -> r.cluster("shop").tasks(arns)).tasks();
    }

    @Test
    void whenAServiceIsDeclared_thenItStandsAsDeployedLongAgo() {
        Service service = service("rollback");
        assertThat(service.runningCount()).isEqualTo(4);
        assertThat(service.taskDefinition()).endsWith(":task-definition/app:1");
        assertThat(service.tags())
                .containsExactly(Tag.builder().key("team").value("a").build());
        assertThat(primary(service).rolloutState()).isEqualTo(DeploymentRolloutState.COMPLETED);
        assertThat(said(service).get(0)).isEqualTo("(service rollback) has reached a steady state.");
    }

    @Test
    void whenAGoodTaskDefinitionComes_thenItRollsOutUnderTheCeilingAndOverTheFloor() {
        // given
        update("off", register("plain", "busybox:2", false));
        Service early = service("off");

        // when
        account.pass(Duration.ofMinutes(2));

        // then
        assertThat(early.deployments()).hasSize(2);
        assertThat(primary(early).rolloutState()).isEqualTo(DeploymentRolloutState.IN_PROGRESS);
        assertThat(primary(early).pendingCount()).isEqualTo(2);
        assertThat(early.deployments().get(1).runningCount()).isEqualTo(2);
        Service late = service("off");
        assertThat(late.deployments()).hasSize(1);
        assertThat(primary(late).rolloutState()).isEqualTo(DeploymentRolloutState.COMPLETED);
        assertThat(late.runningCount()).isEqualTo(2);
    }

    @Test
    void whenThereIsNoRoomAbove_thenOldTasksGoFirstAndHalfServe() {
        // when
        update("half", register("plain", "busybox:2", false));
        account.pass(Duration.ofSeconds(15));

        // then
        Service early = service("half");
        assertThat(early.deployments().get(1).runningCount()).isEqualTo(2);
        assertThat(primary(early).pendingCount()).isEqualTo(2);
        account.pass(Duration.ofMinutes(3));
        assertThat(primary(service("half")).rolloutState()).isEqualTo(DeploymentRolloutState.COMPLETED);
    }

    @Test
    void whenImagesCannotBePulled_thenTheBreakerRollsBack() {
        // given
        String before = primary(service("rollback")).id();

        // when
        update("rollback", register("app", REGISTRY + "/shop/app:none", true));
        account.pass(Duration.ofMinutes(5));

        // then
        Service after = service("rollback");
        assertThat(after.taskDefinition()).endsWith("/app:1");
        assertThat(primary(after).id()).isEqualTo(before);
        assertThat(after.deployments()).hasSize(1);
        assertThat(said(after))
                .contains("(service rollback) rolling back to deployment " + before + ".")
                .anyMatch(text -> text.endsWith(") deployment failed: tasks failed to start."));
        assertThat(stopped("rollback").get(0).stoppedReason()).startsWith("CannotPullContainerError: ");
        assertThat(stopped("rollback").get(0).stopCodeAsString()).isEqualTo("TaskFailedToStart");
    }

    @Test
    void whenHealthChecksFailAndTheBreakerOnlyStops_thenTheFailedDeploymentStays() {
        // when
        update("stop", register("app", "sick", true));
        account.pass(Duration.ofMinutes(10));

        // then
        Service after = service("stop");
        assertThat(primary(after).rolloutState()).isEqualTo(DeploymentRolloutState.FAILED);
        assertThat(primary(after).rolloutStateReason())
                .isEqualTo("ECS deployment circuit breaker: tasks failed to start.");
        assertThat(after.deployments().get(1).runningCount()).isEqualTo(2);
        assertThat(stopped("stop").get(0).stoppedReason()).isEqualTo("Task failed container health checks");
    }

    @Test
    void whenContainersEndByThemselves_thenNoBreakerCountsThemAndTheDeploymentGoesOn() {
        // when
        update("off", register("plain", "bad", false));
        account.pass(Duration.ofMinutes(30));

        // then
        Service after = service("off");
        assertThat(primary(after).rolloutState()).isNotEqualTo(DeploymentRolloutState.FAILED);
        assertThat(primary(after).failedTasks()).isZero();
        assertThat(stopped("off").get(0).containers().get(0).exitCode()).isEqualTo(3);
    }

    @Test
    void whenAnAlarmRingsWhileItRollsOut_thenTheDeploymentFailsAndGoesBack() {
        // given
        CloudWatchClient cloudWatch = account.client(CloudWatchClient.builder());
        cloudWatch.putMetricAlarm(r -> r.alarmName("errors")
                .namespace("shop")
                .metricName("errors")
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .evaluationPeriods(1)
                .period(60)
                .threshold(5.0));
        update("watched", register("plain", "busybox:2", false));
        account.pass(Duration.ofMinutes(3));
        Service baking = service("watched");

        // when
        cloudWatch.setAlarmState(
                r -> r.alarmName("errors").stateValue(StateValue.ALARM).stateReason("many"));
        account.pass(Duration.ofMinutes(10));

        // then
        assertThat(baking.deployments()).hasSize(1);
        assertThat(primary(baking).rolloutState()).isEqualTo(DeploymentRolloutState.IN_PROGRESS);
        assertThat(service("watched").taskDefinition()).endsWith("/plain:1");
        assertThat(said(service("watched"))).anyMatch(text -> text.endsWith("deployment failed: alarm detected."));
    }

    @Test
    void whenOnlyTagsOrTheCountChange_thenNoDeploymentBegins() {
        // given
        String arn = service("off").serviceArn();

        // when
        ecs.tagResource(
                r -> r.resourceArn(arn).tags(Tag.builder().key("a").value("1").build()));
        ecs.updateService(
                r -> r.cluster("shop").service("off").taskDefinition("plain").desiredCount(3));
        account.pass(Duration.ofMinutes(1));

        // then
        assertThat(service("off").tags()).hasSize(1);
        assertThat(service("off").deployments()).hasSize(1);
        assertThat(service("off").runningCount()).isEqualTo(3);
        ecs.untagResource(r -> r.resourceArn(arn).tagKeys("a"));
        assertThat(service("off").tags()).isEmpty();
    }

    @Test
    void whenWhatIsNamedDoesNotExist_thenAwsSaysSo() {
        assertThatThrownBy(() -> ecs.describeServices(r -> r.cluster("none").services("off")))
                .isInstanceOf(ClusterNotFoundException.class);
        assertThat(ecs.describeServices(r -> r.cluster("shop").services("none"))
                        .failures()
                        .get(0)
                        .reason())
                .isEqualTo("MISSING");
        assertThatThrownBy(() -> register("plain", "@#as", false))
                .isInstanceOfSatisfying(EcsException.class, refusal -> assertThat(
                                refusal.awsErrorDetails().errorMessage())
                        .isEqualTo("Container.image repository should not be null or empty."));
        ecs.deregisterTaskDefinition(r -> r.taskDefinition("plain:1"));
        assertThatThrownBy(() -> update("half", "plain:1")).hasMessageContaining("TaskDefinition is inactive");
    }

    private static ImageIdentifier tagged(String tag) {
        return ImageIdentifier.builder().imageTag(tag).build();
    }

    @Test
    void whenImagesAreLookedFor_thenTagAndDigestNameTheSame() {
        var found = ecr.batchGetImage(r -> r.repositoryName("shop/app").imageIds(tagged("2"), tagged("3")))
                .images();
        String digest = found.get(0).imageId().imageDigest();
        var answer = ecr.batchGetImage(r -> r.repositoryName("shop/app")
                .imageIds(ImageIdentifier.builder().imageDigest(digest).build(), tagged("3")));
        assertThat(answer.images()).hasSize(1);
        assertThat(answer.failures().get(0).failureCode()).isEqualTo(ImageFailureCode.IMAGE_NOT_FOUND);
        assertThatThrownBy(() -> ecr.batchGetImage(r -> r.repositoryName("none").imageIds(tagged("1"))))
                .isInstanceOf(RepositoryNotFoundException.class);
        assertThatThrownBy(() ->
                        ecr.describeImages(r -> r.repositoryName("shop/app").imageIds(tagged("9"))))
                .isInstanceOf(ImageNotFoundException.class);
    }
}
