package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The eight test events of ecs-updater with its checks 1.1.1 to 4.3.4, in its order on one service. Source: enmata/ecs-updater,
 * {@code testing/test_ecs-updater.py} and its events. Its status code of an answered Lambda call is 200 also for errors; here an
 * error fails the step with the text that was its errorMessage.
 */
class EcsUpdaterTest {

    private static final String TAG = "{ \"updated-tag-name\": \"updated-tag-value\" }";

    private final Scenario scenario = Scenario.of("services.yaml");

    private Progress send(String event) {
        return scenario.run("updateEcsService", Map.of("payload", event));
    }

    /** The text of a refusal, whether it comes before the step begins or from it. */
    private String refused(String event) {
        try {
            return Containers.error(send(event));
        } catch (ParameterException refusal) {
            return String.valueOf(refusal.getMessage());
        }
    }

    private static String event(String cluster, String service, String image, String tags) {
        return "{\"ecs_cluster_name\": \"%s\", \"ecs_service_name\" : \"%s\", \"ecs_image_name\" : \"%s\", \"ecs_tag\" : %s}"
                .formatted(cluster, service, image, tags);
    }

    private static List<Map<String, String>> tags(String... keysAndValues) {
        return keysAndValues.length == 2
                ? List.of(Map.of("key", keysAndValues[0], "value", keysAndValues[1]))
                : List.of(
                        Map.of("key", keysAndValues[0], "value", keysAndValues[1]),
                        Map.of("key", keysAndValues[2], "value", keysAndValues[3]));
    }

    @Test
    void whenTheOriginalsEventsCome_thenItsChecksHold() {
        base();
        refusals();
        others();
    }

    private void base() {
        // 1.1.1 to 1.1.5: base
        Progress base = send(event("ECSCluster", "ecs-dummy-service", "nginx", TAG));
        assertThat(Containers.result(base)).containsEntry("statusCode", 200);
        assertThat(Containers.half(base, "BEFORE"))
                .containsEntry("serviceImage", "busybox")
                .containsEntry("tags", tags("old-custom-tag-name", "old-custom-tag-value"))
                .containsEntry("taskDefinitionName", "ecs-dummy-container")
                .containsEntry("taskDefinitionFamily", "ecs-dummy-task")
                .containsEntry("serviceMemory", 100)
                .containsEntry("clusterArn", "arn:aws:ecs:eu-west-1:111111111111:cluster/ECSCluster")
                .containsEntry("updatedOn", "2026-11-22 17:00:00+00:00")
                .containsEntry("serviceArn", "arn:aws:ecs:eu-west-1:111111111111:service/ECSCluster/ecs-dummy-service");
        assertThat(Containers.half(base, "AFTER"))
                .containsEntry("serviceImage", "nginx")
                .containsEntry("tags", tags("updated-tag-name", "updated-tag-value"))
                .hasSize(8);
        assertThat(String.valueOf(Containers.half(base, "AFTER").get("updatedOn")))
                .isGreaterThan("2026-11-22 17:00:00+");
    }

