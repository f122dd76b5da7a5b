package io.jenkins.plugins.amirefresh.powercycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronExpressionTest {

    private static Instant last(String cron, String now, String zone) {
        return CronExpression.parse(cron)
                .lastAtOrBefore(Instant.parse(now), ZoneId.of(zone))
                .orElseThrow();
    }

    private static Instant first(String cron, String now, String zone) {
        return CronExpression.parse(cron)
                .firstAfter(Instant.parse(now), ZoneId.of(zone))
                .orElseThrow();
    }

    /** Wednesday is 2026-03-04. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            0 8 * * 1-5     | 2026-03-04T08:00:00Z | 2026-03-04T08:00:00Z
            0 8 * * 1-5     | 2026-03-04T08:00:59Z | 2026-03-04T08:00:00Z
            0 8 * * 1-5     | 2026-03-04T07:59:59.999Z | 2026-03-03T08:00:00Z
            0 8 * * mon-fri | 2026-03-08T12:00:00Z | 2026-03-06T08:00:00Z
            0 8 * * sun-thu | 2026-03-07T12:00:00Z | 2026-03-05T08:00:00Z
            0 8 * * fri-mon | 2026-03-05T12:00:00Z | 2026-03-02T08:00:00Z
            0 8 * * 6-0     | 2026-03-04T12:00:00Z | 2026-03-01T08:00:00Z
            0 8 * * 5-7     | 2026-03-04T12:00:00Z | 2026-03-01T08:00:00Z
            0 8 * * 7       | 2026-03-04T12:00:00Z | 2026-03-01T08:00:00Z
            0 8 1 * 1       | 2026-03-04T12:00:00Z | 2026-03-02T08:00:00Z
            */15 * * * *    | 2026-03-04T12:14:00Z | 2026-03-04T12:00:00Z
            0 0 29 2 *      | 2026-03-04T12:00:00Z | 2024-02-29T00:00:00Z
            @daily          | 2026-03-04T12:00:00Z | 2026-03-04T00:00:00Z
            0 9 1 JAN *     | 2026-03-04T12:00:00Z | 2026-01-01T09:00:00Z
            """)
    void whenAMomentIsGiven_thenTheLastTimeAtOrBeforeIsFound(String cron, String now, String last) {
        assertThat(last(cron, now, "UTC")).isEqualTo(Instant.parse(last));
    }

    @Nested
    class GivenClocksThatAreChanged {

        /** London's clocks go from 01:00 to 02:00 on 29 March 2026, and from 02:00 back to 01:00 on 25 October. */
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                30 1 * * *  | 2026-03-29T00:59:59Z | 2026-03-28T01:30:00Z | 2026-03-29T01:00:00Z
                30 1 * * *  | 2026-03-29T01:00:00Z | 2026-03-29T01:00:00Z | 2026-03-30T00:30:00Z
                15 2 * * *  | 2026-03-29T01:00:00Z | 2026-03-28T02:15:00Z | 2026-03-29T01:15:00Z
                0 8 * * *   | 2026-03-29T12:00:00Z | 2026-03-29T07:00:00Z | 2026-03-30T07:00:00Z
                30 1 * * *  | 2026-10-25T00:40:00Z | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z
                30 1 * * *  | 2026-10-25T01:20:00Z | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z
                30 1 * * *  | 2026-10-25T01:40:00Z | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z
                0 8 * * *   | 2026-10-25T12:00:00Z | 2026-10-25T08:00:00Z | 2026-10-26T08:00:00Z
                """)
        void whenItIsAskedAround_thenEachTimeComesOnce(String cron, String now, String last, String next) {
            assertThat(last(cron, now, "Europe/London")).isEqualTo(Instant.parse(last));
            assertThat(first(cron, now, "Europe/London")).isEqualTo(Instant.parse(next));
        }

        @ParameterizedTest
        @CsvSource({
            "Europe/London, 2026-03-28T22:00:00Z",
            "Europe/London, 2026-10-24T22:00:00Z",
            "America/New_York, 2026-03-08T00:00:00Z",
            "America/New_York, 2026-11-01T00:00:00Z",
            "Australia/Lord_Howe, 2026-04-04T10:00:00Z",
            "Australia/Lord_Howe, 2026-10-03T10:00:00Z"
        })
        void whenTheChangeIsGoneThrough_thenTheLastTimeIsTheOneThatCameFirstAfterTheOneBefore(
                String zoneId, Instant start) {
            ZoneId zone = ZoneId.of(zoneId);
            for (String cron : new String[] {"*/20 * * * *", "45 1,2 * * *", "0 0 * * *"}) {
                CronExpression expression = CronExpression.parse(cron);
                Instant known = expression.lastAtOrBefore(start, zone).orElseThrow();
                for (int minute = 0; minute < 14 * 60; minute += 10) {
                    Instant now = start.plusSeconds(minute * 60L);
                    Instant next = expression.firstAfter(known, zone).orElseThrow();
                    while (!next.isAfter(now)) {
                        known = next;
                        next = expression.firstAfter(known, zone).orElseThrow();
                    }
                    assertThat(expression.lastAtOrBefore(now, zone))
                            .as(cron + " in " + zone + " at " + now)
                            .contains(known);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''             | has not the five fields
            0 8 * *        | has not the five fields
            0 8 * * 1-5 0  | has not the five fields
            0 25 * * *     | 25 not in range
            60 8 * * *     | 60 not in range
            0 8 L * *      | cron '0 8 L * *': Invalid
            0 22-2 * * *   | Invalid range
            0 0 30 2 *     | never comes
            0 8 * * eight  | cron '0 8 * * eight': Invalid
            -1 8 * * *     | cron '-1 8 * * *':
            """)
    void whenItIsWrong_thenOneLineSaysWhy(String cron, String why) {
        assertThatThrownBy(() -> CronExpression.parse(cron))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }
}
