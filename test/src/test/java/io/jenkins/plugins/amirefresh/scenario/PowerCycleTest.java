package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.amirefresh.powercycle.SleepTag;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Instances and groups are started and stopped by the schedules on their tags. */
class PowerCycleTest {

    static final Map<String, String> EVENING = new TreeMap<>(Map.ofEntries(
            Map.entry("db", "stopped"),
            Map.entry("app-1", "stopped"),
            Map.entry("app-2", "stopped"),
            Map.entry("app-3", "stopped"),
            Map.entry("sleeper", "stopped"),
            Map.entry("grows", "stopped"),
            Map.entry("prod", "running"),
            Map.entry("nobody", "running"),
            Map.entry("web", "0/0/8"),
            Map.entry("queue", "0/0/3"),
            Map.entry("plain", "1/1/2"),
            Map.entry("members", "1/1/1")));

    private final Scenario scenario = Scenario.of("power.yaml");
    private final Power power = new Power(scenario.simulator());

    private static Progress run(Scenario scenario, Map<String, ?> parameters) {
        return scenario.run("powerCycle", parameters);
    }

    private Map<String, Object> done(Map<String, ?> parameters) {
        Progress progress = run(scenario, parameters);
        assertThat(progress).as(String.valueOf(scenario.console())).isInstanceOf(Progress.Done.class);
        return ((Progress.Done) progress).result();
    }

    private static Map<String, String> morning() {
        Map<String, String> states = new TreeMap<>(EVENING);
        states.replaceAll((name, state) -> state.equals("stopped") ? "running" : state);
        states.put("web", "2/4/8");
        states.put("queue", "0/2/3");
        return states;
    }

    private List<String> effects(String change) {
        return scenario.effects().resources(change);
    }

    @Test
    void whenTheirTimeHasNotCome_thenNothingIsChanged() {
        // when
        Map<String, Object> result = done(Map.of());

        // then
        assertThat(power.states()).isEqualTo(morning());
        assertThat(scenario.mutating()).isEmpty();
        assertThat(result)
                .containsEntry("unchanged", 8)
                .containsEntry("excluded", 2)
                .containsEntry("skipped", 1);
    }

    @Test
    void whenEveningComes_thenAllIsStoppedInOrderAndTheGroupsKnowTheirSizes() {
        // given
        power.at("2026-03-03T18:00:00Z");

        // when
        Map<String, Object> result = done(Map.of());

        // then
        assertThat(power.states()).isEqualTo(EVENING);
        assertThat(result).containsEntry("stopped", 7).containsEntry("hibernated", 1);
        List<String> stopped = effects("stopped by user request");
        assertThat(stopped.get(stopped.size() - 1))
                .as("the database is the last")
                .isEqualTo(power.instance("db").path("id").asText());
        assertThat(SleepTag.of(Map.of(SleepTag.NAME, power.tag("web", SleepTag.NAME)))
                        .map(SleepTag::text))
                .contains("asleep min=2 desired=4 max=8 since=2026-03-03T17:55:00Z");
        assertThat(scenario.mutating())
                .as("batched: instances, hibernating ones, the database, both tags of both groups, each group")
                .containsExactlyInAnyOrder(
                        "StopInstances",
                        "StopInstances",
                        "StopInstances",
                        "CreateOrUpdateTags",
                        "UpdateAutoScalingGroup",
                        "UpdateAutoScalingGroup",
                        "CreateOrUpdateTags");
        assertThat(scenario.console())
                .contains(
                        "nobody (" + power.instance("nobody").path("id").asText()
                                + "): excluded: is missing environment tag. Excluding from powercycle.",
                        "prod (" + power.instance("prod").path("id").asText()
                                + "): excluded: has environment tag P. Excluding from powercycle.");
    }

    @Nested
    class GivenANight {

        GivenANight() {
            power.at("2026-03-03T18:00:00Z");
            done(Map.of());
        }

        @Test
        void whenMorningComes_thenAllIsStartedInOrderAndTheSizesAreBack() {
            // given
            power.at("2026-03-04T08:00:00Z");

            // when
            Map<String, Object> result = done(Map.of());

            // then
            assertThat(power.states()).isEqualTo(morning());
            assertThat(result).containsEntry("started", 8);
            assertThat(power.tag("web", SleepTag.NAME)).isEmpty();
            assertThat(power.instance("grows").path("instanceType").asText()).isEqualTo("t3.large");
            String db = power.instance("db").path("id").asText();
            List<String> started = effects("started by user request");
            assertThat(started.indexOf(db))
                    .isLessThan(
                            started.indexOf(power.instance("app-1").path("id").asText()));
        }

