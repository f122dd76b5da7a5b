package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.powercycle.Holidays;
import io.jenkins.plugins.amirefresh.powercycle.PowerRules;
import io.jenkins.plugins.amirefresh.powercycle.ScheduleReader;
import io.jenkins.plugins.amirefresh.step.Settings;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the step was given, read and checked. */
record PowerSettings(
        Parameters parameters,
        List<String> scheduleTags,
        List<String> environments,
        List<String> excludedEnvironments,
        List<String> names,
        ScheduleReader reader,
        boolean enforces,
        @Nullable Duration wakes,
        boolean reportsSavings,
        Prices prices,
        Duration settleWithin,
        AllowedUrls allowedUrls,
        Duration documentTimeLimit,
        int documentSizeLimit,
        FailOn failOn,
        boolean isDryRun) {

    private static final List<String> TAGS = List.of("ec2Powercycle", "asgLifecycle");
    private static final List<String> PRODUCTION = List.of("p", "prod", "production");
    private static final Duration SETTLE_WITHIN = Duration.ofMinutes(15);

    private static final Duration DOCUMENT_TIME_LIMIT = Duration.ofSeconds(10);
    private static final int DOCUMENT_SIZE = 16;
    /** Less than a probe reads, so that a document that is cut off is always too long. */
    private static final int MOST_DOCUMENT_SIZE = 60;

    private static final int KIB = 1024;

    /** What fails the step. */
    enum FailOn {
        ANY,
        BROKEN,
        NONE
    }

    static PowerSettings of(Parameters parameters) {
        return new PowerSettings(
                parameters,
                or(parameters.list(PowerCycle.SCHEDULE_TAGS), TAGS),
                parameters.list(PowerCycle.ENVIRONMENTS),
                or(parameters.list(PowerCycle.EXCLUDE_ENVIRONMENTS), PRODUCTION),
                parameters.list(PowerCycle.NAMES),
                new ScheduleReader(zone(parameters), holidays(parameters)),
                parameters.flag(PowerCycle.ENFORCE),
                wakes(parameters),
                parameters.flag(PowerCycle.SAVINGS),
                Prices.of(parameters),
                parameters.duration(PowerCycle.SETTLE_WITHIN).orElse(SETTLE_WITHIN),
                AllowedUrls.of(parameters.list(PowerCycle.ALLOW_URLS)),
                parameters.limit(PowerCycle.DOCUMENT_TIME_LIMIT).orElse(DOCUMENT_TIME_LIMIT),
                KIB * documentSize(parameters),
                parameters
                        .text(PowerCycle.FAIL_ON)
                        .map(text -> FailOn.valueOf(text.toUpperCase(java.util.Locale.ROOT)))
                        .orElse(FailOn.BROKEN),
                parameters.flag(PowerCycle.DRY_RUN));
    }

    private static List<String> or(List<String> given, List<String> otherwise) {
        return given.isEmpty() ? otherwise : given;
    }

    private static @Nullable Duration wakes(Parameters parameters) {
        Optional<Duration> wakes = parameters.duration(PowerCycle.WAKE);
        if (wakes.filter(Duration::isZero).isPresent()) {
            throw ParameterException.of(PowerCycle.WAKE, "0", "how long groups stay awake, such as '3h'");
        }
        return wakes.orElse(null);
    }

    private static int documentSize(Parameters parameters) {
        int size = parameters.integer(PowerCycle.DOCUMENT_SIZE_LIMIT).orElse(DOCUMENT_SIZE);
        if (size < 1 || size > MOST_DOCUMENT_SIZE) {
            throw ParameterException.of(PowerCycle.DOCUMENT_SIZE_LIMIT, size, "1 to " + MOST_DOCUMENT_SIZE + " KiB");
        }
        return size;
    }

    private static ZoneId zone(Parameters parameters) {
        String text = parameters.text(PowerCycle.ZONE).orElse("UTC");
        try {
            return text.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(text);
        } catch (DateTimeException e) {
            throw ParameterException.of(PowerCycle.ZONE, text, "a time zone such as Europe/London");
        }
    }

    private static Holidays holidays(Parameters parameters) {
        List<String> texts = parameters.list(PowerCycle.HOLIDAYS);
        try {
            return Holidays.parse(texts);
        } catch (IllegalArgumentException e) {
            throw ParameterException.of(
                    PowerCycle.HOLIDAYS,
                    String.join(",", texts),
                    "days 2026-12-25 and ranges of days 2026-12-24/2027-01-01");
        }
    }

    /** How each of them is is of interest, or whether words fit any, and not only what is not as its schedule wants it. */
    boolean readsAll() {
        boolean hasWords = !names.isEmpty() || !environments.isEmpty() || excludesByWords();
        return hasWords || wakes != null || reportsSavings;
    }

    /** Somebody said which environments are excluded. */
    boolean excludesByWords() {
        return parameters.asMap().containsKey(PowerCycle.EXCLUDE_ENVIRONMENTS);
    }

    /** @param settings of the host, which say what the tag Environment is called */
    PowerRules rules(Settings settings, Instant now) {
        return new PowerRules(
                scheduleTags,
                settings.tagNames().getOrDefault("Environment", "Environment"),
                environments,
                excludedEnvironments,
                enforces,
                wakes == null ? null : now.plus(wakes).truncatedTo(ChronoUnit.SECONDS));
    }
}
