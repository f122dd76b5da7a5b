package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.amirefresh.journal.Json;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plan that a dry run leaves: for machines, and for a later step of the build to keep to. */
class PlanTest {

    private static final Path ACCOUNT = Rehearsal.root()
            .resolve(
                    "test/src/test/resources/rehearsals/reported/plan-executed-after-a-colleagues-change/account.yaml");
    private static final String SCHEMA = "/io/jenkins/plugins/amirefresh/step/recycle/plan.schema.json";

    @TempDir
    private Path folder;

    private Rehearsal rehearse(String steps) throws Exception {
        Path jenkinsfile = Files.writeString(
                folder.resolve("Jenkinsfile"), "withEnv(['AMI_REFRESH_REGIONS=eu-west-1']) {\n" + steps + "\n}\n");
        return Rehearsal.run(folder, jenkinsfile.toString(), "--account", ACCOUNT.toString());
    }

    @Test
    void whenAStepRunsDry_thenItsPlanIsThereForMachinesWithEachGroup() throws Exception {
        // when
        Rehearsal run = rehearse(
                "updateLaunchTemplates ami: 'newest', dryRun: true\nrecycleAsgs window: 'sun 20:00 3h Europe/Paris', dryRun: true");

        // then
        JsonNode plan = Json.mapper().readTree(folder.resolve("out/plan.json").toFile());
        try (InputStream schema = PlanTest.class.getResourceAsStream(SCHEMA)) {
            assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(schema)
                            .validate(plan))
                    .isEmpty();
        }
        assertThat(plan.path("groups").findValuesAsText("autoScalingGroupName"))
                .containsExactly("alike", "busy", "gone", "grown", "tagged", "woken");
        JsonNode first = plan.path("groups").path(0);
        assertThat(first.path("windows").asText()).isEqualTo("sun 20:00 Europe/Paris for 3h");
        assertThat(first.path("windowStart").asText()).isEqualTo("2026-11-22T19:00:00Z");
        assertThat(run.output())
                .contains("recycleAsgs: plan " + plan.path("hash").asText() + ": 5 of 6 groups");
    }

    @Test
    void whenNothingHasChanged_thenThePlanOfTheSameIsTheSame() throws Exception {
        // when
        Rehearsal run = rehearse("updateLaunchTemplates ami: 'newest'\n"
                + "2.times { recycleAsgs dryRun: true, failOn: 'none'\nsleep 60 }\nrefreshReport()");

        // then
        List<String> plans = run.output()
                .lines()
                .filter(line -> line.startsWith("recycleAsgs: plan "))
                .toList();
        assertThat(plans).hasSize(2);
        assertThat(plans.get(1)).isEqualTo(plans.get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            recycleAsgs plan: 'run'                                       | plan: 'run' is not allowed; give a plan of this build, which has none
            recycleAsgs dryRun: true, failOn: 'none'; recycleAsgs plan: '0123456789ab' | plan: '0123456789ab' is not allowed; give 'run' for the last plan of this build, or one of
            """)
    void whenThePlanIsNotOfThisBuild_thenNothingIsChanged(String steps, String line) throws Exception {
        // when
        Rehearsal run = rehearse("updateLaunchTemplates ami: 'newest'\n" + steps.replace("; ", "\n"));

        // then
        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        assertThat(run.output()).contains(line);
        assertThat(run.output()).doesNotContain(": starting");
    }
}
