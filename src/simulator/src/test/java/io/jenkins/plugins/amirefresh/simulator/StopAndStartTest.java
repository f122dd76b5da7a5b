package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.simulator.account.AccountFileException;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Instances of no group: declared in account files, stopped, hibernated and started by their users. */
class StopAndStartTest {

    private static final String ACCOUNT =
            """
            start: "2026-11-22T17:00:00Z"
            seed: 7
            accounts:
              - id: "111111111111"
                accessKeys: [AKIAMAINEXAMPLE00001]
                regions:
                  - name: eu-west-1
                    images: [{name: db-1}, {name: full-1}]
                    quotas: {vcpus: 8}
                    instances:
                      - {name: "db-{n}", count: 2, image: db-1, tags: {Team: shop}}
                      - {name: sleeper, image: db-1, hibernation: true, zone: eu-west-1b}
                      - {name: off, image: db-1, state: stopped, age: 3d}
                      - {name: full, image: full-1, state: stopped}
                      - {name: guarded, image: db-1, request: {DisableApiStop: true}, state: stopped}
            behaviours:
              - match: {image: full-1}
                launchError: {code: InsufficientInstanceCapacity, message: "no capacity in this zone"}
            """;

    private final SdkAccount account = new SdkAccount(ACCOUNT);

    private Map<String, Instance> all() {
        return account.ec2.describeInstances().reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .collect(Collectors.toMap(
                        instance -> instance.tags().stream()
                                .filter(tag -> tag.key().equals("Name"))
                                .map(Tag::value)
                                .findFirst()
                                .orElse(""),
                        instance -> instance));
    }

    private Instance named(String name) {
        return Objects.requireNonNull(all().get(name), name);
    }

    private String id(String name) {
        return named(name).instanceId();
    }

    private String state(String name) {
        return named(name).state().nameAsString();
    }

    @Test
    void whenTheyAreDeclared_thenTheyAreThereAsTheFileSays() {
        assertThat(all()).hasSize(6);
        assertThat(state("db-1")).isEqualTo("running");
        assertThat(named("db-2").launchTime()).isEqualTo(Instant.parse("2026-11-15T17:00:00Z"));
        assertThat(named("sleeper").hibernationOptions().configured()).isTrue();
        assertThat(named("sleeper").placement().availabilityZone()).isEqualTo("eu-west-1b");
        assertThat(named("off").stateTransitionReason()).isEqualTo("User initiated (2026-11-19 17:00:00 GMT)");
        assertThat(account.ec2
                        .describeInstances(r -> r.filters(
                                Filter.builder().name("tag-key").values("Team").build()))
                        .reservations())
                .hasSize(2);
    }

    @Test
    void whenOneIsStoppedAndStarted_thenItComesBackWithTheSameIdAndANewLaunchTime() {
        // when
        account.ec2.stopInstances(r -> r.instanceIds(id("db-1"), id("off")));
        String stopping = state("db-1");
        account.pass(Duration.ofMinutes(1));
        String stopped = state("db-1");
        account.ec2.startInstances(r -> r.instanceIds(id("db-1")));
        String pending = state("db-1");
        account.pass(Duration.ofMinutes(1));

        // then
        assertThat(stopping + " " + stopped + " " + pending + " " + state("db-1"))
                .isEqualTo("stopping stopped pending running");
        assertThat(named("db-1").launchTime()).isEqualTo(Instant.parse("2026-11-22T17:01:00Z"));
        assertThat(named("db-1").stateTransitionReason()).isEmpty();
    }

    @Test
    void whenOneHibernates_thenItTakesMinutesAndSaysSo() {
        // when
        account.ec2.stopInstances(r -> r.instanceIds(id("sleeper")).hibernate(true));
        account.pass(Duration.ofMinutes(2));
        String then = state("sleeper");
        account.pass(Duration.ofMinutes(2));

        // then
        assertThat(then + " " + state("sleeper")).isEqualTo("stopping stopped");
        assertThat(named("sleeper").stateReason().code()).isEqualTo("Client.UserInitiatedHibernate");
    }

    @ParameterizedTest
    @CsvSource({"db-1, true, UnsupportedHibernationConfiguration", "guarded, false, OperationNotPermitted"})
    void whenOneMayNotBeStopped_thenNoneOfTheCallIs(String name, boolean hibernate, String code) {
        assertThatThrownBy(() -> account.ec2.stopInstances(
                        r -> r.instanceIds(id("sleeper"), id(name)).hibernate(hibernate)))
                .isInstanceOfSatisfying(
                        Ec2Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
        assertThat(state("sleeper")).isEqualTo("running");
    }

    @Test
    void whenOneIsStillPending_thenItCannotBeStopped() {
        // given
        account.ec2.startInstances(r -> r.instanceIds(id("off")));

        // then
        assertThatThrownBy(() -> account.ec2.stopInstances(r -> r.instanceIds(id("off"))))
                .hasMessageContaining("cannot be stopped as it has never reached the 'running' state");
    }

    @ParameterizedTest
    @CsvSource({"full, InsufficientInstanceCapacity", "guarded, VcpuLimitExceeded"})
    void whenEc2HasNoRoom_thenNoneOfTheCallIsStarted(String name, String code) {
        assertThatThrownBy(() -> account.ec2.startInstances(r -> r.instanceIds(id("off"), id(name))))
                .isInstanceOfSatisfying(
                        Ec2Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
        assertThat(state("off")).isEqualTo("stopped");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {name: x, image: nobody}                  | nobody
            {name: x, image: db-1, zone: us-east-1a}  | zone us-east-1a is not in region eu-west-1
            {name: x, image: db-1, state: pending}    | 'pending' is no value
            {name: x, image: db-1, request: {Nope: 1}} | Nope
            {name: x, image: db-1, instanceType: t9.none} | t9.none
            """)
    void whenOneIsDeclaredWrong_thenTheLineIsNamed(String instance, String problem) {
        String yaml = ACCOUNT.replace("- {name: off, image: db-1, state: stopped, age: 3d}", "- " + instance);
        assertThatThrownBy(() -> Simulator.of(new AccountReader().read("test.yaml", yaml)))
                .isInstanceOf(AccountFileException.class)
                .hasMessageStartingWith("test.yaml:13: ")
                .hasMessageContaining(problem);
    }
}
