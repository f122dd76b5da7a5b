package io.jenkins.plugins.amirefresh.step.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.parameters.EnvironmentDefaults;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A pipeline's variable that is not set is a null: it never counts as a parameter that was left out and would do something. */
class NullParametersTest {

    /** Whatever these are, the step does the same. A new parameter is refused as null, unless it joins them here. */
    private static final Set<String> HARMLESS = Set.of(
            "recycleAsgs.slackChannel",
            "smokeTestAsg.slackChannel",
            "smokeTestAsg.junitFile",
            "recycleOnEvents.slackChannel",
            "powerCycle.savings",
            "notifySlack.channel",
            "notifySlack.color",
            "refreshReport.directory");

    private static final String LINE = ": null is not allowed; give a value, or leave it out; is a variable not set?";

    static Stream<Arguments> parameters() {
        return StepCatalog.all().stream()
                .flatMap(step -> step.parameters().stream().map(spec -> Arguments.of(step, spec)));
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void whenAParameterIsNull_thenItIsRefusedUnlessItOnlyTells(StepDefinition step, ParameterSpec spec) {
        // given: the variable of the parameter does not stand in for what the pipeline wrote down
        Map<String, Object> given = new LinkedHashMap<>();
        step.parameters().stream().filter(ParameterSpec::required).forEach(required -> given.put(required.name(), "x"));
        given.put(spec.name(), null);
        Map<String, String> environment =
                Map.of(EnvironmentDefaults.variable(spec.name()), HARMLESS.contains(name(step, spec)) ? "" : "1");

        // when, then
        if (HARMLESS.contains(name(step, spec))) {
            assertThat(parse(step, given, environment).asMap()).doesNotContainKey(spec.name());
        } else {
            refused(step, given, environment, spec.name() + LINE);
        }
    }

    /** What a map or a list of maps says is a parameter, too, however deep it is. */
    @ParameterizedTest
    @MethodSource("parameters")
    void whenAValueInAMapIsNull_thenItIsRefused(StepDefinition step, ParameterSpec spec) {
        List<String> keys = spec.choices().isEmpty() ? List.of("key") : spec.choices();
        for (String key : keys) {
            if (spec.type() == ParameterType.MAP || spec.type() == ParameterType.LIST_OF_MAPS) {
                Map<String, Object> map = Collections.singletonMap(key, null);
                Map<String, Object> deep = Map.of(key, List.of(Collections.singletonMap("port", null)));
                boolean isMap = spec.type() == ParameterType.MAP;

                String path = spec.name() + "." + key;
                refused(step, Map.of(spec.name(), isMap ? map : List.of(map)), Map.of(), path + LINE);
                refused(step, Map.of(spec.name(), isMap ? deep : List.of(deep)), Map.of(), path + ".port" + LINE);
            }
        }
        if (spec.type() == ParameterType.LIST) {
            Map<String, Object> given = Map.of(spec.name(), Arrays.asList("a", null));
            assertThatThrownBy(() -> parse(step, given, Map.of()))
                    .isInstanceOf(ParameterException.class)
                    .hasMessageContaining("is a variable in it not set?");
        }
    }

    private static void refused(
            StepDefinition step, Map<String, ?> given, Map<String, String> environment, String line) {
        assertThatThrownBy(() -> parse(step, given, environment))
                .as(step.functionName())
                .isInstanceOf(ParameterException.class)
                .hasMessage(line);
    }

    private static Parameters parse(StepDefinition step, Map<String, ?> given, Map<String, String> environment) {
        List<ParameterSpec> specs = step.parameters();
        List<ParameterSpec> asked =
                specs.stream().filter(spec -> given.containsKey(spec.name())).toList();
        return Parameters.parse(step.functionName(), asked, EnvironmentDefaults.fill(specs, given, environment));
    }

    private static String name(StepDefinition step, ParameterSpec spec) {
        return step.functionName() + "." + spec.name();
    }
}
