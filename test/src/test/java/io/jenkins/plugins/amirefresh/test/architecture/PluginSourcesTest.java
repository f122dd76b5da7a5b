package io.jenkins.plugins.amirefresh.test.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The plugin's rules, read from its sources: its classes are compiled only where Jenkins' own repository is reachable. */
class PluginSourcesTest {

    private static final Path SOURCES = Path.of("..", "src", "plugin", "src", "main", "java");
    private static final Pattern DECIDING = Pattern.compile(
            "import (static )?(io\\.jenkins\\.plugins\\.amirefresh\\.(refresh|schedule|launchtemplate)\\."
                    + "|software\\.amazon\\.awssdk\\.services\\.|io\\.jenkins\\.plugins\\.amirefresh\\.(runner|simulator)\\.)");

    @Test
    void whenThePluginIsRead_thenItDecidesNothing() throws IOException {
        // given
        List<Path> files;
        try (Stream<Path> tree = Files.isDirectory(SOURCES) ? Files.walk(SOURCES) : Stream.empty()) {
            files = tree.filter(file -> file.toString().endsWith(".java")).toList();
        }

        // then
        for (Path file : files) {
            List<String> offending = Files.readAllLines(file).stream()
                    .filter(line -> DECIDING.matcher(line).find())
                    // The windows that a form offers as defaults are data, not a decision.
                    .filter(line -> !line.contains("schedule.DefaultWindows"))
                    .toList();
            assertThat(offending).as(file.toString()).isEmpty();
        }
    }
}
