package io.jenkins.plugins.amirefresh.runner.steps.flow;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepArguments;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepSignature;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** {@code timeout}, {@code retry}, {@code sleep}, {@code waitUntil}. */
final class TimeSteps {
    private static final long FIRST_PAUSE_MILLIS = 250;

    private TimeSteps() {}

    static List<StepType> all() {
        return List.of(
                new StepType(
                        StepSignature.of("timeout")
                                .requires("time")
                                .accepts("unit", "activity")
                                .withBody(),
                        (context, arguments) -> new TimeoutExecution(
                                context, span(arguments, "MINUTES"), arguments.flag("activity", false))),
                new StepType(
                        StepSignature.of("retry")
                                .requires("count")
                                .accepts("conditions")
                                .withBody(),
                        (context, arguments) -> new RetryExecution(
                                context, arguments.number("count", 1), arguments.list("conditions"))),
                new StepType(
                        StepSignature.of("sleep").requires("time").accepts("unit"),
                        (context, arguments) -> new SleepExecution(context, span(arguments, "SECONDS"))),
                new StepType(
                        StepSignature.of("waitUntil")
                                .accepts("initialRecurrencePeriod", "quiet")
                                .withBody(),
                        (context, arguments) -> new WaitUntilExecution(
                                context,
                                Duration.ofMillis(arguments.number("initialRecurrencePeriod", FIRST_PAUSE_MILLIS)),
                                arguments.flag("quiet", false))));
    }

    /** The parameters {@code time} and {@code unit}. */
    private static Duration span(StepArguments arguments, String defaultUnit) throws AbortException {
        String unit = arguments.text("unit", defaultUnit).toUpperCase(Locale.ROOT);
        try {
            return Duration.of(
                    arguments.number("time", 0), TimeUnit.valueOf(unit).toChronoUnit());
        } catch (IllegalArgumentException e) {
            throw new AbortException(
                    "unit is NANOSECONDS, MICROSECONDS, MILLISECONDS, SECONDS, MINUTES, HOURS or DAYS, not '" + unit
                            + "'",
                    e);
        }
    }
}
