package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A new image on services of ECS: what is carried over, what is watched, and what is put back. */
class EcsServiceTest {

    private final Scenario scenario = Scenario.of("services.yaml");
    private final Containers containers = Containers.of(scenario);

    private Progress update(String service, String tag, Object... more) {
        return scenario.run("updateEcsService", parameters(service, tag, more));
    }

    private static Map<String, Object> parameters(String service, String tag, Object... more) {
        Map<String, Object> parameters = new HashMap<>(
                Map.of("cluster", "shop", "services", service, "container", "app", "image", Containers.image(tag)));
        for (int i = 0; i < more.length; i += 2) {
            parameters.put((String) more[i], more[i + 1]);
        }
        return parameters;
    }

    /** Somebody else does something at a moment of the rehearsal. */
    private void after(Duration delay, Runnable action) {
        scenario.simulator().after(delay, action);
    }

    @Test
    void whenAnImageIsNew_thenTheWholeTaskDefinitionIsCarriedOver() {
        // when
        Progress progress = update("web", "2", "tags", Map.of("version", 2));

        // then
        assertThat(Containers.row(progress))
                .containsEntry("outcome", "updated")
                .containsEntry("fromTaskDefinition", "app:1")
                .containsEntry("toTaskDefinition", "app:2");
        JsonNode before = containers.definition("app:1");
        JsonNode after = containers.definition("app:2");
        Set<String> differing = new TreeSet<>();
        before.path("taskDefinition").properties().forEach(member -> {
            if (!member.getValue().equals(after.path("taskDefinition").get(member.getKey()))) {
                differing.add(member.getKey());
            }
        });
        assertThat(differing)
                .containsExactlyInAnyOrder(
                        "containerDefinitions", "registeredAt", "registeredBy", "revision", "taskDefinitionArn");
        String containersAfter =
                after.at("/taskDefinition/containerDefinitions").toString();
        assertThat(Json.read(containersAfter.replace(Containers.image("2"), Containers.image("1")), JsonNode.class))
                .isEqualTo(before.at("/taskDefinition/containerDefinitions"));
        assertThat(after.path("tags")).isEqualTo(before.path("tags"));
        assertThat(containers.tags("shop", "web"))
                .containsEntry("team", "a")
                .containsEntry("version", "2")
                .containsEntry("aws:cloudformation:stack-name", "shop");
    }

    @Test
    void whenTagsReplace_thenOthersGoAndThoseOfAwsStay() {
        update("web", "2", "tags", Map.of("version", "2"), "tagMode", "replace");

        assertThat(containers.tags("shop", "web")).containsOnlyKeys("version", "aws:cloudformation:stack-name");
    }

    @Test
    void whenOnlyTagsAreGiven_thenNoTaskIsTouched() {
        Progress progress = scenario.run(
                "updateEcsService", Map.of("cluster", "shop", "services", "web", "tags", Map.of("a", "1")));

        assertThat(Containers.row(progress)).containsEntry("outcome", "updated");
        assertThat(scenario.mutating()).containsExactly("TagResource", "TagResource", "UntagResource");
        assertThat(containers.runs("web")).isEqualTo("app:1");
    }

    @Test
    void whenSeveralContainersGetAnImage_thenEachGetsItsOwn() {
        Progress progress = scenario.run(
                "updateEcsService",
                Map.of(
                        "cluster",
                        "shop",
                        "services",
                        "web",
                        "images",
                        Map.of("app", Containers.image("2"), "proxy", "envoy:2")));

        assertThat(Containers.row(progress)).containsEntry("outcome", "updated");
        assertThat(containers
                        .definition("app:2")
                        .at("/taskDefinition/containerDefinitions/1/image")
                        .asText())
                .isEqualTo("envoy:2");
    }

