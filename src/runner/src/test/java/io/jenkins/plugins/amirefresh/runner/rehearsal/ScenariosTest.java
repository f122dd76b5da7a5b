package io.jenkins.plugins.amirefresh.runner.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every scenario twice: the result and the console are as expected, and both runs print the same.
 *
 * <p>Expected consoles are written by {@code -Dexpected.update=true}; they are reviewed like code.
 */
class ScenariosTest {
    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");

    @TestFactory
    Stream<DynamicTest> scenarios(@TempDir Path temporary) throws IOException {
        List<Path> directories;
        try (Stream<Path> list = Files.list(SCENARIOS)) {
            directories = list.filter(Files::isDirectory).sorted().toList();
        }
        return directories.stream()
                .map(directory -> DynamicTest.dynamicTest(
                        directory.getFileName().toString(),
                        () -> check(directory, temporary.resolve(directory.getFileName()))));
    }

    private static void check(Path directory, Path out) throws IOException, InterruptedException {
        // given
        Scenario scenario = new Scenario(directory, out.resolve("1"));
        Scenario again = new Scenario(directory, out.resolve("2"));
        StringBuilder console = new StringBuilder();
        StringBuilder consoleAgain = new StringBuilder();

        // when
        BuildResult result = scenario.run(console);
        again.run(consoleAgain);

        // then
        if (Boolean.getBoolean("expected.update")) {
            Files.writeString(scenario.expectedConsole(), console);
        }
        assertThat(console.toString()).isEqualTo(Files.readString(scenario.expectedConsole()));
        assertThat(result).isEqualTo(scenario.expected());
        assertThat(consoleAgain.toString()).isEqualTo(console.toString());
    }
}
