package io.jenkins.plugins.amirefresh.step.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a pipeline gives to a parameter, it is taken or refused in one bearable line; nothing else is thrown. */
class OddInputsTest {

    private static final int BEARABLE = 700;
    private static final List<StepDefinition> STEPS = StepCatalog.all();
    private static final List<@Nullable Object> ODD = Collections.unmodifiableList(Arrays.asList(
            null,
            "",
            " ",
            "\t\n",
            "one\ntwo\nthree",
            "*",
            "[",
            "${x}",
            "%s%n",
            "\u0000",
            "größe-日本-\uD83D\uDE80",
            "\u0665",
            "x".repeat(10_000),
            "1".repeat(10_000),
            "1,".repeat(5_000),
            ",,,",
            "-1",
            "0",
            "1.5",
            "1e9",
            "0x10",
            "0%",
            "101%",
            "999999999%",
            "999999999d",
            "999999999",
            "-PT5M",
            "PT0S",
            "PT-5M",
            "P1000000D",
            "PT2562047788015215H",
            "PT9999999999999999999H",
            "http://",
            "http://[",
            "https://exa mple/",
            "/../../etc/passwd",
            "arn:aws:",
            "arn:aws:iam::1:role/",
            0,
            -1,
            1.5,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            new BigInteger("9".repeat(100)),
            new BigDecimal("1e400"),
            true,
            'x',
            new Object(),
            List.of(),
            Arrays.asList((Object) null),
            Arrays.asList("a", null, ""),
            List.of(List.of("a")),
            List.of(Map.of("a", "b")),
            List.of(0, true),
            Map.of(),
            Map.of("", ""),
            Map.of("a\nb", "c\nd"),
            Map.of("a", List.of(Map.of("b", List.of()))),
            Collections.singletonMap("a", null),
            Collections.singletonMap(null, "a")));

