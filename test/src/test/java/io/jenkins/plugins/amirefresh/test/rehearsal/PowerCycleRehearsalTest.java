package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.journal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of {@code docs/examples/power-cycle}, and what it needs rights for. */
class PowerCycleRehearsalTest {

    private static final String EXAMPLE = "docs/examples/power-cycle/";
    private static final String POLICY = "resources/iam/power.json";

    @TempDir
    private Path folder;

    private Rehearsal rehearse(String jenkinsfile, String account, String... more) throws IOException {
        String[] arguments = new String[more.length + 5];
        arguments[0] = jenkinsfile;
        arguments[1] = "--account";
        arguments[2] = account;
        arguments[3] = "--policy";
        arguments[4] = Rehearsal.root().resolve(POLICY).toString();
        System.arraycopy(more, 0, arguments, 5, more.length);
        return Rehearsal.run(folder, arguments);
    }

    private static Map<String, String> instances(Rehearsal run) throws IOException {
        Map<String, String> states = new TreeMap<>();
        run.fleet()
                .path("instances")
                .forEach(instance -> states.put(
                        instance.path("name").asText(), instance.path("state").asText()));
        return states;
    }

    @Test
    void whenTheExampleIsRehearsed_thenAllButProductionSleeps() throws Exception {
        Rehearsal run = rehearse(example("Jenkinsfile"), example("account.yaml"));

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(instances(run)).containsEntry("db", "stopped").containsEntry("live", "running");
        JsonNode web = run.fleet().path("groups").path(0);
        assertThat(web.path("desired").asInt()).isZero();
        assertThat(web.path("tags").path("ami-refresh:power").asText())
                .isEqualTo("asleep min=2 desired=3 max=6 since=2026-11-24T17:55:00Z");
        assertThat(run.output()).contains("powerCycle: 2 stopped, 1 excluded");
    }

    @Test
    void whenSavingsAreAskedFor_thenEachThatFollowsItsScheduleHasItsHoursAndWhatTheyCost() throws Exception {
        // given
        Path pipeline = Files.writeString(
                folder.resolve("Jenkinsfile"),
                """
                withEnv(['AMI_REFRESH_REGIONS=eu-west-1']) {
                    def power = powerCycle(savings: true, prices: [web: 0.1, '*': '0.02'])
                    power.savings.each { echo "${it.id} ${it.month} ${it.hoursOff} ${it.instances} ${it.instanceHours} ${it.cost}" }
                    echo "${power.savedInstanceHours} ${power.savedCost}"
                }
                """);

        // when
        Rehearsal run = rehearse(pipeline.toString(), example("account.yaml"));

        // then
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .contains("web 2026-11 511.75 3 1535.25 153.53")
                .containsPattern("i-[0-9a-f]+ 2026-11 511.75 1 511.75 10.24")
                .contains("2047.0 163.77")
                .contains("powerCycle: schedules keep 2 off for 2047 instance-hours in 2026-11, which saves 163.77");
        JsonNode work = run.report().path("others").path(0);
        assertThat(work.path("summary").asText()).startsWith("2 stopped, 1 excluded; schedules keep 2 off for 2047 ");
        assertThat(work.path("rows").findValuesAsText("outcome")).containsExactly("stopped", "stopped");
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("Services and schedules", "its schedule wants it stopped", "instance-hours in 2026-11");
    }

    @Test
    void whenPricesOrTheTimeToStayAwakeCannotBeMeant_thenTheStepIsRefused() throws Exception {
        for (String parameters : new String[] {"savings: true, prices: ['*': -1]", "prices: ['*': 1]", "wake: 0"}) {
            Path pipeline = Files.writeString(folder.resolve("Jenkinsfile"), "powerCycle " + parameters + "\n");

            Rehearsal run = rehearse(pipeline.toString(), example("account.yaml"));

            assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
            assertThat(run.output()).containsPattern("ERROR: (powerCycle: )?(prices|savings|wake)");
            assertThat(run.calls()).isEmpty();
        }
    }

    @Test
    void whenItIsADryRun_thenNothingIsChanged() throws Exception {
        Rehearsal run = rehearse(example("Jenkinsfile"), example("account.yaml"), "--param", "DRY_RUN=true");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.mutatingCalls()).isEmpty();
        assertThat(run.output()).contains("web: dry run: would stop");
    }

    @Test
    void whenEveryKindIsStartedStoppedAndResized_thenEachRightIsNeededAndNoneIsMissing() throws Exception {
        // given
        Path pipeline = Files.writeString(
                folder.resolve("Jenkinsfile"),
                """
                withEnv(['AMI_REFRESH_REGIONS=eu-west-1', 'AMI_REFRESH_ACCOUNTS=self,arn:aws:iam::222222222222:role/ami-refresh']) {
                    powerCycle()
                    sleep time: 15, unit: 'HOURS'
                    powerCycle()
                }
                """);
        Path account = Files.writeString(
                folder.resolve("account.yaml"),
                Files.readString(Path.of(example("account.yaml")))
                                .replace(
                                        "        images:",
                                        "        parameters: {/power/web: '{\"start\": \"0 8 * * 1-5\", \"stop\": \"55 17 * * 1-5\"}'}\n        images:")
                                .replaceFirst("asgLifecycle: '[^']*'", "asgLifecycle: 'ssm:/power/web'")
                                .replaceFirst(
                                        "name: db,(.*)1-5\" }",
                                        "name: db,$11-5\", \"sizes\": [{\"at\": \"0 8 * * *\", \"instanceType\": \"t3.large\"}] }")
                        + "  - {id: \"222222222222\", roles: [{name: ami-refresh}], regions: [{name: eu-west-1}]}\n");

        // when
        Rehearsal run = rehearse(pipeline.toString(), account.toString());

        // then
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(instances(run)).containsEntry("db", "running");
        Set<String> used = new TreeSet<>();
        run.calls()
                .forEach(call -> used.add(call.path("service").asText() + ":"
                        + call.path("operation").asText()));
        Set<String> needed = actions();
        // Asked where a group does not come up: reported/power-group-that-cannot-start has it enforced.
        assertThat(needed.remove("autoscaling:DescribeScalingActivities")).isTrue();
        assertThat(used).containsAll(needed);
    }

    private static Set<String> actions() throws IOException {
        Set<String> actions = new TreeSet<>();
        Json.mapper()
                .readTree(Rehearsal.root().resolve(POLICY).toFile())
                .path("Statement")
                .forEach(statement -> statement.path("Action").forEach(action -> actions.add(action.asText())));
        return actions;
    }

    private static String example(String file) {
        return Rehearsal.root().resolve(EXAMPLE + file).toString();
    }
}
