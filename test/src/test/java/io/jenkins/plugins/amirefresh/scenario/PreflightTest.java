package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would fail half-way is refused before the first change. */
class PreflightTest {

    /** Six instances in two small subnets of one zone each: a /28 has room for eleven. */
    private static Scenario small(String subnets) {
        return Scenario.of(
                "fleet.yaml",
                text -> text.replace("desired: 3", "desired: 6")
                        .replace("max: 4", "max: 12")
                        .replace(
                                "            targetGroups: [web]\n",
                                "            targetGroups: [web]\n            subnets: [" + subnets + "]\n")
                        .replace(
                                "        images:\n",
                                """
                                vpcs:
                                  - name: small
                                    cidr: 10.0.0.0/24
                                    subnets:
                                      - {name: a, zone: eu-west-1a, cidr: 10.0.0.0/28}
                                      - {name: b, zone: eu-west-1b, cidr: 10.0.0.16/28}
                                images:
                        """));
    }

    @ParameterizedTest
    @CsvSource({
        "out-in, '', '5 free addresses, and launching 6 replacements first needs 6 there'",
        "rolling, 100%, '5 free addresses, and launching 6 replacements first needs 6 there'"
    })
    void whenTheSubnetsHaveNoRoomForTheReplacements_thenItIsRefused(String strategy, String batchSize, String why) {
        // given
        Scenario scenario = small("a");
        Map<String, ?> parameters = batchSize.isEmpty()
                ? Map.of("strategy", strategy, "failOn", "none")
                : Map.of("strategy", strategy, "batchSize", batchSize, "failOn", "none");

        // when
        scenario.run("recycleAsgs", parameters);

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason())
                .isEqualTo(
                        "its subnets in eu-west-1a have " + why
                                + "; use a smaller batchSize, in-out, or more addresses (or take it on with allow: 'freeAddresses')");
        assertThat(scenario.mutating()).isEmpty();
    }

    @Test
    void whenADryRunFindsNoRoom_thenItSaysSo() {
        // given
        Scenario scenario = small("a");

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "out-in", "dryRun", true, "failOn", "none"));

        // then
        assertThat(scenario.row("web").reason()).startsWith("its subnets in eu-west-1a have 5 free addresses");
    }

    @ParameterizedTest
    @CsvSource({"a, in-out, 1", "a, out-in, 2", "'a, b', out-in, 6"})
    void whenThereIsRoom_thenTheGroupIsRefreshed(String subnets, String strategy, int batchSize) {
        // given
        Scenario scenario = small(subnets);

        // when
        scenario.run("recycleAsgs", Map.of("strategy", strategy, "batchSize", batchSize, "failOn", "none"));

        // then
        assertThat(scenario.row("web").outcome())
                .as(scenario.row("web").reason())
                .isEqualTo(GroupOutcome.REFRESHED);
    }

    @Test
    void whenSubnetsMayNotBeRead_thenTheGroupIsRefreshedAllTheSame() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text + "faults:\n  - {operation: DescribeSubnets, error: {code: UnauthorizedOperation,"
                        + " status: 403, message: not allowed}}\n");

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "out-in"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.console()).anyMatch(line -> line.contains("its subnets are not known: DescribeSubnets"));
    }

    @Test
    void whenTheVcpuQuotaHitsAStrategyThatLaunchesFirst_thenTheGroupGoesBackWhole() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace("        images:\n", "        quotas: {vcpus: 8}\n        images:\n"));
        SortedMap<String, Long> before = scenario.fleet().group("web").instances();

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "out-in", "failOn", "none"));
        scenario.settle();

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason()).contains("more vCPU capacity than your current vCPU limit of 8");
        Fleet.Group after = scenario.fleet().group("web");
        assertThat(after.instances()).isEqualTo(before);
        assertThat(after.desired()).isEqualTo(3);
        assertThat(after.max()).isEqualTo(4);
        assertThat(scenario.effects().resources("^terminated"))
                .as("only the one replacement that was launched")
                .hasSize(1)
                .containsAll(scenario.effects().resources("^launched"));
    }
}
