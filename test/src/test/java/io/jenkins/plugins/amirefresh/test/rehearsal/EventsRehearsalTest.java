package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.journal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of {@code docs/examples/recycle-on-events}, and what it needs rights for. */
class EventsRehearsalTest {

    private static final String EXAMPLE = "docs/examples/recycle-on-events/";
    private static final String POLICY = "resources/iam/events.json";

    @TempDir
    private Path folder;

    private Rehearsal rehearse(String pipeline, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                pipeline,
                "--account",
                Rehearsal.root().resolve(EXAMPLE + "account.yaml").toString(),
                "--policy",
                Rehearsal.root().resolve(POLICY).toString()));
        arguments.addAll(List.of(more));
        return Rehearsal.run(folder, arguments.toArray(String[]::new));
    }

    @Test
    void whenTheExampleIsRehearsed_thenWhatOthersChangedIsRecycledAndEachRightIsNeeded() throws Exception {
        Rehearsal run =
                rehearse(Rehearsal.root().resolve(EXAMPLE + "Jenkinsfile").toString());

        assertThat(run.output())
                .contains(
                        "Finished: UNSTABLE",
                        "recycleOnEvents: UNSTABLE: 1 message that nobody can read is moved to the dead-letter queue",
                        "recycleOnEvents: 3 refreshed",
                        "The component pets is not recycleable in dev - missing required tags",
                        "shop-asg-1: The component shop is recycleable in dev (UpdateAutoScalingGroup, a change by hand)",
                        "proxy_b-asg-1: waiting, proxy_a-asg-1 of the same component is being refreshed");
        assertThat(Files.readString(run.folder().resolve("slack.jsonl")))
                .contains("\"channel\":\"team-shop\",\"text\":\"Auto-recycling was successfully initiated\"")
                .contains("\"channel\":\"team-shop\",\"text\":\"Autorecycling has successfully completed\"");
        Set<String> used = new TreeSet<>();
        run.calls()
                .forEach(call -> used.add(call.path("service").asText() + ":"
                        + call.path("operation").asText().replaceFirst("Batch$", "")));
        assertThat(used).containsAll(actions());
    }

    @Test
    void whenAPipelineHasTheTrigger_thenBuildsStartWhenEventsComeWithTheirGroups() throws Exception {
        // given
        Path pipeline = Files.writeString(
                folder.resolve("Jenkinsfile"),
                """
                pipeline {
                    agent none
                    triggers { amiRefreshEvents(queue: 'asg-changes', region: 'eu-west-1', quietFor: '2m') }
                    parameters {
                        string(name: 'ASGS', defaultValue: '', description: 'Groups that changed')
                        string(name: 'REGIONS', defaultValue: '', description: 'Their region')
                    }
                    stages {
                        stage('Recycle') {
                            when { triggeredBy 'EventsCause' }
                            steps {
                                recycleAsgs asgs: params.ASGS, regions: params.REGIONS, windows: 'ignore', launchTemplateVersion: 'launched', instanceWarmup: '1m'
                            }
                        }
                    }
                }
                """);

        // when
        Rehearsal run = rehearse(pipeline.toString(), "--events-for", "90m");

        // then
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .contains(
                        "amiRefreshEvents: build 1: changed were ",
                        "shop-asg-1: refreshed: all instances healthy on version 2",
                        "proxy_a-asg-1: refreshed")
                .doesNotContain("pets-asg-1: refreshed");
        assertThat(run.output().split("shop-asg-1: refreshed:", -1)).hasSize(2);
        assertThat(run.folder().resolve("build-1/report.json")).exists();
        assertThat(run.folder().resolve("build-2/calls.json")).exists();
    }

    @Test
    void whenTheOneLineBringsWhatOthersChanged_thenGroupsGetWhatTheyLaunchAndNoTemplateAVersion() throws Exception {
        // given
        Path account = Files.writeString(
                folder.resolve("account.yaml"),
                Files.readString(Rehearsal.root().resolve(EXAMPLE + "account.yaml"))
                        .replace(
                                "versions: [{image: app-1}, {image: app-2}]",
                                "versions: [{image: app-1}, {image: app-2}, {image: app-2}]"));
        Path pipeline = Files.writeString(
                folder.resolve("Jenkinsfile"),
                """
                @Library('ami-refresh') _
                sleep time: 5, unit: 'MINUTES'
                amiRefreshPipeline(launchTemplateVersion: 'launched', checks: [],
                    defaults: [asgs: 'shop-asg-1', regions: 'eu-west-1', windows: 'ignore', instanceWarmup: '1m'])
                """);

        // when
        Rehearsal run = Rehearsal.run(
                folder,
                pipeline.toString(),
                "--account",
                account.toString(),
                "--library",
                "ami-refresh=" + Rehearsal.root());

        // then
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("shop-asg-1: refreshed: all instances healthy on version 2");
        assertThat(run.mutatingCalls())
                .extracting((JsonNode call) -> call.path("operation").asText())
                .doesNotContain("CreateLaunchTemplateVersion", "ModifyLaunchTemplate");
    }

    @Test
    void whenAPipelineHasNoSuchTrigger_thenTheRehearsalSaysSo() throws Exception {
        Rehearsal run =
                rehearse(Rehearsal.root().resolve(EXAMPLE + "Jenkinsfile").toString(), "--events-for", "1h");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).contains("has no trigger amiRefreshEvents; it needs one, such as triggers {");
    }

    private static Set<String> actions() throws IOException {
        Set<String> actions = new TreeSet<>();
        for (JsonNode statement : Json.mapper()
                .readTree(Rehearsal.root().resolve(POLICY).toFile())
                .path("Statement")) {
            statement.path("Action").forEach(action -> actions.add(action.asText()));
        }
        return actions;
    }
}
