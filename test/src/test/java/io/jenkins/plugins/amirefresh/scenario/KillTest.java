package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A host that is killed at a call, before or after AWS took it, leaves nothing undone and nothing done twice. */
class KillTest {

    private static Progress refresh(Scenario scenario, String strategy) {
        return scenario.run("recycleAsgs", Map.of("strategy", strategy, "checkpointDelay", "1m"));
    }

    @ParameterizedTest
    @CsvSource({
        "instance-refresh, BEFORE_THE_CALL",
        "instance-refresh, BEFORE_THE_ANSWER",
        "out-in, BEFORE_THE_CALL",
        "out-in, BEFORE_THE_ANSWER",
        "in-out, BEFORE_THE_CALL",
        "in-out, BEFORE_THE_ANSWER",
        "rolling, BEFORE_THE_CALL",
        "rolling, BEFORE_THE_ANSWER",
        "canary, BEFORE_THE_CALL",
        "canary, BEFORE_THE_ANSWER"
    })
    void whenTheHostIsKilledAtACall_thenNothingIsDoneTwice(String strategy, Death.Moment moment) {
        // given
        Scenario whole = Scenario.of("fleet.yaml");
        refresh(whole, strategy);
        whole.settle();

        for (int call = 1; call <= whole.mutating().size(); call++) {
            // when
            Scenario killed = Scenario.of("fleet.yaml").dyingAt(call, moment);
            Progress progress = refresh(killed, strategy);
            killed.settle();

            // then
            String where = strategy + ", killed " + moment + " " + call + " of " + whole.mutating();
            assertThat(killed.deaths()).as(where).isEqualTo(1);
            assertThat(progress).as(where).isInstanceOf(Progress.Done.class);
            assertThat(killed.fleet()).as(where).isEqualTo(whole.fleet());
            assertThat(Facts.of(killed)).as(where).isEqualTo(Facts.of(whole));
            assertThat(killed.effects().counts())
                    .as(where)
                    .isEqualTo(whole.effects().counts());
            assertThat(killed.effects().resources("terminat")).as(where).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @CsvSource({"BEFORE_THE_CALL", "BEFORE_THE_ANSWER"})
    void whenTheHostIsKilledAtACallWhileAnotherGroupEnds_thenThatOnesRowIsKept(Death.Moment moment) {
        // given
        Map<String, ?> parameters = Map.of("strategy", "in-out", "windows", "ignore");
        Scenario whole = TwoPaces.scenario();
        whole.run("recycleAsgs", parameters);

        for (int call = 1; call <= whole.mutating().size(); call++) {
            // when
            Scenario killed = TwoPaces.scenario().dyingAt(call, moment);
            killed.run("recycleAsgs", parameters);

            // then
            assertThat(killed.deaths()).isEqualTo(1);
            assertThat(Facts.of(killed))
                    .as("killed %s %d of %s", moment, call, whole.mutating())
                    .isEqualTo(Facts.of(whole));
        }
    }

    /** A group of one, which ends in a tick in which a group of three goes on. */
    private static final class TwoPaces {

        static Scenario scenario() {
            return Scenario.of("waves.yaml", text -> text.replace("targetGroups: [web]", "")
                    .replace("healthCheckType: ELB", "")
                    .replace("healthCheckGracePeriod: 30", "")
                    .replaceFirst("desired: 2", "desired: 3")
                    .replace("desired: 2", "desired: 1"));
        }
    }
}
