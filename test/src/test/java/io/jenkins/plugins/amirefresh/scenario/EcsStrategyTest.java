package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services whose traffic is shifted by ECS itself: these deployments are not watched here, so none is begun. */
class EcsStrategyTest {

    private final Scenario scenario = Scenario.of("services.yaml");
    private final Containers containers = Containers.of(scenario);

    private void deployedBy(String strategy) {
        scenario.misreadBy((call, body) -> call.operation().equals("DescribeServices")
                ? body.replace(
                        "\"deploymentConfiguration\":{",
                        "\"deploymentConfiguration\":{\"strategy\":\"" + strategy + "\",")
                : body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BLUE_GREEN", "LINEAR", "CANARY", "A_STRATEGY_TO_COME"})
    void whenItsStrategyShiftsTraffic_thenNothingIsChanged(String strategy) {
        // given
        String before = containers.all();
        deployedBy(strategy);

        // when
        Progress progress = scenario.run(
                "updateEcsService", Map.of("cluster", "shop", "services", "plain", "image", Containers.image("2")));

        // then
        assertThat(Containers.error(progress))
                .isEqualTo("shop/plain: its deployment strategy is " + strategy
                        + ", which shifts traffic in steps that are not watched here; deploy it with ECS's own means,"
                        + " or give it the strategy ROLLING");
        assertThat(scenario.mutating()).isEmpty();
        assertThat(containers.all()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BLUE_GREEN", "LINEAR", "CANARY"})
    void whenOnlyItsTagsAreToChange_thenTheStrategyDoesNotMatter(String strategy) {
        // given
        deployedBy(strategy);

        // when
        Progress progress = scenario.run(
                "updateEcsService", Map.of("cluster", "shop", "services", "plain", "tags", Map.of("team", "c")));

        // then
        assertThat(Containers.row(progress)).containsEntry("outcome", "updated");
        assertThat(containers.tags("shop", "plain")).containsEntry("team", "c");
    }
}
