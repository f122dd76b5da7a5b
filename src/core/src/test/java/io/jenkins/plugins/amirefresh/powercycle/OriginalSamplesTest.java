package io.jenkins.plugins.amirefresh.powercycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.model.Capacity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sample documents of the Lambda function that this step takes the place of decide as they did there, at each quarter
 * hour of a fortnight. Source: github.com/Financial-Times/ec2-powercycle, README.md and json/dev-schedule.json.
 */
class OriginalSamplesTest {

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration FORTNIGHT = Duration.ofDays(14);
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private static PowerDecision decide(PowerTarget target, Instant now) {
        PowerRules rules = new PowerRules(
                List.of("ec2Powercycle", "asgLifecycle"), "environment", List.of(), List.of("p"), true, null);
        Schedules schedules = new Schedules(
                new ScheduleReader(ZoneOffset.UTC, Holidays.NONE),
                source -> ((ScheduleSource.Inline) source).document(),
                now);
        return new PowerDecider(rules, schedules).decide(target).orElseThrow();
    }

    private static PowerTarget instance(String document, PowerTarget.Condition condition) {
        return new PowerTarget(
                PowerTarget.Kind.INSTANCE,
                "i-0123456789abcdef0",
                "",
                Map.of("environment", "d", "ec2Powercycle", document),
                condition,
                START.minus(Duration.ofDays(30)),
                "",
                "t3.micro",
                false,
                null,
                Remainder.NONE);
    }

    private static PowerTarget group(String document, Map<String, String> more, Capacity capacity) {
        var tags = new java.util.HashMap<>(Map.of("environment", "d", "asgLifecycle", document));
        tags.putAll(more);
        return new PowerTarget(
                PowerTarget.Kind.GROUP,
                "web",
                "web",
                tags,
                capacity.desired() > 0 ? PowerTarget.Condition.UP : PowerTarget.Condition.DOWN,
                null,
                "",
                "",
                false,
                capacity,
                Remainder.NONE);
    }

    /** As the original decided: the last stop is later than the last start. Every minute is looked at, without any library. */
    private static boolean isStopped(String start, String stop, Instant now) {
        return last(stop, now).isAfter(last(start, now));
    }

    private static Instant last(String cron, Instant now) {
        String[] fields = cron.split(" ", -1);
        LocalDateTime moment = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
        BitSet days = new BitSet();
        String[] range = fields[4].split("-", -1);
        days.set(Integer.parseInt(range[0]), Integer.parseInt(range[range.length - 1]) + 1);
        while (moment.getMinute() != Integer.parseInt(fields[0])
                || moment.getHour() != Integer.parseInt(fields[1])
                || !days.get(moment.getDayOfWeek().getValue() % 7)) {
            moment = moment.minusMinutes(1);
        }
        return moment.toInstant(ZoneOffset.UTC);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            0 8 * * 1-5 | 55 17 * * 1-5
            5 9 * * 1-5 | 0 15 * * 1-5
            """)
    void whenAFortnightPasses_thenInstancesAreStartedAndStoppedAsTheyWere(String start, String stop) {
        String document = "{ \"start\": \"" + start + "\", \"stop\": \"" + stop + "\" }";
        TreeSet<String> seen = new TreeSet<>();
        for (Instant now = START; now.isBefore(START.plus(FORTNIGHT)); now = now.plus(QUARTER)) {
            // when
            PowerMove ofRunning =
                    decide(instance(document, PowerTarget.Condition.UP), now).move();
            PowerMove ofStopped =
                    decide(instance(document, PowerTarget.Condition.DOWN), now).move();

            // then
            boolean stopped = isStopped(start, stop, now);
            assertThat(ofRunning).as("running at " + now).isEqualTo(stopped ? PowerMove.STOP : PowerMove.NONE);
            assertThat(ofStopped).as("stopped at " + now).isEqualTo(stopped ? PowerMove.NONE : PowerMove.START);
            seen.add(ofRunning + "/" + ofStopped);
        }
        assertThat(seen).hasSize(2);
    }

    @Test
    void whenAFortnightPasses_thenGroupsTakeTheSizesOfTheDocumentAsTheyDid() {
        String document = "{\"start\": \"0 8 * * 1-5\", \"stop\": \"55 17 * * 1-5\", \"min\": 2, \"desired\": 3}";
        for (Instant now = START; now.isBefore(START.plus(FORTNIGHT)); now = now.plus(QUARTER)) {
            // when
            PowerDecision up = decide(group(document, Map.of(), new Capacity(1, 1, 6)), now);
            PowerDecision down = decide(group(document, Map.of(), new Capacity(0, 0, 6)), now);

            // then
            boolean stopped = isStopped("0 8 * * 1-5", "55 17 * * 1-5", now);
            assertThat(to(up)).as("up at " + now).isEqualTo(stopped ? new Capacity(0, 0, 6) : null);
            assertThat(to(down)).as("down at " + now).isEqualTo(stopped ? null : new Capacity(2, 3, 6));
        }
    }

    private static @Nullable Capacity to(PowerDecision decision) {
        return decision.move() == PowerMove.NONE ? null : decision.to();
    }

    /** min over desired becomes desired, desired over the maximum raises that. */
    @ParameterizedTest
    @CsvSource({"4, 2, 6, 2/2/6", "2, 9, 6, 2/9/9", "0, 1, 6, 0/1/6"})
    void whenSizesDoNotFit_thenTheyAreBentAsTheyWere(int min, int desired, int max, String capacity) {
        // given
        String document = "{\"start\": \"0 8 * * 1-5\", \"stop\": \"55 17 * * 1-5\", \"min\": " + min
                + ", \"desired\": " + desired + "}";
        SleepTag asleep = new SleepTag(SleepTag.Phase.ASLEEP, new Capacity(1, 1, max), START);
        PowerTarget group = group(document, Map.of(SleepTag.NAME, asleep.text()), new Capacity(0, 0, max));

        // when
        PowerDecision decision = decide(group, Instant.parse("2026-03-03T09:00:00Z"));

        // then
        assertThat(String.valueOf(decision.to())).isEqualTo(capacity);
    }
}
