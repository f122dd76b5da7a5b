package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A parameter that does nothing with the strategy of a group is named. */
class UnusedParametersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            instance-refresh | batchSize            | 2   | batchSize: AWS sizes the batches of its own refresh
            instance-refresh | checkpointDelay      | 5m  | checkpointDelay: there are no checkpointPercentages to wait at
            rolling          | maxHealthyPercentage | 150 | maxHealthyPercentage: only AWS's own refresh has a most
            out-in           | checkpointDelay      | 5m  | checkpointDelay: only a canary waits
            canary           | checkpointDelay      | 5m  | ''
            instance-refresh | maxHealthyPercentage | 150 | ''
            rolling          | batchSize            | 2   | ''
            """)
    void whenTheStrategyDoesNotUseAParameter_thenThatIsSaidOnce(
            String strategy, String parameter, String value, String line) {
        for (boolean isDryRun : new boolean[] {true, false}) {
            // given
            Scenario scenario = Scenario.of("fleet.yaml").restartingAfter(tick -> true);
            Map<String, Object> given = new LinkedHashMap<>(
                    Map.of("regions", "eu-west-1", "windows", "ignore", "asgs", List.of("web"), "strategy", strategy));
            given.put(parameter, value);
            given.put("dryRun", isDryRun);
            given.put("failOn", "none");

            // when
            scenario.run("recycleAsgs", given);

            // then
            List<String> said = scenario.console().stream()
                    .filter(one -> one.contains("does not use"))
                    .toList();
            if (line.isEmpty()) {
                assertThat(said).isEmpty();
            } else {
                assertThat(said)
                        .singleElement()
                        .asString()
                        .startsWith("recycleAsgs: " + strategy + ", the strategy of web, does not use " + line);
            }
        }
    }
}
