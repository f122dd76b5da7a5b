package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.server.SimulatorServer;
import io.jenkins.plugins.amirefresh.step.storage.JournalFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refresh of which every tick is another process comes to what it would have come to in one. */
@Tag("real-clients")
class FreshJvmTest {

    private static final int MOST_TICKS = 500;

    @TempDir
    private Path directory;

    private String tick(SimulatorServer server, Simulator simulator, String start, Map<String, ?> parameters)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OneTick.class.getName(),
                        server.endpoint().toString(),
                        directory.toString(),
                        "weekly-1",
                        "step-1",
                        "recycleAsgs",
                        new ObjectMapper().writeValueAsString(parameters),
                        start,
                        simulator.now().toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertThat(process.waitFor()).as(output).isZero();
        return output.substring(output.lastIndexOf('\n') + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-refresh", "out-in", "in-out", "rolling", "canary"})
    void whenEveryTickIsAProcessOfItsOwn_thenNothingIsDifferent(String strategy) throws Exception {
        // given
        Map<String, ?> parameters = Map.of("strategy", strategy, "checkpointDelay", "1m");
        Scenario whole = Scenario.of("fleet.yaml");
        whole.run("recycleAsgs", parameters);
        Simulator simulator = Scenario.of("fleet.yaml").simulator();
        String start = simulator.now().toString();
        int ticks = 0;

        // when
        try (SimulatorServer server = SimulatorServer.start(simulator, 0, 0)) {
            String line = tick(server, simulator, start, parameters);
            while (line.startsWith("again ") && ++ticks < MOST_TICKS) {
                Duration pause = Duration.ofMillis(Long.parseLong(line.substring("again ".length())));
                simulator.advanceTo(simulator.now().plus(pause));
                line = tick(server, simulator, start, parameters);
            }

            // then
            assertThat(line).isEqualTo("done");
        }
        assertThat(ticks + 1).isEqualTo(whole.ticks());
        assertThat(Fleet.of(simulator)).isEqualTo(whole.fleet());
        assertThat(Facts.of(JournalFile.open(directory.resolve("weekly-1").resolve("journal.jsonl"))
                        .events()))
                .isEqualTo(Facts.of(whole));
        assertThat(Effects.of(simulator).lines())
                .containsExactlyElementsOf(List.copyOf(whole.effects().lines()));
    }
}
