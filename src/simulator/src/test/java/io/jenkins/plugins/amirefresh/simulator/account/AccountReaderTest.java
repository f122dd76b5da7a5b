package io.jenkins.plugins.amirefresh.simulator.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountReaderTest {

    private final AccountReader reader = new AccountReader();

    private static final String MINIMAL =
            """
            start: 2026-11-22T17:00:00Z
            accounts:
              - id: 111111111111
                regions:
                  - name: eu-west-1
                    images:
                      - {name: old}
                    launchTemplates:
                      - name: web
                        versions:
                          - {image: old}
                    autoScalingGroups:
                      - name: web-{n}
                        count: 3
                        launchTemplate: web
                        min: 1
                        desired: 2
                        max: 4
                        tags: {AMI_update_time: 21:00, nr: 0012, half: 1.50, flag: no}
            """;

    @Test
    void whenAValueOnlyLooksRight_thenItsLineIsNamed() {
        assertThatThrownBy(() -> reader.read(
                        "a.yaml", "\nstart: 2026-02-30T00:00:00Z\n" + MINIMAL.substring(MINIMAL.indexOf("accounts"))))
                .hasMessageStartingWith("a.yaml:2: ");
        assertThatThrownBy(
                        () -> reader.read(
                                "a.yaml",
                                MINIMAL
                                        + """
                        faults:
                          - {service: autoscaling, throttle: true}
                          - {service: autoscaling, throttle: true, from: 2026-02-30T00:00:00Z}
                        """))
                .hasMessageStartingWith("a.yaml:22: ");
    }

    @Test
    void whenAliasesMakeItHuge_thenItIsRefusedAndNotExpanded() {
        StringBuilder bomb = new StringBuilder("x0: &x0 [1, 2]\n");
        for (int n = 1; n <= 24; n++) {
            bomb.append("x%d: &x%d [*x%d, *x%d]\n".formatted(n, n, n - 1, n - 1));
        }
        assertThatThrownBy(() -> reader.read("a.yaml", bomb.toString()))
                .isInstanceOf(AccountFileException.class)
                .hasMessageContaining("more than 1000000 values");
    }

    @Nested
    class GivenAGoodFile {

        @Test
        void whenAnEntryHasACount_thenItIsCopiedWithItsNumber() {
            // when
            List<DeclaredGroup> groups = groups(reader.read("a.yaml", MINIMAL));

            // then
            assertThat(groups).extracting(DeclaredGroup::name).containsExactly("web-1", "web-2", "web-3");
            assertThat(groups).extracting(DeclaredGroup::line).containsOnly(13);
        }

        @Test
        void whenTagsLookLikeNumbers_thenTheyStayAsWritten() {
            assertThat(groups(reader.read("a.yaml", MINIMAL)).get(0).tags())
                    .containsEntry("AMI_update_time", "21:00")
                    .containsEntry("nr", "0012")
                    .containsEntry("half", "1.50")
                    .containsEntry("flag", "no");
        }

        @Test
        void whenNoVpcIsDeclared_thenTheRegionHasAwsDefaultVpc() {
            var vpcs = reader.read("a.yaml", MINIMAL)
                    .accounts()
                    .get(0)
                    .regions()
                    .get(0)
                    .vpcs();
            assertThat(vpcs).singleElement().satisfies(vpc -> {
                assertThat(vpc.isDefault()).isTrue();
                assertThat(vpc.subnets())
                        .extracting(DeclaredVpc.Subnet::zone)
                        .containsExactly("eu-west-1a", "eu-west-1b", "eu-west-1c");
            });
        }

        @Test
        void whenAHappeningGivesCapacity_thenItIsACall() {
            // when
            AccountFile file = reader.read(
                    "a.yaml",
                    MINIMAL
                            + """
                            happenings:
                              - {after: 18h30m, account: 111111111111, region: eu-west-1, group: web-1, capacity: {desired: 3}}
                            """);

            // then
            assertThat(file.happenings()).singleElement().satisfies(happening -> {
                assertThat(happening.at()).isEqualTo(Instant.parse("2026-11-23T11:30:00Z"));
                assertThat(happening.operation()).isEqualTo("UpdateAutoScalingGroup");
                assertThat(happening.input()).hasToString("{\"AutoScalingGroupName\":\"web-1\",\"DesiredCapacity\":3}");
            });
        }
    }

    @Nested
    class GivenABadFile {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        launchTemplate: web | launchTemplate: wbe | a.yaml:13: there is no launch template 'wbe' here; declared: web; did you mean 'web'?
                        min: 1              | min: 3              | a.yaml:13: min <= desired <= max does not hold: 3, 2, 4
                        {image: old}        | {image: new}        | a.yaml:11: there is no image 'new' here; declared: old
                        min: 1              | x: 1                | a.yaml:13: 'min' is missing in /accounts/0/regions/0/autoScalingGroups/0
                        max: 4              | max: many           | a.yaml:18: /accounts/0/regions/0/autoScalingGroups/0/max: string found, integer expected
                        max: 4              | max: [4             | a.yaml:19: not YAML: expected ',' or ']', but got :
                        max: 4              | min: 4              | a.yaml:18: 'min' is given twice
                        """)
        void whenAPartIsWrong_thenOneLineSaysWhereAndWhat(String right, String wrong, String message) {
            assertThatThrownBy(() -> reader.read("a.yaml", MINIMAL.replace(right, wrong)))
                    .isInstanceOf(AccountFileException.class)
                    .hasMessageStartingWith(message.substring(0, Math.min(60, message.length())))
                    .message()
                    .doesNotContain("\n");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        - id: 111111111111  | - id: 12                                      | a.yaml:3: /accounts/0/id: must have a minimum value
                        - id: 111111111111  | - id: "12"                                    | a.yaml:3: /accounts/0/id: does not match the regex
                        min: 1              | min: -1                                       | a.yaml:16: /accounts/0/regions/0/autoScalingGroups/0/min: must
                        nr: 0012            | "": y                                         | a.yaml:19: /accounts/0/regions/0/autoScalingGroups/0/tags
                        min: 1              | {min: 1, healthCheckType: NONE}               | a.yaml:17: /accounts/0/regions/0/autoScalingGroups/0/healthCheckType
                        """)
        void whenAValueIsOutOfRange_thenOneLineSaysWhereAndWhat(String right, String wrong, String message) {
            String replaced = wrong.startsWith("{") ? "min: 1\n            healthCheckType: NONE" : wrong;

            assertThatThrownBy(() -> reader.read("a.yaml", MINIMAL.replace(right, replaced)))
                    .isInstanceOf(AccountFileException.class)
                    .hasMessageStartingWith(message);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        10.0.0.0/99    | 10.0.0.0/20 | a.yaml:7: '10.0.0.0/99' is no block of IPv4 addresses
                        300.0.0.0/16   | 10.0.0.0/20 | a.yaml:7: '300.0.0.0/16' is no block of IPv4 addresses
                        10.0.0.0/16    | 10.9.0.0/20 | a.yaml:8: the block 10.9.0.0/20 is not inside its VPC's, 10.0.0.0/16
                        10.0.0.0/16    | 10.0.16.0/20 | a.yaml:9: the block 10.0.16.0/20 overlaps another subnet's, 10.0.16.0/20
                        """)
        void whenABlockOfAddressesIsWrong_thenItsLineIsNamed(String vpc, String subnet, String message) {
            String vpcs =
                    """
                            vpcs:
                              - {name: main, cidr: %s, isDefault: true, subnets: [
                                  {name: a, zone: eu-west-1a, cidr: %s},
                                  {name: b, zone: eu-west-1b, cidr: 10.0.16.0/20}]}
                            images:
                    """
                            .formatted(vpc, subnet);

            assertThatThrownBy(() -> reader.read("a.yaml", MINIMAL.replace("        images:\n", vpcs)))
                    .isInstanceOf(AccountFileException.class)
                    .hasMessageStartingWith(message);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        group: web-9, capacity: {desired: 3}      | there is no Auto Scaling group 'web-9' here; declared: web-1, web-2, web-3; did you mean 'web-1'?
                        group: web-1, capacity: {min: 5, max: 4}  | min <= desired <= max does not hold: 5, 5, 4
                        """)
        void whenAHappeningCannotHappen_thenItIsRefused(String what, String problem) {
            String happening = "happenings:\n  - {after: 1h, account: 111111111111, region: eu-west-1, " + what + "}\n";

            assertThatThrownBy(() -> reader.read("a.yaml", MINIMAL + happening)).hasMessage("a.yaml:21: " + problem);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        {image: old}     | {image: old, instanceType: t9.huge}   | a.yaml:13: AWS would refuse the Auto Scaling group 'web-1'
                        {name: old}      | {name: old, architecture: arm64}      | a.yaml:13: AWS would refuse the Auto Scaling group 'web-1'
                        """)
        void whenAwsWouldRefuseAGroup_thenItsLineIsNamed(String right, String wrong, String message) {
            AccountFile file = reader.read("a.yaml", MINIMAL.replace(right, wrong));

            assertThatThrownBy(() -> io.jenkins.plugins.amirefresh.simulator.Simulator.of(file))
                    .isInstanceOf(AccountFileException.class)
                    .hasMessageStartingWith(message);
        }

        @Test
        void whenNoCallCanMeetAFault_thenItsLineIsNamed() {
            AccountFile file = reader.read(
                    "a.yaml",
                    MINIMAL + "faults:\n  - {service: autoscaling, operation: DescribeGroups, throttle: true}\n");

            assertThatThrownBy(() -> io.jenkins.plugins.amirefresh.simulator.Simulator.of(file))
                    .hasMessageStartingWith(
                            "a.yaml:21: no simulated call is 'DescribeGroups'; did you mean 'DescribeAutoScalingGroups'?");
        }

        @Test
        void whenAFieldIsMisspelt_thenItIsNamed() {
            assertThatThrownBy(() -> reader.read("a.yaml", MINIMAL + "behaviors: []"))
                    .hasMessage(
                            "a.yaml:20: 'behaviors' is not a field of the file; did you mean 'behaviours'? there are: start, seed, expect, accounts,"
                                    + " behaviours, taskBehaviours,"
                                    + " happenings, faults, documents");
        }

        @Test
        void whenThereIsNoFile_thenTheMessageNamesIt() {
            assertThatThrownBy(() -> reader.read(Path.of("no-such.yaml")))
                    .isInstanceOf(AccountFileException.class)
                    .hasMessage("no-such.yaml: no such file");
        }

        @Test
        void whenAliasesExplode_thenItIsRefused() {
            // given
            StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
            for (int n = 1; n < 9; n++) {
                bomb.append("a%d: &a%d [%s]\n"
                        .formatted(n, n, String.join(", ", java.util.Collections.nCopies(10, "*a" + (n - 1)))));
            }

            // when / then
            assertThatThrownBy(() -> reader.read("bomb.yaml", bomb.toString()))
                    .isInstanceOf(AccountFileException.class);
        }
    }

    @Nested
    class GivenTheSample {

        private final AccountFile sample = reader.sample();

        private Stream<DeclaredGroup> all() {
            return sample.accounts().stream()
                    .flatMap(account -> account.regions().stream())
                    .flatMap(region -> region.autoScalingGroups().stream());
        }

        @Test
        void thenItIsTheAccountOfTheRehearsal() {
            assertThat(sample.expect()).isEqualTo("UNSTABLE");
            assertThat(sample.start()).isEqualTo(Instant.parse("2026-11-22T17:00:00Z"));
            assertThat(all()).hasSizeGreaterThanOrEqualTo(24);
            assertThat(all().mapToInt(DeclaredGroup::desired).sum()).isGreaterThanOrEqualTo(90);
            assertThat(new HashSet<>(all().flatMap(
                                    group -> Optional.ofNullable(group.tags().get("Environment")).stream())
                            .toList()))
                    .containsExactlyInAnyOrder(
                            "sandbox", "dev", "qa", "test", "training", "build", "qa2", "stage", "prod");
            assertThat(all().map(DeclaredGroup::version)).contains("$Latest", "$Default", "1", "2");
            assertThat(all().filter(group -> group.protectedInstances() > 0)).hasSize(1);
            assertThat(all().filter(group -> "true".equals(group.tags().get("autorecycle_dry_run"))))
                    .hasSize(1);
        }

        @Test
        void thenOneNewImageAnswersWronglyInProduction() {
            // given
            var rules = new Behaviours(sample.behaviours());
            var machine = new Behaviours.InstanceFacts(
                    "111111111111",
                    "eu-west-1",
                    "eu-west-1a",
                    "t3.medium",
                    "web-new",
                    java.util.Map.of(),
                    false,
                    "base",
                    "shop-web",
                    "shop-web-prod");

            // when
            var behaviour = rules.of(machine);

            // then
            assertThat(behaviour.boot()).isEqualTo(Duration.ofSeconds(45));
            assertThat(behaviour.http()).singleElement().satisfies(answer -> {
                assertThat(answer.path()).isEqualTo("/health");
                assertThat(answer.status()).isEqualTo(500);
            });
        }
    }

    private static List<DeclaredGroup> groups(AccountFile file) {
        return file.accounts().get(0).regions().get(0).autoScalingGroups();
    }
}
