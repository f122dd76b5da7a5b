package io.jenkins.plugins.amirefresh.powercycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a schedule is off in a month, counted by hand. */
class PowerSavingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"start":"0 8 * * 1-5","stop":"55 17 * * 1-5"}                                                  | 2026-11 | PT511H45M
            {"start":"0 8 * * 1-5","stop":"55 17 * * 1-5","zone":"Europe/London"}                           | 2026-10 | PT526H50M
            {"start":"0 8 * * 1-5","stop":"55 17 * * 1-5","holidays":"2026-11-03"}                          | 2026-11 | PT521H40M
            {"start":"0 0 1 1 *","stop":"0 0 2 1 *"}                                                        | 2026-11 | PT720H
            {"start":"0 0 * * *","stop":"0 0 * * 1"}                                                        | 2026-11 | PT0S
            """)
    void whenAScheduleIsOff_thenItsHoursAreThoseOfTheMonthOnItsClock(String document, String month, String off) {
        PowerSchedule schedule = new ScheduleReader(ZoneOffset.UTC, Holidays.NONE).read(document);

        assertThat(schedule.offIn(YearMonth.parse(month))).isEqualTo(Duration.parse(off));
    }
}
