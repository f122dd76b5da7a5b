package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups whose instances run in Capacity Reservations only. */
class ReservationTest {

    private static final String A = "cr-0aaaaaaaaaaaaaaaa";
    private static final String B = "cr-0bbbbbbbbbbbbbbbb";
    private static final String OTHER = "cr-0cccccccccccccccc";
    private static final String ARN = "arn:aws:resource-groups:eu-west-1:111111111111:group/web";

    private final List<String> calls = new ArrayList<>();

    private static String reservation(String id, String zone, int instances, String further) {
        return "          - {id: " + id + ", instanceType: t3.micro, zone: " + zone + ", instances: " + instances
                + further + "}\n";
    }

    private static String group(String preference, String target) {
        return "{CapacityReservationPreference: " + preference
                + (target.isEmpty() ? "" : ", CapacityReservationTarget: {" + target + "}") + "}";
    }

    private static String ids(String... ids) {
        return "CapacityReservationIds: [" + String.join(", ", ids) + "]";
    }

    /** A group of three with room for more; what {@code further} says of it as CreateAutoScalingGroup would. */
    private Scenario scenario(String reservations, String specification, String further) {
        return Scenario.of("fleet.yaml", text -> text.replace("max: 4", "max: 8")
                        .replace(
                                "        images:\n",
                                "        capacityReservations:\n" + reservations + "        images:\n")
                        .replace(
                                "            targetGroups: [web]\n",
                                "            targetGroups: [web]\n            request: {" + further
                                        + "CapacityReservationSpecification: " + specification + "}\n"))
                .watchedBy(new MortalHttpClient.Watcher() {
                    @Override
                    public void sending(MortalHttpClient.Call call) {
                        calls.add(call.operation());
                    }
                });
    }

    /** Two reservations for four instances together, three of which the group has taken. */
    private Scenario only() {
        return scenario(
                reservation(A, "eu-west-1a", 2, "") + reservation(B, "eu-west-1b", 2, ""),
                group("capacity-reservations-only", ids(A, B)),
                "");
    }

