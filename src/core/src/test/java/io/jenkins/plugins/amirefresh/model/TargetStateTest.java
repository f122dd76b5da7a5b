package io.jenkins.plugins.amirefresh.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetStateTest {

    @ParameterizedTest
    @CsvSource({
        "Target.NotInUse, Target.NotInUse, true",
        "Target.InvalidState, Target.NotInUse, true",
        "Target.InvalidState, Target.InvalidState, false"
    })
    void whenNoTargetIsUsed_thenOnlyAMissingListenerMakesTheTargetGroupIdle(String one, String other, boolean idle) {
        assertThat(TargetState.isIdle(Stream.of(one, other)
                        .map(reason -> new TargetState(TargetHealth.UNUSED, reason, ""))
                        .toList()))
                .isEqualTo(idle);
    }
}
