package io.jenkins.plugins.amirefresh.step.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentDefaultsTest {

    private static final List<ParameterSpec> SPECS = List.of(
            ParameterSpec.optional("dryRun", ParameterType.BOOLEAN, "false", "."),
            ParameterSpec.optional("waitAtMost", ParameterType.DURATION, "7d", "."),
            ParameterSpec.map("tags", List.of(), "."));

    private static Parameters parse(Map<String, ?> given, Map<String, String> environment) {
        return Parameters.parse("recycleAsgs", SPECS, EnvironmentDefaults.fill(SPECS, given, environment));
    }

    @Test
    void whenAParameterIsNotGiven_thenItsVariableDecides() {
        assertThat(parse(Map.of(), Map.of("AMI_REFRESH_DRY_RUN", "true")).flag("dryRun"))
                .isTrue();
        assertThat(parse(Map.of(), Map.of("AMI_REFRESH_WAIT_AT_MOST", "4d")).duration("waitAtMost"))
                .hasValueSatisfying(duration -> assertThat(duration).hasDays(4));
    }

    @Test
    void whenAParameterIsGiven_thenItWins() {
        assertThat(parse(Map.of("dryRun", false), Map.of("AMI_REFRESH_DRY_RUN", "true"))
                        .flag("dryRun"))
                .isFalse();
    }

    @Test
    void whenTheVariableIsBlank_thenItCountsAsNotSet() {
        assertThat(parse(Map.of(), Map.of("AMI_REFRESH_DRY_RUN", " ")).flag("dryRun"))
                .isFalse();
    }

    @Test
    void whenTheVariableIsBad_thenRefusedAndNeverLive() {
        assertThatThrownBy(() -> parse(Map.of(), Map.of("AMI_REFRESH_DRY_RUN", "yes")))
                .isInstanceOf(ParameterException.class)
                .hasMessage("dryRun: 'yes' is not allowed; give true or false");
    }
}