    @Test
    void whenAnImageIsGivenByDigest_thenItIsFoundAndRuns() {
        // given
        ObjectNode input = Containers.node().put("repositoryName", "shop/app");
        input.putArray("imageIds").addObject().put("imageTag", "2");
        String digest = containers
                .call("ecr", "BatchGetImage", input)
                .at("/images/0/imageId/imageDigest")
                .asText();
        String image = Containers.image("x").replace(":x", "@" + digest);

        // when
        Progress progress = update("plain", "2", "image", image);
        String missing = Containers.error(update("plain", "2", "image", image.replaceAll("[0-9a-f]{8}$", "00000000")));

        // then
        assertThat(Containers.half(progress, "AFTER")).containsEntry("serviceImage", image);
        assertThat(missing).contains("does not exist: repository shop/app has no such image");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web | none | shop/web: REG/shop/app:none does not exist: repository shop/app has no such image; push it first",
                "blue | 2 | shop/blue: its deployment controller is CODE_DEPLOY, so ECS takes no task definition for it; create a deployment of it in AWS CodeDeploy",
                "gone | 2 | [ERROR][ecs_service_read] ecs_service_name gone not found",
            })
    void whenItCannotBeDone_thenNothingIsChanged(String service, String tag, String line) {
        // given
        String before = containers.all();

        // when: the first service could be updated
        Progress progress = update("plain," + service, tag.equals("none") ? "none" : tag);

        // then
        assertThat(Containers.error(progress).replace("111111111111.dkr.ecr.eu-west-1.amazonaws.com", "REG"))
                .isEqualTo(line.replace("shop/web: ", "shop/plain: "));
        assertThat(scenario.mutating()).isEmpty();
        assertThat(containers.all()).isEqualTo(before);
    }

    @Test
    void whenNoContainerIsNamedAndThereAreTwo_thenTheyAreNamed() {
        Progress progress = scenario.run(
                "updateEcsService", Map.of("cluster", "shop", "services", "web", "image", Containers.image("2")));

        assertThat(Containers.error(progress))
                .startsWith("shop/web: app:1 has the containers app, proxy; say which one gets ");
        assertThat(scenario.mutating()).isEmpty();
    }

    @Test
    void whenAwsRollsBack_thenTheStepFailsAndTagsAreThoseOfBefore() {
        Progress progress = update("web", "sick", "tags", Map.of("version", "sick"));

        assertThat(Containers.error(progress))
                .startsWith("shop/web: rolled back to app:1: ")
                .contains("Task failed container health checks");
        assertThat(containers.runs("web")).isEqualTo("app:1");
        assertThat(containers.service("shop", "web").path("runningCount").asInt())
                .isEqualTo(3);
        assertThat(containers.tags("shop", "web")).doesNotContainKey("version");
    }

    @Test
    void whenAwsOnlyStops_thenWeRollBack() {
        Progress progress = update("stops", "sick");

        assertThat(Containers.error(progress))
                .startsWith("shop/stops: rolled back to app:1: ECS deployment circuit breaker");
        assertThat(containers.runs("stops")).isEqualTo("app:1");
        assertThat(scenario.mutating())
                .as("its lease first and last")
                .containsExactly(
                        "TagResource", "RegisterTaskDefinition", "UpdateService", "UpdateService", "UntagResource");
    }

    @Test
    void whenContainersEndAfterAwsCalledItCompleted_thenWeRollBack() {
        Progress progress = update("plain", "crash");

        assertThat(Containers.error(progress))
                .startsWith("shop/plain: rolled back to plain:1: ")
                .contains("tasks ended by themselves: Essential container in task exited, app ended with exit code 3");
        assertThat(containers.runs("plain")).isEqualTo("plain:1");
    }

    @Test
    void whenItNeverBecomesSteady_thenTheTimeLimitEndsIt() {
        Instant start = scenario.simulator().now();
        Progress progress = update("plain", "slow", "timeLimit", "10m");

        assertThat(Containers.error(progress))
                .startsWith(
                        "shop/plain: rolled back to plain:1: not steady after 10m, 0 of 2 tasks of plain:2 running");
        assertThat(Duration.between(start, scenario.simulator().now()))
                .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(15));
    }

    @Test
    void whenItIsToStayAsItIs_thenNothingGoesBack() {
        Progress progress = update("plain", "slow", "timeLimit", "5m", "onFailure", "stop", "failOn", "none");

        assertThat(Containers.row(progress)).containsEntry("outcome", "failed");
        assertThat(progress).isInstanceOfSatisfying(Progress.Done.class, done -> assertThat(done.verdict())
                .isEqualTo(Progress.BuildVerdict.FAILURE));
        assertThat(containers.runs("plain")).isEqualTo("plain:2");
    }

    @Test
    void whenAnAlarmRings_thenTheDeploymentFails() {
        // given
        ObjectNode alarm = Containers.node()
                .put("AlarmName", "errors")
                .put("MetricName", "errors")
                .put("Namespace", "shop")
                .put("ComparisonOperator", "GreaterThanThreshold")
                .put("EvaluationPeriods", 1)
                .put("Period", 60)
                .put("Statistic", "Sum")
                .put("Threshold", 1.0);
        containers.call("monitoring", "PutMetricAlarm", alarm);
        after(
                Duration.ofMinutes(2),
                () -> containers.call(
                        "monitoring",
                        "SetAlarmState",
                        Containers.node()
                                .put("AlarmName", "errors")
                                .put("StateValue", "ALARM")
                                .put("StateReason", "many")));

        // when
        Progress progress = update("watched", "2");

        // then
        assertThat(Containers.error(progress))
                .startsWith("shop/watched: rolled back to plain:1: ")
                .contains("alarm detected");
        assertThat(containers.runs("watched")).isEqualTo("plain:1");
    }

    @Test
    void whenOneServiceFails_thenThoseAfterItAreHeld() {
        Progress progress = update("plain,watched", "crash", "failOn", "none");

        assertThat(Containers.result(progress))
                .containsEntry("rolled-back", 1)
                .containsEntry("held", 1)
                .containsEntry("statusCode", 500)
                .containsEntry("summary", "1 held, 1 rolled-back");
        assertThat(containers.runs("watched")).isEqualTo("plain:1");
        LockHolder next = new LockHolder("weekly-2", "step-1");
        assertThat(scenario.lockedBy("ECS service shop/plain", next)).isEmpty();
        assertThat(scenario.lockedBy("ECS service shop/watched", next)).isEmpty();
    }

    @Test
    void whenNothingIsDesired_thenTheRowSaysThatNoTaskWasSeen() {
        Progress progress = update("asleep", "2");

        assertThat(Containers.row(progress)).containsEntry("outcome", "updated");
        assertThat(scenario.console()).anyMatch(line -> line.contains("nothing is desired, so no task of it was seen"));
    }

    @Test
    void whenSomebodyElseDeploysMeanwhile_thenTheirsIsLeftAlone() {
        // given
        after(Duration.ofSeconds(40), () -> {
            ObjectNode other = Containers.node().put("family", "other");
            other.putArray("containerDefinitions")
                    .addObject()
                    .put("name", "app")
                    .put("image", "other:1")
                    .put("memory", 64);
            containers.call("ecs", "RegisterTaskDefinition", other);
            containers.update("plain", "other:1");
        });

        // when
        Progress progress = update("plain", "slow");

        // then
        assertThat(Containers.error(progress))
                .isEqualTo("shop/plain: somebody else deploys other:1 while ours was under way; it was left alone");
        assertThat(containers.runs("plain")).isEqualTo("other:1");
    }

    @Test
    void whenADeploymentOfOthersIsUnderWay_thenItIsWaitedFor() {
        // given
        ObjectNode plain = Containers.node().put("family", "plain");
        plain.putArray("containerDefinitions")
                .addObject()
                .put("name", "app")
                .put("image", "other:1")
                .put("memory", 32);
        containers.call("ecs", "RegisterTaskDefinition", plain);
        containers.update("plain", "plain:2");

        // when
        Progress progress = update("plain", "2");

        // then
        assertThat(Containers.row(progress))
                .containsEntry("outcome", "updated")
                .containsEntry("fromTaskDefinition", "plain:2");
        assertThat(scenario.console())
                .anyMatch(line -> line.matches("shop/plain: waiting for deployment .* of plain:2 by somebody else"));
    }

    @Test
    void whenTheOldRevisionIsInactiveByThen_thenItGoesBackToACopy() {
        // given
        after(
                Duration.ofSeconds(20),
                () -> containers.call(
                        "ecs", "DeregisterTaskDefinition", Containers.node().put("taskDefinition", "plain:1")));

        // when
        Progress progress = update("plain", "crash");

        // then
        assertThat(Containers.error(progress)).startsWith("shop/plain: rolled back to plain:3: ");
        assertThat(containers.definition("plain:3").at("/taskDefinition/containerDefinitions"))
                .isEqualTo(containers.definition("plain:1").at("/taskDefinition/containerDefinitions"));
    }

    @ParameterizedTest
    @CsvSource({"rollback, plain:1", "finish-batch, plain:2", "leave, plain:2"})
    void whenTheBuildIsAborted_thenTheServiceComesToADescribedPlace(String onAbort, String runs) {
        // given
        scenario.abortingAfter(tick -> tick == 7);

        // when
        Progress progress = update("plain,watched", "2", "onAbort", onAbort);

        // then
        assertThat(Containers.error(progress)).startsWith("updateEcsService: the build was aborted; ");
        assertThat(containers.runs("plain")).isEqualTo(runs);
        assertThat(containers.runs("watched")).isEqualTo("plain:1");
    }

    @Test
    void whenItIsADryRun_thenEverythingIsLookedAtAndNothingChanged() {
        // when
        Progress progress = update("web", "2", "dryRun", true, "tags", Map.of("version", "2"));
        String missing = Containers.error(update("web", "none", "dryRun", true));

        // then
        assertThat(Containers.row(progress)).containsEntry("outcome", "planned");
        assertThat(missing).contains("does not exist");
        assertThat(scenario.mutating()).isEmpty();
    }

    @Test
    void whenAnotherBuildIsAtWorkOnIt_thenOneWaitsForTheOther() {
        // given
        scenario.locked("ECS service shop/plain", new LockHolder("weekly-9", "step-1"));

        // when
        scenario.runAndVanish("updateEcsService", parameters("plain", "2"), 4);

        // then
        assertThat(scenario.mutating()).isEmpty();
        assertThat(scenario.console())
                .containsOnlyOnce("shop/plain: waiting for step-1 of run weekly-9, which is at work on it");
    }
}
