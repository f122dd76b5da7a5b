package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of check from a Jenkinsfile: on new instances before they count, and on the group. */
class ChecksTest {

    private static final String FILES = "test/src/test/resources/rehearsals/";

    @TempDir
    private Path folder;

    @Test
    void whenAPipelineGivesThem_thenTheyHoldBackWhatDoesNotWork() throws Exception {
        // when
        Rehearsal run = Rehearsal.runWith(
                System.getenv("PATH"), // a shell has to be found
                folder,
                FILES + "checks.jenkinsfile",
                "--account",
                Rehearsal.root().resolve(FILES + "checks.yaml").toString());

        // then
        assertThat(run.groups("refreshed"))
                .singleElement()
                .satisfies(group -> assertThat(group.path("strategy").asText()).isEqualTo("rolling"));
        assertThat(run.groups("rolled-back")).singleElement().satisfies(group -> assertThat(
                        group.path("reason").asText())
                .contains("ssm systemctl is-active app: ended with 3, expected 0: inactive"));
        assertThat(run.output())
                .contains("web: asking the old version first")
                .contains("web: tests passed")
                // Shells are processes of this machine: the first that ends decides.
                .containsPattern("web: tests failed: database on [12] of 2")
                .contains("ended with 1, expected 0: no database")
                .contains("Finished: UNSTABLE");
    }
}