    static Stream<StepDefinition> steps() {
        return STEPS.stream();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void whenAParameterIsOdd_thenItIsTakenOrRefusedInOneLine(StepDefinition step) {
        List<String> wrong = new ArrayList<>();
        for (ParameterSpec spec : step.parameters()) {
            for (Object odd : ODD) {
                tried(wrong, step, Collections.singletonMap(spec.name(), odd), Map.of());
                if (odd instanceof String text) {
                    tried(
                            wrong,
                            step,
                            Map.of(),
                            Map.of(spec.variables().iterator().next(), text));
                }
                for (String key : spec.choices()) {
                    nested(wrong, step, spec, key, odd);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999d", "P3651D", "PT2562047788015215H", "-PT5M", "PT-5M", "PT9999999999999999999H"})
    void whenADurationIsNegativeOrBeyondEveryClock_thenEachStepRefusesIt(String odd) {
        for (StepDefinition step : STEPS) {
            step.parameters().stream()
                    .filter(spec -> spec.type() == ParameterType.DURATION)
                    .forEach(spec -> assertThatThrownBy(
                                    () -> StepCall.parse(step, STEPS, with(step, spec, odd), Map.of()))
                            .isInstanceOf(ParameterException.class)
                            .hasMessageStartingWith(spec.name() + ": '" + odd + "' is not allowed"));
        }
    }

    @Test
    void whenALimitIsNothing_thenEachStepRefusesItAtTheStart() {
        List<String> taken = new ArrayList<>();
        for (StepDefinition step : STEPS) {
            step.parameters().stream()
                    .filter(spec -> spec.type() == ParameterType.DURATION
                            && spec.name().toLowerCase(Locale.ROOT).endsWith("timelimit"))
                    .filter(spec -> !StepCall.problems(step, Map.of(spec.name(), "PT0S"))
                            .containsKey(spec.name()))
                    .forEach(spec -> taken.add(step.functionName() + "." + spec.name()));
        }
        assertThat(taken).isEmpty();
    }

    static Stream<Object> listsOfNothing() {
        return Stream.of(List.of(), List.of(""), Arrays.asList("web", null), List.of("web", " "), ",", " , ");
    }

    /** {@code asgs: [env.ASG]} with a variable that is not set must not come to mean every group. */
    @ParameterizedTest
    @MethodSource("listsOfNothing")
    void whenAListHoldsNothing_thenEachStepRefusesIt(Object nothing) {
        for (StepDefinition step : STEPS) {
            step.parameters().stream()
                    .filter(spec -> spec.type() == ParameterType.LIST)
                    .filter(spec -> !(List.of().equals(nothing) && spec.isNoneByDefault()))
                    .forEach(spec -> assertThatThrownBy(
                                    () -> StepCall.parse(step, STEPS, with(step, spec, nothing), Map.of()))
                            .isInstanceOf(ParameterException.class)
                            .hasMessageStartingWith(spec.name() + ": "));
        }
    }

    @Test
    void whenAListThatSelectsNothingIsBlank_thenItIsAsIfItWereNotGivenAlsoToWhoReadsItAgain() {
        StepDefinition step = STEPS.stream()
                .filter(known -> known.functionName().equals("recycleAsgs"))
                .findFirst()
                .orElseThrow();

        Map<String, Object> saved =
                StepCall.parse(step, STEPS, Map.of("alarms", " "), Map.of()).asMap();

        assertThat(saved).doesNotContainKey("alarms");
    }

    /** Beside what the step cannot do without. */
    private static Map<String, Object> with(StepDefinition step, ParameterSpec spec, Object odd) {
        Map<String, Object> given = new LinkedHashMap<>();
        step.parameters().stream()
                .filter(ParameterSpec::required)
                .forEach(required -> given.put(required.name(), "web"));
        given.put(spec.name(), odd);
        return given;
    }

    private static void nested(
            List<String> wrong, StepDefinition step, ParameterSpec spec, String key, @Nullable Object odd) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, odd);
        switch (spec.type()) {
            case MAP -> tried(wrong, step, Map.of(spec.name(), map), Map.of());
            case LIST_OF_MAPS -> {
                tried(wrong, step, Map.of(spec.name(), List.of(map)), Map.of());
                for (String kind : List.of("http", "tcp", "ssm", "shell", "cloudWatchAlarm", "metric")) {
                    Map<String, Object> whole = new LinkedHashMap<>(Map.of(kind, "/health"));
                    whole.put(key, odd);
                    tried(wrong, step, Map.of(spec.name(), List.of(whole)), Map.of());
                }
            }
            default -> {}
        }
    }

    private static void tried(
            List<String> wrong, StepDefinition step, Map<String, ?> odd, Map<String, String> environment) {
        Map<String, Object> given = new LinkedHashMap<>();
        step.parameters().stream().filter(ParameterSpec::required).forEach(spec -> given.put(spec.name(), usual(spec)));
        given.putAll(odd);
        try {
            StepCall.parse(step, STEPS, given, environment);
        } catch (ParameterException e) {
            String line = String.valueOf(e.getMessage());
            if (line.length() > BEARABLE
                    || line.chars().anyMatch(Character::isISOControl)
                    || line.contains("Exception")) {
                wrong.add(step.functionName() + " " + shown(odd) + shown(environment) + " is refused with "
                        + shown(line));
            }
        } catch (RuntimeException | Error e) {
            wrong.add(step.functionName() + " " + shown(odd) + shown(environment) + " threw " + e);
        }
    }

    private static Object usual(ParameterSpec spec) {
        return switch (spec.type()) {
            case LIST_OF_MAPS -> List.of(Map.of("http", "/health"));
            case CHOICE -> spec.choices().get(0);
            default -> spec.name().equals("ami") ? "newest" : "web";
        };
    }

    private static String shown(Object value) {
        String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "<ctrl>");
        return text.length() < 160 ? text : text.substring(0, 160) + "... (" + text.length() + ")";
    }
}
