package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services whose host dies at any call, or starts again after any tick, come to what they would have come to. */
class EcsRestartTest {

    private static Map<String, ?> parameters(String tag) {
        return Map.of(
                "cluster",
                "shop",
                "services",
                "plain,watched",
                "image",
                Containers.image(tag),
                "tags",
                Map.of("version", tag),
                "tagMode",
                "replace",
                "failOn",
                "none");
    }

    private static Scenario whole(String tag) {
        Scenario whole = Scenario.of("services.yaml");
        whole.run("updateEcsService", parameters(tag));
        whole.settle();
        return whole;
    }

    /** How often a kind of thing happened; how many tasks come and go depends on the time. */
    private static Map<String, Integer> done(Scenario scenario) {
        Map<String, Integer> counts = scenario.effects().counts();
        Map<String, Integer> done = new java.util.TreeMap<>();
        counts.forEach((what, count) -> done.merge(what.replaceAll("ecs-svc/[0-9]+", "ecs-svc"), count, Integer::sum));
        return done;
    }

    @ParameterizedTest
    @CsvSource({"2, BEFORE_THE_CALL", "2, BEFORE_THE_ANSWER", "crash, BEFORE_THE_CALL", "crash, BEFORE_THE_ANSWER"})
    void whenTheHostIsKilledAtACall_thenNothingIsDoneTwice(String tag, Death.Moment moment) {
        // given
        Scenario whole = whole(tag);
        List<String> calls = whole.mutating();
        assertThat(calls).hasSizeGreaterThan(2);

        for (int call = 1; call <= calls.size(); call++) {
            // when
            Scenario killed = Scenario.of("services.yaml").dyingAt(call, moment);
            Progress progress = killed.run("updateEcsService", parameters(tag));
            killed.settle();

            // then
            String where = tag + ", killed " + moment + " " + call + " of " + calls + killed.console();
            assertThat(killed.deaths()).as(where).isEqualTo(1);
            assertThat(progress).as(where).isInstanceOf(Progress.Done.class);
            assertThat(Containers.of(killed).all())
                    .as(where)
                    .isEqualTo(Containers.of(whole).all());
            assertThat(done(killed)).as(where).isEqualTo(done(whole));
        }
    }

    @ParameterizedTest
    @CsvSource({"2", "crash", "slow"})
    void whenEveryTickStartsFromTheDisk_thenNothingIsDifferent(String tag) {
        // given
        Scenario whole = whole(tag);
        Scenario restarted = Scenario.of("services.yaml").restartingAfter(tick -> true);

        // when
        restarted.run("updateEcsService", parameters(tag));
        restarted.settle();

        // then
        assertThat(restarted.console()).isEqualTo(whole.console());
        assertThat(Facts.of(restarted)).hasSize(2).isEqualTo(Facts.of(whole));
        assertThat(restarted.effects().lines())
                .containsExactlyElementsOf(whole.effects().lines());
    }

    @ParameterizedTest
    @CsvSource({"RegisterTaskDefinition", "UpdateService", "TagResource", "UntagResource", "DescribeServices"})
    void whenTheConnectionBreaksAfterTheEffect_thenNothingIsDoneTwice(String operation) {
        for (String drop : List.of("after", "before")) {
            // given
            Scenario whole = whole("2");
            String fault = "faults:\n  - {service: ecs, operation: " + operation + ", drop: " + drop + ", count: 4}\n";
            Scenario broken = Scenario.of("services.yaml", text -> text + fault);

            // when
            broken.run("updateEcsService", parameters("2"));
            broken.settle();

            // then
            assertThat(Containers.of(broken).all())
                    .as(operation)
                    .isEqualTo(Containers.of(whole).all());
            assertThat(done(broken)).as(operation + " " + broken.console()).isEqualTo(done(whole));
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "2, 20"})
    void whenReadsLag_thenNobodyElseIsBlamed(String tag, int seconds) {
        // given
        String fault = "faults:\n  - {service: ecs, operation: \"Describe*\", stale: " + seconds + "s}\n";
        Scenario scenario = Scenario.of("services.yaml", text -> text + fault);

        // when
        Progress progress = scenario.run("updateEcsService", parameters(tag));

        // then
        assertThat(Containers.result(progress))
                .as(scenario.console().toString())
                .containsEntry("updated", 2);
        assertThat(Stream.of("plain", "watched").map(Containers.of(scenario)::runs))
                .containsExactly("plain:2", "plain:2");
    }
}