    private static void refused(Scenario scenario, String reason) {
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason())
                .isEqualTo(reason + " (or take it on with allow: 'capacityReservations')");
        assertThat(scenario.mutating()).isEmpty();
    }

    private static void refreshed(Scenario scenario) {
        assertThat(scenario.row("web").outcome())
                .as(scenario.row("web").reason())
                .isEqualTo(GroupOutcome.REFRESHED);
    }

    private static final String NO_ROOM = "the only capacity reservations it may launch into (" + A + ", " + B
            + ") have 1 of 4 instances free, and launching 3 replacements first needs 3; use a smaller batchSize,"
            + " in-out, or larger reservations";

    @ParameterizedTest
    @CsvSource({"out-in, 3, false", "rolling, 100%, false", "out-in, 3, true"})
    void whenTheReservationsHaveNoRoomForTheReplacements_thenItIsRefused(
            String strategy, String batchSize, boolean dryRun) {
        // given
        Scenario scenario = only();

        // when
        scenario.run(
                "recycleAsgs",
                Map.of("strategy", strategy, "batchSize", batchSize, "dryRun", dryRun, "failOn", "none"));

        // then
        refused(scenario, NO_ROOM);
        assertThat(calls).filteredOn("DescribeCapacityReservations"::equals).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"out-in, 1", "in-out, 1", "in-out, 2"})
    void whenThereIsRoom_thenTheGroupIsRefreshed(String strategy, int batchSize) {
        // given
        Scenario scenario = only();

        // when
        scenario.run("recycleAsgs", Map.of("strategy", strategy, "batchSize", batchSize, "failOn", "none"));

        // then
        refreshed(scenario);
    }

    @Test
    void whenTheReservationIsFull_thenTheSlotOfATerminatedInstanceIsUsedAgain() {
        // given
        Scenario scenario = scenario(
                reservation(A, "eu-west-1a", 3, ", match: targeted"), group("capacity-reservations-only", ids(A)), "");

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "in-out", "failOn", "none"));

        // then
        refreshed(scenario);
    }

    @ParameterizedTest
    @ValueSource(strings = {"out-in", "in-out", "instance-refresh"})
    void whenNoTargetCanBeUsed_thenEveryStrategyIsRefused(String strategy) {
        // given
        Scenario scenario = Scenario.of("fleet.yaml", text -> text.replace(
                        "        images:\n",
                        "        capacityReservations:\n"
                                + reservation(A, "eu-west-1a", 9, ", state: cancelled")
                                + "        images:\n")
                .replace(
                        "{image: web-new}",
                        "{image: web-new, request: {CapacityReservationSpecification:"
                                + " {CapacityReservationTarget: {CapacityReservationId: " + A + "}}}}"));

        // when
        scenario.run("recycleAsgs", Map.of("strategy", strategy, "failOn", "none", "allow", "otherSettings"));

        // then
        refused(
                scenario,
                "it may launch into capacity reservations only, and none of them can be used: " + A
                        + " is cancelled; nothing can be launched until the group or its template names an active one,"
                        + " or none");
    }

    @Test
    void whenATargetIsGoneOrForAnotherTypeOrZone_thenTheReasonSaysWhich() {
        // given
        Scenario scenario = scenario(
                reservation(A, "eu-west-1a", 9, "")
                        + reservation(B, "eu-west-1a", 9, "").replace("t3.micro", "t3.small"),
                group("default", ""),
                "");

        // when
        new Colleague(scenario).calls("UpdateAutoScalingGroup", input -> input.put("AutoScalingGroupName", "web")
                .putObject("CapacityReservationSpecification")
                .put("CapacityReservationPreference", "capacity-reservations-only")
                .putObject("CapacityReservationTarget")
                .putArray("CapacityReservationIds")
                .add(B)
                .add(OTHER));
        scenario.run("recycleAsgs", Map.of("strategy", "in-out", "failOn", "none"));

        // then
        assertThat(scenario.row("web").reason())
                .contains(B + " is for t3.small in eu-west-1a, " + OTHER + " does not exist; nothing can be launched");
    }

    @Test
    void whenItTakesOpenReservationsOnly_thenThoseOfItsTypeAreCounted() {
        // given
        Scenario scenario = scenario(
                reservation(A, "eu-west-1a", 4, "") + reservation(OTHER, "eu-west-1b", 9, ", match: targeted"),
                group("capacity-reservations-only", ""),
                "");

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "out-in", "failOn", "none"));

        // then
        assertThat(scenario.row("web").reason())
                .startsWith("the only capacity reservations it may launch into (" + A + ") have 1 of 4 instances free");
    }

    @Test
    void whenInstancesMayRunElsewhere_thenNothingIsAsked() {
        // given
        Scenario scenario =
                scenario(reservation(A, "eu-west-1a", 3, ""), group("capacity-reservations-first", ids(A)), "");

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "out-in", "failOn", "none"));

        // then
        refreshed(scenario);
        assertThat(calls).doesNotContain("DescribeCapacityReservations");
    }

    @Test
    void whenAResourceGroupIsTargeted_thenItIsNotCounted() {
        // given
        Scenario scenario = scenario(
                reservation(A, "eu-west-1a", 4, ", resourceGroup: \"" + ARN + "\""),
                group("capacity-reservations-only", "CapacityReservationResourceGroupArns: [\"" + ARN + "\"]"),
                "");

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "out-in", "dryRun", true, "failOn", "none"));

        // then
        assertThat(scenario.row("web").reason()).startsWith("dry run: would refresh");
        assertThat(calls).doesNotContain("DescribeCapacityReservations");
    }

    @Test
    void whenReservationsMayNotBeRead_thenTheLookIsLeftOutAndTheConsoleSaysSo() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replace(
                                        "        images:\n",
                                        "        capacityReservations:\n" + reservation(A, "eu-west-1a", 2, "")
                                                + reservation(B, "eu-west-1b", 2, "")
                                                + reservation(OTHER, "eu-west-1c", 2, "") + "        images:\n")
                                .replace(
                                        "{image: web-new}",
                                        "{image: web-new, request: {CapacityReservationSpecification:"
                                                + " {CapacityReservationPreference: capacity-reservations-only}}}")
                        + "faults:\n  - {operation: DescribeCapacityReservations, error: {code:"
                        + " UnauthorizedOperation, status: 403, message: not allowed}}\n");

        // when
        scenario.run("recycleAsgs", Map.of("strategy", "out-in", "failOn", "none", "allow", "otherSettings"));

        // then
        refreshed(scenario);
        assertThat(scenario.console())
                .anyMatch(
                        line -> line.contains("its capacity reservations are not known: DescribeCapacityReservations"));
    }

    @Test
    void whenNobodyChoosesTheStrategy_thenAutoTerminatesFirstAndSaysWhy() {
        // given
        Scenario scenario = scenario(
                reservation(A, "eu-west-1a", 3, ""),
                group("capacity-reservations-only", ids(A)),
                "InstanceMaintenancePolicy: {MinHealthyPercentage: 50, MaxHealthyPercentage: 150}, ");

        // when
        scenario.run("recycleAsgs", Map.of("failOn", "none"));

        // then
        refreshed(scenario);
        assertThat(scenario.console())
                .anyMatch(line ->
                        line.contains("in-out (its capacity reservations have no room for replacements first)"));
    }

    @Test
    void whenTerminatingFirstWouldLeaveLessThanTheGroupAllows_thenAutoIsRefusedToo() {
        // given
        Scenario scenario = scenario(
                reservation(A, "eu-west-1a", 3, ""),
                group("capacity-reservations-only", ids(A)),
                "InstanceMaintenancePolicy: {MinHealthyPercentage: 100, MaxHealthyPercentage: 200}, ");

        // when
        scenario.run("recycleAsgs", Map.of("failOn", "none"));

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.REFUSED);
        assertThat(scenario.row("web").reason()).contains("have 0 of 3 instances free");
    }
}
