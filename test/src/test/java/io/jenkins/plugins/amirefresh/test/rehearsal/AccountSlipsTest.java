package io.jenkins.plugins.amirefresh.test.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A slip of the pen in an account file: one line with file and line, before anything runs or when the rehearsal ends. */
class AccountSlipsTest {

    private static final String ACCOUNT =
            """
            start: "2026-11-23T09:00:00Z"
            accounts:
              - id: "111111111111"
                regions:
                  - name: eu-west-1
                    images:
                      - {name: web-1, tags: {"ami-refresh:family": web}}
                    launchTemplates:
                      - {name: web, tags: {"ami-refresh:family": web}, versions: [{image: web-1, instanceType: m7i.large}]}
                    autoScalingGroups:
                      - {name: web, launchTemplate: web, min: 1, desired: 1, max: 2, suspendedProcesses: [AZRebalance], tags: {Environment: prod}}
            behaviours:
              - {match: {group: web}, boot: 15s}
            happenings:
              - {after: 1m, by: a colleague, account: "111111111111", region: eu-west-1, operation: SetDesiredCapacity, input: {AutoScalingGroupName: web, DesiredCapacity: 2}}
            """;

    @TempDir
    private Path folder;

    private Rehearsal rehearse(String right, String wrong) throws Exception {
        assertThat(ACCOUNT).contains(right);
        Path account = Files.writeString(folder.resolve("a.yaml"), ACCOUNT.replace(right, wrong));
        Path pipeline = Files.writeString(
                folder.resolve("Jenkinsfile"), "sleep 120\nrecycleAsgs regions: 'eu-west-1', windows: 'ignore'\n");
        return Rehearsal.run(folder, pipeline.toString(), "--account", account.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            accounts:                | accounts:\\n  - {id: "222222222222", regoins: []} | a.yaml:3: 'regoins' is not a field of
            boot: 15s                | boots: 15s               | a.yaml:13: 'boots' is not a field of /behaviours/0; did you mean 'boot'?
            [AZRebalance]            | [AZRebalanse]            | a.yaml:11: REST AZRebalanse
            launchTemplate: web, min | launchTemplate: wbe, min | a.yaml:11: REST wbe
            {name: web, tags         | {name: t0, tags          | a.yaml:9: REST at least 3 characters
            {name: web, launch       | {name: "we:b", launch    | a.yaml:11: REST name: does not match
            after: 1m                | afetr: 1m                | a.yaml:15: 'afetr' is not a field of /happenings/0
            DesiredCapacity: 2       | DesiredCapacty: 2        | a.yaml:15: REST DesiredCapacty
            SetDesiredCapacity, in   | SetDesireCapacity, in    | a.yaml:15: REST SetDesireCapacity
            {image: web-1            | {image: wbe-1            | a.yaml:9: REST wbe-1
            m7i.large                | m7q.large                | a.yaml:11: REST m7q.large
            {image: web-1            | {request: {ImagId: x}, image: web-1 | a.yaml:9: REST ImagId
            """)
    void whenAPartIsWrong_thenItsLineIsNamedAndNothingRuns(String right, String wrong, String line) throws Exception {
        Rehearsal run = rehearse(right, wrong.replace("\\n", "\n"));

        assertThat(run.exitCode()).as(run.output()).isEqualTo(2);
        assertThat(run.output().strip().lines()).as(run.output()).hasSize(1);
        assertThat(run.output()).contains(line.split(" REST "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            match: {group: web}      | match: {group: wbe}      | Warning: a.yaml:13: this behaviour met no instance: REST did you mean 'web'?
            DesiredCapacity: 2       | DesiredCapacity: 7       | Warning: a.yaml:15: SetDesiredCapacity by a colleague was refused: ValidationError:
            """)
    void whenOnlyTimeCanShowIt_thenTheEndTells(String right, String wrong, String line) throws Exception {
        Rehearsal run = rehearse(right, wrong);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains(line.split(" REST "));
    }

    @Test
    void whenNothingIsWrong_thenNothingIsTold() throws Exception {
        Rehearsal run = rehearse("after: 1m", "after: 1m");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).doesNotContain("Warning");
    }
}
