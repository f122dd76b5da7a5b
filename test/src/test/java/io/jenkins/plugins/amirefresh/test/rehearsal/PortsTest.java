package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rehearsal's machines answer where somebody listens; elsewhere they refuse, or a security group keeps them silent. */
class PortsTest {

    private static final String FILES = "test/src/test/resources/rehearsals/";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            closed | 9000 | UNSTABLE | refreshed | closed: tests inconclusive: http /health on 1 of 1
            open   | 9000 | FAILURE  | failed    | :9000 refused the connection
            closed | 8080 | SUCCESS  | refreshed | closed: tests passed
            open   | 8080 | SUCCESS  | refreshed | open: tests passed
            """)
    void whenASmokeTestAsks_thenSilenceIsNoRefusal(
            String group, String port, String result, String outcome, String line) throws Exception {
        // when
        Rehearsal run = Rehearsal.run(
                folder,
                FILES + "ports.jenkinsfile",
                "--account",
                Rehearsal.root().resolve(FILES + "ports.yaml").toString(),
                "--param",
                "group=" + group,
                "--param",
                "port=" + port);

        // then
        assertThat(run.report().path("result").asText()).isEqualTo(result);
        assertThat(run.groups(outcome)).singleElement().satisfies(row -> assertThat(
                        row.path("autoScalingGroupName").asText())
                .isEqualTo(group));
        assertThat(run.output()).contains(line).contains("Finished: " + result);
    }
}
