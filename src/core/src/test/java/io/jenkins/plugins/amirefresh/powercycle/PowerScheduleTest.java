package io.jenkins.plugins.amirefresh.powercycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerScheduleTest {

    /** Whoever starts it by hand in between has it until the next stop. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-03T13:00:00Z, false, 2026-03-02T17:55:00Z",
        "2026-03-03T18:00:00Z, false, 2026-03-03T17:55:00Z",
        "2026-03-09T08:00:00Z, true, 2026-03-09T08:00:00Z"
    })
    void whenItStopsMoreOftenThanItStarts_thenEachStopCounts(Instant now, boolean awake, Instant since) {
        PowerSchedule schedule = new ScheduleReader(ZoneOffset.UTC, Holidays.NONE)
                .read("{\"start\": \"0 8 * * 1\", \"stop\": \"55 17 * * *\"}");

        assertThat(schedule.wantedAt(now)).isEqualTo(new Wanted(awake, since));
    }
}
