package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tags of services of ECS that AWS does not take. */
class EcsTagsTest {

    private static Map<String, Object> parameters(Map<String, ?> tags) {
        return Map.of(
                "cluster",
                "shop",
                "services",
                "plain",
                "container",
                "app",
                "image",
                Containers.image("2"),
                "tags",
                tags);
    }

    @Test
    void whenAwsRefusesTags_thenTheTextIsTheOriginals() {
        // given
        Scenario refusing = Scenario.of(
                "services.yaml",
                text -> text
                        + "\nfaults:\n  - {service: ecs, operation: TagResource, from: '2026-11-22T17:00:40Z', error: {code:"
                        + " ClientException, status: 400, message: no}}\n");

        // when
        Progress progress = refusing.run("updateEcsService", parameters(Map.of("key-1", "value")));

        // then
        assertThat(Containers.error(progress))
                .startsWith("[ERROR][ecs_service_update] service tags could not be updated (ClientError) {'key-");
        assertThat(Containers.of(refusing).runs("plain")).isEqualTo("plain:2");
    }

    @Test
    void whenThereWouldBeTooManyTags_thenNothingIsChanged() {
        Scenario scenario = Scenario.of("services.yaml");
        Map<String, Object> many = new HashMap<>();
        for (int n = 0; n < 50; n++) {
            many.put("key-" + n, "value");
        }
        Progress progress = scenario.run("updateEcsService", parameters(many));

        assertThat(Containers.error(progress)).contains("it would have 51 tags, and AWS takes 50");
        assertThat(scenario.mutating()).isEmpty();
    }
}