    private void refusals() {
        // 2.1.1 to 2.1.3: MISSING_JSON_FIELD
        assertThat(refused(
                        "{\"ecs_cluster_name\": \"ECSCluster\", \"ecs_service_name\" : \"ecs-dummy-service\", \"MISSING\" :"
                                + " \"This is not right\"}"))
                .isEqualTo(
                        "[ERROR][json_validation] wrong input event format: 'ecs_image_name' is a required property");

        // 2.2.1 to 2.2.3: WRONG_JSON_FORMAT
        assertThat(refused(("{\"ecs_cluster_name\": \"ECSCluster\", \"ecs_service_name\": \"ecs-dummy-service\","
                        + " \"ecs_image_name\": {\"title\": \"this is not\", \"type\": \"just a string\"},"
                        + " \"ecs_tag\": " + TAG + "}")))
                .isEqualTo("[ERROR][json_validation] wrong input event format: {'title': 'this is not', 'type': 'just a"
                        + " string'} is not of type 'string'");

        // 3.1.1 to 3.1.3: MISSING_ECS_CLUSTER
        assertThat(refused(event("ProductionFAKE", "ecs-dummy-service", "nginx", TAG)))
                .isEqualTo("[ERROR][ecs_service_read] ecs_cluster_name ProductionFAKE not found");

        // 3.2.1 to 3.2.3: MISSING_ECS_SERVICE
        assertThat(refused(event("ECSCluster", "ecs-dummy-serviceFAKE", "nginx", TAG)))
                .isEqualTo("[ERROR][ecs_service_read] ecs_service_name ecs-dummy-serviceFAKE not found");

        // 4.1.1 to 4.1.3: WRONG_IMAGE_NAME
        assertThat(refused(event("ECSCluster", "ecs-dummy-service", "@#®as_..p````", TAG)))
                .isEqualTo("[ERROR][ecs_service_update] new task_definition could not be created Container.image"
                        + " repository should not be null or empty.");
        assertThat(Containers.of(scenario).tags("ECSCluster", "ecs-dummy-service"))
                .containsOnly(Map.entry("updated-tag-name", "updated-tag-value"));
    }

    private void others() {
        // 4.2.1 to 4.2.5: SAME_INITIAL_VALUES
        Progress same = send(event(
                "ECSCluster", "ecs-dummy-service", "busybox", "{\"old-custom-tag-name\": \"old-custom-tag-value\"}"));
        assertThat(Containers.result(same)).containsEntry("statusCode", 200);
        assertThat(Containers.half(same, "BEFORE"))
                .containsEntry("serviceImage", "nginx")
                .containsEntry("tags", tags("updated-tag-name", "updated-tag-value"));
        assertThat(Containers.half(same, "AFTER"))
                .containsEntry("serviceImage", "busybox")
                .containsEntry("tags", tags("old-custom-tag-name", "old-custom-tag-value"));

        // 4.3.1 to 4.3.4: MULTIPLE_TAGS
        Progress multiple = send(event(
                "ECSCluster",
                "ecs-dummy-service",
                "nginx",
                "{\"updated-tag-name-1\": \"updated-tag-value-1\", \"updated-tag-name-2\": \"updated-tag-value-2\"}"));
        assertThat(Containers.result(multiple)).containsEntry("statusCode", 200);
        assertThat(Containers.half(multiple, "AFTER"))
                .containsEntry("serviceImage", "nginx")
                .containsEntry(
                        "tags",
                        tags("updated-tag-name-1", "updated-tag-value-1", "updated-tag-name-2", "updated-tag-value-2"));
    }

    @Test
    void whenTheValuesAreTheSame_thenTheTasksStartAnewAsTheOriginalDid() {
        // given
        String event = event(
                "ECSCluster", "ecs-dummy-service", "busybox", "{\"old-custom-tag-name\": \"old-custom-tag-value\"}");
        String before = Containers.of(scenario)
                .service("ECSCluster", "ecs-dummy-service")
                .at("/deployments/0/id")
                .asText();

        // when
        Progress deployed = send(event);
        String after = Containers.of(scenario)
                .service("ECSCluster", "ecs-dummy-service")
                .at("/deployments/0/id")
                .asText();
        Progress kept = scenario.run("updateEcsService", Map.of("payload", event, "sameImage", "keep"));

        // then
        assertThat(Containers.row(deployed)).containsEntry("outcome", "updated");
        assertThat(after).isNotEqualTo(before);
        assertThat(Containers.row(kept)).containsEntry("outcome", "unchanged");
        assertThat(scenario.mutating()).containsExactly("TagResource", "UpdateService", "UntagResource");
    }

    @Test
    void whenAServiceHadNoTags_thenItGetsThem() {
        Progress progress = send(event("shop", "stops", Containers.image("2"), TAG)
                .replace("\"ecs_tag\"", "\"ecs_container_name\": \"app\", \"ecs_tag\""));

        assertThat(Containers.half(progress, "AFTER"))
                .containsEntry("tags", tags("updated-tag-name", "updated-tag-value"));
    }
}