        @Test
        void whenItIsRunAgain_thenNothingIsLeftToDo() {
            // given
            int before = scenario.mutating().size();

            // then
            assertThat(done(Map.of())).containsEntry("unchanged", 8);
            assertThat(scenario.mutating()).hasSize(before);
        }

        @Test
        void whenPeopleStartSomethingByHand_thenItRunsUntilItIsToStopNext() {
            // given
            power.at("2026-03-03T20:00:00Z");
            power.byHand("StartInstances", "db");
            power.byHand("queue", 0, 1);

            // when
            power.at("2026-03-03T21:00:00Z");
            Map<String, Object> night = done(Map.of());
            Map<String, String> kept = power.states();
            power.at("2026-03-04T08:00:00Z");
            done(Map.of());
            Map<String, String> next = power.states();
            power.at("2026-03-04T18:00:00Z");
            done(Map.of());

            // then
            assertThat(night).containsEntry("kept", 2);
            assertThat(kept).containsEntry("db", "running").containsEntry("queue", "0/1/3");
            assertThat(next).isEqualTo(morning());
            assertThat(power.states()).isEqualTo(EVENING);
        }

        @Test
        void whenTheScheduleIsEnforced_thenWhatPeopleStartedIsStoppedAgain() {
            // given
            power.at("2026-03-03T20:00:00Z");
            power.byHand("StartInstances", "db");
            power.byHand("queue", 0, 1);
            power.at("2026-03-03T21:00:00Z");

            // when
            done(Map.of("enforce", true));
            Map<String, String> night = power.states();
            power.at("2026-03-04T08:00:00Z");
            done(Map.of());

            // then
            assertThat(night).isEqualTo(EVENING);
            assertThat(power.states()).isEqualTo(morning());
        }

        @Test
        void whenOthersChangeTheMaximumInTheNight_thenThatStays() {
            // given
            power.byHand("web", 0, 0);
            setMax(3);
            power.at("2026-03-04T08:00:00Z");

            // when
            done(Map.of());

            // then
            assertThat(power.states()).containsEntry("web", "2/3/3");
        }

        @Test
        void whenOthersSetTheMaximumToZero_thenItsSizesAreKeptUntilItMayStart() {
            // given
            setMax(0);
            power.at("2026-03-04T08:00:00Z");

            // when
            Map<String, Object> result = done(Map.of("failOn", "none"));

            // then
            assertThat(result).containsEntry("held", 1);
            assertThat(power.tag("web", SleepTag.NAME)).contains("min=2 desired=4 max=8");
        }

        private void setMax(int max) {
            scenario.simulator()
                    .call(
                            "autoscaling",
                            "UpdateAutoScalingGroup",
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("AutoScalingGroupName", "web")
                                    .put("MaxSize", max),
                            new Caller("111111111111", "eu-west-1", "arn:aws:iam::111111111111:user/c", "c"));
        }

        @Test
        void whenNoonComes_thenAnInstanceTakesItsOtherSizeAndGroupsTheirs() {
            // given
            power.at("2026-03-04T08:00:00Z");
            done(Map.of());
            power.at("2026-03-04T12:15:00Z");

            // when
            Map<String, Object> result = done(Map.of());

            // then
            assertThat(result).containsEntry("resized", 1);
            assertThat(power.instance("grows").path("instanceType").asText()).isEqualTo("t3.micro");
            assertThat(power.states()).isEqualTo(morning());
        }

        @Test
        void whenTheDayIsAHoliday_thenNothingIsStarted() {
            // given
            power.at("2026-03-04T09:00:00Z");

            // then
            assertThat(done(Map.of("holidays", "2026-03-04"))).containsEntry("started", 0);
            assertThat(power.states()).isEqualTo(EVENING);
        }
    }

    @Test
    void whenItIsADryRun_thenItSaysWhatItWouldDoAndDoesNothing() {
        // given
        power.at("2026-03-03T18:00:00Z");

        // when
        Map<String, Object> result = done(Map.of("dryRun", "True"));

        // then
        assertThat(result).containsEntry("planned", 8);
        assertThat(scenario.mutating()).isEmpty();
        assertThat(scenario.console())
                .contains("web: dry run: would stop: its schedule wants it stopped since 2026-03-03T17:55:00Z");
    }

