package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same Jenkinsfile with other parameters, days and accounts. */
class OtherRehearsalsTest {

    private static final String FAILING = "  - match: {group: shop-web-prod, imageDeclared: false}";

    @TempDir
    private Path folder;

    private Path account(String from, String to) throws IOException {
        Path sample = Rehearsal.root()
                .resolve(
                        "src/simulator/src/main/resources/io/jenkins/plugins/amirefresh/simulator/sample-account.yaml");
        String text = Files.readString(sample);
        assertThat(text).contains(from);
        return Files.writeString(folder.resolve("account.yaml"), text.replace(from, to));
    }

    @Test
    void whenItIsADryRun_thenNoCallChangesAnything() throws Exception {
        Rehearsal dry = Rehearsal.run(folder, "Jenkinsfile", "--param", "DRY_RUN=true");

        assertThat(dry.exitCode()).as(dry.output()).isZero();
        assertThat(dry.mutatingCalls())
                .extracting(call -> call.path("operation").asText())
                .isEmpty();
    }

    @Test
    void whenItStartsOnMondayNight_thenSundaysEnvironmentsAreNotDue() throws Exception {
        Rehearsal late = Rehearsal.run(folder, "Jenkinsfile", "--start", "2026-11-23T20:00:00Z");

        assertThat(late.exitCode()).as(late.output()).isEqualTo(3);
        for (JsonNode group : late.groups()) {
            if (group.path("environment").asText().matches("sandbox|dev")) {
                assertThat(group.path("outcome").asText()).isEqualTo("skipped");
            }
        }
        assertThat(late.output()).contains("not due in this run");
    }

    @Test
    void whenATeamOfSandboxMovesItsWindowToMonday_thenDevIsRefreshedOnSunday() throws Exception {
        Path account = account(
                "tags: {Environment: sandbox, AMI_update_day: sun, AMI_update_time: \"19:00\"",
                "tags: {Environment: sandbox, AMI_refresh_day: mon, AMI_refresh_time: \"10:00\"");

        Rehearsal week = Rehearsal.run(folder, "Jenkinsfile", "--account", account.toString(), "--expect", "UNSTABLE");

        assertThat(week.exitCode()).as(week.output()).isZero();
        assertThat(week.groups("refreshed")).hasSize(24);
        assertThat(week.output())
                .containsPattern(
                        "(?s)\\nshop-worker-dev: refreshed.*\\nshop-web-sandbox: starting.*\\nshop-web-sandbox: tests passed");
    }

    @Test
    void whenNoImageFails_thenSuccess() throws Exception {
        Path account = account(FAILING, "  - match: {group: nothing-is-called-so, imageDeclared: false}");
        Files.writeString(
                account, Files.readString(account).replace("tags: {Team: growth}", "tags: {Environment: stage}"));

        Rehearsal good = Rehearsal.run(folder, "Jenkinsfile", "--account", account.toString(), "--expect", "SUCCESS");

        assertThat(good.exitCode()).as(good.output()).isZero();
        assertThat(good.groups("rolled-back")).isEmpty();
        assertThat(good.groups("refreshed")).hasSize(26);
    }

    @Test
    void whenThePipelineIsOneLineOfTheLibrary_thenTheWeekEndsTheSame() throws Exception {
        // given
        Path pipeline = Files.writeString(
                folder.resolve("Jenkinsfile"),
                """
                @Library('ami-refresh') _
                amiRefreshPipeline(
                    families: ['web', 'worker'],
                    image: [template: 'packer', variables: [source_ami_name: 'base-*'], shareWith: '222222222222'],
                    defaults: [
                        regions: 'eu-west-1,eu-west-2',
                        accounts: 'self,arn:aws:iam::222222222222:role/ami-refresh',
                        waitAtMost: '4d'])
                """);
        copy(Rehearsal.root().resolve("resources/packer"), folder.resolve("packer"));

        // when
        Rehearsal week = Rehearsal.run(
                folder, pipeline.toString(), "--library", "ami-refresh=" + Rehearsal.root(), "--expect", "UNSTABLE");

        // then
        assertThat(week.exitCode()).as(week.output()).isZero();
        assertThat(week.groups("rolled-back")).hasSize(1);
        assertThat(week.groups("refreshed")).hasSize(24);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void whenTheOneLineNamesWhatItDoesNotTake_thenNothingHappens() throws Exception {
        // given
        Path pipeline = Files.writeString(
                folder.resolve("Jenkinsfile"), "@Library('ami-refresh') _\namiRefreshPipeline(familys: ['web'])\n");

        // when
        Rehearsal refused = Rehearsal.run(folder, pipeline.toString(), "--library", "ami-refresh=" + Rehearsal.root());

        // then
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output())
                .contains("amiRefreshPipeline: 'familys' is no parameter; allowed: families, image");
        assertThat(refused.mutatingCalls()).isEmpty();
    }

    @Test
    void whenSandboxFails_thenEverythingAfterItIsHeld() throws Exception {
        Path account = account(FAILING, "  - match: {group: shop-web-sandbox, imageDeclared: false}");

        Rehearsal failed = Rehearsal.run(folder, "Jenkinsfile", "--account", account.toString());

        assertThat(failed.exitCode()).as(failed.output()).isEqualTo(3);
        assertThat(failed.groups("rolled-back"))
                .extracting(group -> group.path("autoScalingGroupName").asText())
                .containsExactly("shop-web-sandbox");
        for (JsonNode group : failed.groups()) {
            boolean isHeld = !group.path("environment").asText().matches("sandbox|")
                    && !group.path("autoScalingGroupName").asText().equals("billing-worker-dev");
            assertThat(group.path("outcome").asText().equals("held"))
                    .as(group.toString())
                    .isEqualTo(isHeld);
        }
    }

    @Test
    void whenTheAccountFileIsUnreadable_thenOneLineAndExitTwo() throws Exception {
        Path account = Files.writeString(folder.resolve("account.yaml"), "acounts: []\n");

        Rehearsal refused = Rehearsal.run(folder, "Jenkinsfile", "--account", account.toString());

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.output().strip().lines()).hasSize(1);
        assertThat(refused.output()).contains("account.yaml");
    }

    @Test
    void whenAStepOrParameterIsUnknown_thenOneLineWithFileAndLine() throws Exception {
        Path unknown = Files.writeString(
                folder.resolve("Jenkinsfile"), "node {\n    recycleAsgs asgs: 'web', paralel: 3\n}\n");

        Rehearsal refused = Rehearsal.run(folder, unknown.toString());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("paralel").contains("Jenkinsfile").containsPattern("line 2|:2");
        assertThat(refused.mutatingCalls()).isEmpty();
    }
}
