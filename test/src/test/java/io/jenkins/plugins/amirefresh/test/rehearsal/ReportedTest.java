package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Situations that people who do this job have reported, judged as they would: a folder each under {@code reported/}, with
 * {@code account.yaml}, {@code expect.yaml} and a {@code Jenkinsfile}, unless it names one of {@code pipelines/}. {@code -Dreported=tag-limit} runs those alone whose names match.
 */
class ReportedTest {

    private static final Path FOLDER = Rehearsal.root().resolve("test/src/test/resources/rehearsals/reported");

    @TempDir
    private Path folder;

    static Stream<String> situations() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders
                    .map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.matches(System.getProperty("reported", ".*")))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("situations")
    void whenASituationIsReported_thenItEndsAsItsUsersCallRight(String name) throws IOException {
        // given
        Path situation = FOLDER.resolve(name);
        Expectation right = Expectation.of(situation.resolve("expect.yaml"));
        Path pipeline = right.pipeline() == null
                ? situation.resolve("Jenkinsfile")
                : FOLDER.resolveSibling("pipelines").resolve(right.pipeline() + ".jenkinsfile");
        List<String> arguments = new ArrayList<>();
        arguments.add(pipeline.toString());
        arguments.addAll(List.of("--account", situation.resolve("account.yaml").toString()));
        arguments.addAll(right.arguments() == null ? List.of() : right.arguments());

        // when
        Rehearsal run = Rehearsal.run(folder, arguments.toArray(String[]::new));

        // then
        assertThat(right.wrong(run)).as(right.why() + "\n" + run.output()).isEmpty();
    }
}