    /** The original took "False" for a mistake, true for false, and T for true. */
    @ParameterizedTest
    @CsvSource({"T", "yes", "'in'", "1"})
    void whenDryRunIsNeitherTrueNorFalse_thenTheStepIsRefused(String word) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> run(scenario, Map.of("dryRun", word))))
                .hasMessageContaining("dryRun");
        assertThat(scenario.mutating()).isEmpty();
    }

    @Test
    void whenOneCannotBeStopped_thenItSpoilsNobodyElse() {
        // given
        Scenario guarded = Scenario.of(
                "power.yaml",
                text -> text.replace(
                        "name: \"app-{n}\", count: 3,",
                        "name: \"app-{n}\", count: 3, request: {DisableApiStop: true},"));
        Power there = new Power(guarded.simulator());
        there.at("2026-03-03T18:00:00Z");

        // when
        Progress progress = run(guarded, Map.of("failOn", "none"));

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(((Progress.Done) progress).verdict()).isEqualTo(Progress.BuildVerdict.UNSTABLE);
        assertThat(((Progress.Done) progress).result())
                .containsEntry("failed", 3)
                .containsEntry("held", 1)
                .containsEntry("stopped", 3)
                .containsEntry("hibernated", 1);
        assertThat(there.states())
                .containsEntry("web", "0/0/8")
                .containsEntry("grows", "stopped")
                .containsEntry("db", "running");
        assertThat(String.join("\n", guarded.console())).contains("disableApiStop", "db (");
        assertThat(run(guarded.nextBuild("weekly-2"), Map.of())).isInstanceOf(Progress.Failed.class);
    }

    @Test
    void whenARefreshIsAtWorkOnAGroup_thenItsSizesAreLeftToThat() {
        // given
        power.at("2026-03-03T17:56:00Z");
        scenario.locked("web", new LockHolder("weekly-9", "step-1"));
        scenario.simulator()
                .call(
                        "autoscaling",
                        "StartInstanceRefresh",
                        JsonNodeFactory.instance.objectNode().put("AutoScalingGroupName", "queue"),
                        new Caller("111111111111", "eu-west-1", "arn:aws:iam::111111111111:user/c", "c"));

        // when
        Map<String, Object> result = done(Map.of("names", "web,queue"));

        // then
        assertThat(result).containsEntry("skipped", 2).containsEntry("stopped", 0);
        assertThat(power.tag("web", SleepTag.NAME) + power.tag("queue", SleepTag.NAME))
                .isEmpty();
        assertThat(String.join("\n", scenario.console()))
                .contains("weekly-9 is working on the group", "is at work on the group");
    }

    @ParameterizedTest
    @EnumSource(Death.Moment.class)
    void whenTheHostIsKilledAtACall_thenNothingIsDoneTwiceOrLeft(Death.Moment moment) {
        Scenario whole = cycle(next -> next);
        for (int call = 1; call <= whole.mutating().size(); call++) {
            int last = call;

            // when
            Scenario killed = cycle(next -> next.dyingAt(last, moment));

            // then
            String where = "killed " + moment + " " + call + " of " + whole.mutating();
            assertThat(killed.deaths()).as(where).isEqualTo(1);
            assertThat(new Power(killed.simulator()).states()).as(where).isEqualTo(morning());
            assertThat(counts(killed)).as(where).isEqualTo(counts(whole));
        }
    }

    /** A type is set again to what it is: the value is absolute. */
    private static Map<String, Integer> counts(Scenario scenario) {
        Map<String, Integer> counts = new TreeMap<>(scenario.effects().counts());
        counts.remove("*: attributes changed");
        return counts;
    }

    @Test
    void whenTheHostRestartsAfterATick_thenNothingIsDifferent() {
        Scenario whole = cycle(next -> next);
        for (int tick = 1; tick <= whole.ticks(); tick++) {
            int last = tick;

            // when
            Scenario restarted = cycle(next -> next.restartingAfter(after -> after == last));

            // then
            assertThat(restarted.effects().lines())
                    .as("restarted after tick " + tick)
                    .containsExactlyElementsOf(whole.effects().lines());
            assertThat(restarted.console()).isEqualTo(whole.console());
        }
    }

    /** An evening and the morning after it. */
    private static Scenario cycle(UnaryOperator<Scenario> change) {
        Scenario scenario = change.apply(Scenario.of("power.yaml"));
        Power power = new Power(scenario.simulator());
        power.at("2026-03-03T18:00:00Z");
        assertThat(run(scenario, Map.of())).isInstanceOf(Progress.Done.class);
        assertThat(power.states()).isEqualTo(EVENING);
        power.at("2026-03-04T08:00:00Z");
        assertThat(run(scenario, Map.of())).isInstanceOf(Progress.Done.class);
        return scenario;
    }
}
