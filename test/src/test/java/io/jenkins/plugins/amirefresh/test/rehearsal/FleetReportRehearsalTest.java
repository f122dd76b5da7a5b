package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.runner.Main;
import io.jenkins.plugins.amirefresh.step.fleetreport.FleetReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of {@code docs/examples/fleet-report}, and what its account could be besides. */
class FleetReportRehearsalTest {

    private static final Path EXAMPLE = Path.of("..", "docs", "examples", "fleet-report");
    private static final Path POLICY = Path.of("..", "resources", "iam", "fleet.json");

    /** Packer's force_deregister takes away what production runs. */
    private static final String GONE =
            """
            happenings:
              - {after: 1h, by: packer, account: "111111111111", region: eu-west-1, service: ec2, operation: DeregisterImage, input: {ImageId: ami-0aaaaaaaaaaaaaa02}}
            """;

    @TempDir
    private Path folder;

    private final StringWriter output = new StringWriter();

    private int rehearse(Path pipeline, Path account, String expected) {
        PrintWriter writer = new PrintWriter(output, true);
        return Main.run(
                Map.of(),
                writer,
                writer,
                "rehearse",
                pipeline.toString(),
                "--account",
                account.toString(),
                "--policy",
                POLICY.toString(),
                "--expect",
                expected,
                "--out",
                folder.resolve("out").toString());
    }

    private int rehearse(String pipeline, String more, String expected) throws IOException {
        Path account = Files.writeString(
                folder.resolve("account.yaml"), Files.readString(EXAMPLE.resolve("account.yaml")) + more);
        return rehearse(Files.writeString(folder.resolve("Jenkinsfile"), pipeline), account, expected);
    }

    private JsonNode read(String file) throws IOException {
        return Json.mapper().readTree(folder.resolve("out").resolve(file).toFile());
    }

    private Map<String, JsonNode> groups() throws IOException {
        Map<String, JsonNode> groups = new TreeMap<>();
        read("fleet-report.json")
                .path("groups")
                .forEach(group -> groups.put(group.path("autoScalingGroupName").asText(), group));
        return groups;
    }

    private JsonNode group(String name) throws IOException {
        return Objects.requireNonNull(groups().get(name));
    }

    @Test
    void whenAGroupOfProductionIsTooOld_thenTheBuildFailsAndSaysWhich() throws IOException {
        // when
        int code = rehearse(EXAMPLE.resolve("Jenkinsfile"), EXAMPLE.resolve("account.yaml"), "FAILURE");

        // then
        assertThat(code).as(output.toString()).isZero();
        assertThat(output.toString())
                .contains(
                        "old-shop    111111111111 eu-west-1  -            -       1          400d",
                        "fleetReport: 6 groups, 0 with instances that run another image than they launch now",
                        "too old: 2 instances run ami-0aaaaaaaaaaaaaa01 (web-1) of 2026-11-06; holds later waves:"
                                + " rolled back in weekly-47",
                        "fleetReport: 2 groups; older than 14d: pay-prod",
                        "slack: posted to #ami-refresh: AMI refresh failed");
        assertThat(groups().keySet()).containsExactly("pay-prod", "shop-prod");
        JsonNode pay = group("pay-prod");
        assertThat(pay.path("ageDays").asInt()).isEqualTo(22);
        assertThat(pay.path("versionsBehind").asInt()).isEqualTo(2);
        assertThat(pay.path("nextWindow").asText()).isEqualTo("2026-12-02T15:00:00Z");
        assertThat(operations()).isEqualTo(actions());
    }

    @Test
    void whenTheFileIsRead_thenItIsAsItsSchemaSays() throws IOException {
        // given
        rehearse("fleetReport regions: 'eu-west-1'\n", "", "SUCCESS");

        // when
        try (InputStream schema =
                Objects.requireNonNull(FleetReport.class.getResourceAsStream("fleet-report.schema.json"))) {
            assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(schema)
                            .validate(read("fleet-report.json")))
                    .isEmpty();
        }

