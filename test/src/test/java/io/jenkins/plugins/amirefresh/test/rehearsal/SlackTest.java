package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Slack does not take is sent again, and what it hears of the end is true. */
class SlackTest {

    private static final Path ACCOUNT = Rehearsal.root().resolve("test/src/test/resources/rehearsals/account.yaml");

    @TempDir
    private Path folder;

    private Rehearsal rehearse(String pipeline, String slack) throws Exception {
        return rehearse(pipeline, slack, List.of());
    }

    private Rehearsal rehearse(String pipeline, String slack, List<String> more) throws Exception {
        List<String> arguments = new ArrayList<>();
        arguments.add(Files.writeString(folder.resolve("Jenkinsfile"), pipeline).toString());
        arguments.addAll(List.of("--account", ACCOUNT.toString(), "--slack", slack));
        arguments.addAll(List.of("--library", "ami-refresh=" + Rehearsal.root()));
        arguments.addAll(more);
        return Rehearsal.run(folder, arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"429:600, false", "'503,network,503', false", "429:600, true"})
    void whenSlackIsBusy_thenEveryMessageArrivesOnceInItsOrderAndNothingWaitsForIt(String slack, boolean restarts)
            throws Exception {
        Rehearsal run = rehearse(
                """
                withEnv(['AMI_REFRESH_REGIONS=eu-west-1', 'AMI_REFRESH_WINDOWS=ignore']) {
                    recycleAsgs asgs: 'good'
                    notifySlack event: 'end'
                }
                """,
                slack,
                restarts ? List.of("--restart-every-tick") : List.of());

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("did not take 'Starting ASG Refresh", "yet, it is sent again: Slack");
        assertThat(run.slack())
                .extracting(post -> post.path("text").asText())
                .containsExactly("Starting ASG Refresh", "AMI refresh ended: 1 refreshed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Library('ami-refresh') _\namiRefreshPipeline(defaults: [regions: 'Ireland'])\n",
                "@Library('ami-refresh') _\namiRefreshPipeline(families: ['web'], image: [template: 'nowhere'],"
                        + " defaults: [regions: 'eu-west-1'])\n",
                "try { updateLaunchTemplates ami: 'ami-0123456789abcdef0', regions: 'eu-west-1' }"
                        + " finally { notifySlack event: 'end' }\n",
            })
    void whenABuildFailsBeforeAnyGroup_thenItsEndIsToldInRedWithItsError(String pipeline) throws Exception {
        Rehearsal run = rehearse(pipeline, "");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        var last = run.slack().get(run.slack().size() - 1);
        assertThat(last.path("text").asText()).isEqualTo("AMI refresh ended in FAILURE: no group was looked at");
        assertThat(last.path("attachments").path(0).path("color").asText()).isEqualTo("danger");
        assertThat(last.path("attachments").path(0).path("text").asText()).contains("is not allowed");
    }

    @Test
    void whenTheProductsOwnTemplateServes_thenNothingIsCheckedOut() throws Exception {
        Rehearsal run = rehearse(
                "@Library('ami-refresh') _\namiRefreshPipeline(families: ['web'], image: [variables: [source_ami_name:"
                        + " 'base']], waves: ['dev'], defaults: [regions: 'eu-west-1', dryRun: true])\n",
                "");

        assertThat(run.output()).contains("from .ami-refresh/packer").doesNotContain("Checking out");
    }
}
