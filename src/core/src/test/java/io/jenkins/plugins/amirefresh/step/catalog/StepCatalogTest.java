package io.jenkins.plugins.amirefresh.step.catalog;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StepCatalogTest {

    /** A form checks each field by itself, while the others are still empty. */
    @ParameterizedTest
    @MethodSource("parameters")
    void whenAParameterStandsAlone_thenTheStepTakesItOrSaysWhy(StepDefinition step, ParameterSpec spec) {
        Parameters alone = Parameters.parse(step.functionName(), List.of(spec), Map.of(spec.name(), value(spec)));

        assertThatCode(() -> refused(step, alone)).doesNotThrowAnyException();
    }

    private static boolean refused(StepDefinition step, Parameters alone) {
        try {
            return step.operation(alone) == null;
        } catch (ParameterException e) {
            return true;
        }
    }

    private static Object value(ParameterSpec spec) {
        return switch (spec.type()) {
            case TEXT, LIST -> "x";
            case INTEGER, SIZE, INTEGER_OR_CHOICE -> 7;
            case BOOLEAN -> true;
            case DURATION -> "5m";
            case CHOICE -> spec.choices().get(0);
            case MAP -> spec.name().equals("tags") ? Map.of("team", "web") : Map.of();
            case LIST_OF_MAPS -> List.of(Map.of());
        };
    }

    private static Stream<Arguments> parameters() {
        return StepCatalog.all().stream()
                .flatMap(step -> step.parameters().stream().map(spec -> Arguments.of(step, spec)));
    }
}