        // then
        assertThat(groups().keySet())
                .containsExactly("asleep-dev", "golden-dev", "old-shop", "pay-prod", "shop-dev", "shop-prod");
        assertThat(group("golden-dev").path("launches").asText()).isEqualTo("ami-0cccccccccccccc01");
        assertThat(group("asleep-dev").path("instances").asInt()).isZero();
    }

    @Test
    void whenAnImageIsGone_thenNobodyCallsItsGroupYoung() throws IOException {
        // when: its instances were launched by the account's start, a day before
        int code = rehearse(
                """
                sleep time: 1, unit: 'DAYS'
                fleetReport regions: 'eu-west-1', asgs: 'shop-prod', oldest: '14d'
                """,
                GONE,
                "UNSTABLE");

        // then
        assertThat(code).as(output.toString()).isZero();
        assertThat(output.toString())
                .contains(
                        "fleetReport: 1 group; none runs an image older than 14d; nobody can tell how old: shop-prod",
                        "3 instances run ami-0aaaaaaaaaaaaaa02, which is gone or not to be seen",
                        "version 2 launches ami-0aaaaaaaaaaaaaa02");
        assertThat(group("shop-prod").path("ageIsKnown").asBoolean()).isFalse();
    }

    @Test
    void whenAnImageIsGoneAndItsInstancesAreOldThemselves_thenTheGroupIsTooOld() throws IOException {
        // when
        int code = rehearse(
                """
                sleep time: 3, unit: 'DAYS'
                fleetReport regions: 'eu-west-1', asgs: 'shop-prod', oldest: '1d'
                """,
                GONE,
                "FAILURE");

        // then
        assertThat(code).as(output.toString()).isZero();
        assertThat(output.toString()).contains("fleetReport: 1 group; older than 1d: shop-prod");
    }

    @Test
    void whenOnlySomeCanBeRead_thenTheOthersAreToldAndTheBuildIsNotGreen() throws IOException {
        // when
        int code = rehearse(
                "fleetReport regions: 'eu-west-1', accounts: ['self', 'arn:aws:iam::222222222222:role/none'], oldest:"
                        + " '999d'\n",
                "",
                "UNSTABLE");

        // then
        assertThat(code).as(output.toString()).isZero();
        assertThat(output.toString())
                .contains(
                        "cannot be read, the others go on",
                        "fleetReport: 6 groups; none runs an image older than 999d");
        assertThat(read("fleet-report.json").path("unreadable")).hasSize(1);
    }

    @Test
    void whenItIsAskedWrongly_thenOneLineSaysWhy() throws IOException {
        for (String call : new String[] {
            "fleetReport regions: 'eu-west-1', oldest: '0s'",
            "fleetReport regions: 'eu-west-1', oldest: 'two weeks'",
            "fleetReport regions: 'eu-west-1', oldest: null",
            "fleetReport regions: 'eu-west-1', asgs: 'shop-prd'",
            "fleetReport regions: 'eu-west-1', dryRun: true"
        }) {
            assertThat(rehearse(call + "\n", "", "FAILURE")).as(call).isZero();
        }
        assertThat(output.toString())
                .contains(
                        "fleetReport: oldest: 'PT0S' is not allowed; give a time such as '14d', longer than none",
                        "oldest: 'two weeks'",
                        "oldest: null is not allowed",
                        "nearest: shop-prod",
                        "'dryRun'");
    }

    private Set<String> operations() throws IOException {
        Set<String> used = new TreeSet<>();
        for (JsonNode call : read("calls.json")) {
            used.add(
                    call.path("service").asText() + ":" + call.path("operation").asText());
        }
        // AWS resolves parameters of launch templates in the caller's name, which is no call of its own; the other
        // needs no right.
        used.add("ssm:GetParameters");
        used.remove("sts:GetCallerIdentity");
        return used;
    }

    private static Set<String> actions() throws IOException {
        Set<String> actions = new TreeSet<>();
        Json.mapper().readTree(POLICY.toFile()).path("Statement").forEach(statement -> statement
                .path("Action")
                .forEach(action -> actions.add(action.asText())));
        return actions;
    }
}
