package io.jenkins.plugins.amirefresh.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeeklyWindowTest {

    private static WeeklyWindow window(DayOfWeek day, String time, String zone, String duration) {
        return new WeeklyWindow(day, LocalTime.parse(time), ZoneId.of(zone), Duration.parse(duration));
    }

    @ParameterizedTest
    @CsvSource({
        // 2026-11-22 is a Sunday.
        "2026-11-22T18:59:59.999999999Z, false",
        "2026-11-22T19:00:00Z,           true",
        "2026-11-22T22:59:59.999999999Z, true",
        "2026-11-22T23:00:00Z,           false",
        "2026-11-21T19:30:00Z,           false",
        "2026-11-23T19:30:00Z,           false",
    })
    void isOpenFromItsStartUntilJustBeforeItsEnd(Instant at, boolean open) {
        WeeklyWindow sunday = window(DayOfWeek.SUNDAY, "19:00", "UTC", "PT4H");

        assertThat(sunday.current(at).isPresent()).isEqualTo(open);
    }

    @Test
    void nextIsStrictlyAfterAndCurrentOrNextIsTheOpenOne() {
        WeeklyWindow sunday = window(DayOfWeek.SUNDAY, "19:00", "UTC", "PT4H");
        Instant start = Instant.parse("2026-11-22T19:00:00Z");

        assertThat(sunday.next(start.minusNanos(1)).start()).isEqualTo(start);
        assertThat(sunday.next(start).start()).isEqualTo(start.plus(7, ChronoUnit.DAYS));
        assertThat(sunday.currentOrNext(start).start()).isEqualTo(start);
        assertThat(sunday.currentOrNext(start.plus(4, ChronoUnit.HOURS)).start())
                .isEqualTo(start.plus(7, ChronoUnit.DAYS));
    }

    @Test
    void belongsToTheDayItStartsOnWhenItRunsOverMidnight() {
        WeeklyWindow sunday = window(DayOfWeek.SUNDAY, "23:00", "UTC", "PT4H");

        assertThat(sunday.current(Instant.parse("2026-11-23T02:59:00Z")))
                .get()
                .isEqualTo(new MaintenanceWindow(
                        Instant.parse("2026-11-22T23:00:00Z"), Instant.parse("2026-11-23T03:00:00Z")));
        assertThat(sunday.current(Instant.parse("2026-11-22T02:59:00Z"))).isEmpty();
    }

    @Nested
    class WhenClocksChange {

        @ParameterizedTest
        @CsvSource({
            // In the gap: opens at its end. London 2026-03-29 01:00 -> 02:00, New York 2026-03-08 02:00 -> 03:00.
            "SUNDAY, 01:30, Europe/London,      2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z",
            "SUNDAY, 01:00, Europe/London,      2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z",
            "SUNDAY, 02:00, Europe/London,      2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z",
            "SUNDAY, 02:30, America/New_York,   2026-03-07T12:00:00Z, 2026-03-08T07:00:00Z",
            // A gap of half an hour.
            "SUNDAY, 02:15, Australia/Lord_Howe, 2026-10-03T00:00:00Z, 2026-10-03T15:30:00Z",
            // A day that was left out: Friday 2011-12-30 in Apia.
            "FRIDAY, 10:00, Pacific/Apia,       2011-12-29T12:00:00Z, 2011-12-30T10:00:00Z",
            // A midnight that was left out.
            "SUNDAY, 00:00, America/Asuncion,   2023-09-30T12:00:00Z, 2023-10-01T04:00:00Z",
            // Twice: opens the first time. London 2026-10-25 02:00 -> 01:00, New York 2026-11-01 02:00 -> 01:00.
            "SUNDAY, 01:30, Europe/London,      2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z",
            "SUNDAY, 01:00, Europe/London,      2026-10-24T12:00:00Z, 2026-10-25T00:00:00Z",
            "SUNDAY, 02:00, Europe/London,      2026-10-24T12:00:00Z, 2026-10-25T02:00:00Z",
            "SUNDAY, 01:30, America/New_York,   2026-10-31T12:00:00Z, 2026-11-01T05:30:00Z",
            // Neither: the offset of the season.
            "SUNDAY, 19:00, Europe/London,      2026-07-01T00:00:00Z, 2026-07-05T18:00:00Z",
            "SUNDAY, 19:00, Europe/London,      2026-12-01T00:00:00Z, 2026-12-06T19:00:00Z",
        })
        void thenItOpensAtADefinedMoment(DayOfWeek day, String time, String zone, Instant from, Instant expected) {
            assertThat(window(day, time, zone, "PT1H").next(from).start()).isEqualTo(expected);
        }

        @Test
        void thenItsLengthIsElapsedTime() {
            WeeklyWindow saturday = window(DayOfWeek.SATURDAY, "23:00", "Europe/London", "PT4H");

            MaintenanceWindow overTheGap = saturday.next(Instant.parse("2026-03-28T12:00:00Z"));

            assertThat(overTheGap.end()).isEqualTo(Instant.parse("2026-03-29T03:00:00Z"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/London",
                "America/New_York",
                "Australia/Lord_Howe",
                "Pacific/Apia",
                "America/Asuncion",
                "Asia/Kathmandu",
                "Africa/Casablanca",
                "America/St_Johns",
                "Asia/Tehran"
            })
    void holdsItsLawsAtAnyMomentInAnyZone(String zoneName) {
        long seed = 20261122L;
        Random random = new Random(seed);
        ZoneId zone = ZoneId.of(zoneName);
        for (int i = 0; i < 400; i++) {
            WeeklyWindow weekly = new WeeklyWindow(
                    DayOfWeek.of(1 + random.nextInt(7)),
                    LocalTime.of(random.nextInt(24), random.nextInt(60)),
                    zone,
                    Duration.ofMinutes(1 + random.nextInt(6 * 24 * 60)));
            Instant at = Instant.parse("2005-01-01T00:00:00Z")
                    .plusSeconds(random.nextInt(30 * 365) * 86_400L)
                    .plusSeconds(random.nextInt(86_400));

            assertLaws(weekly, at, "seed " + seed + ", case " + i + ": " + weekly + " at " + at);
        }
    }

    private static void assertLaws(WeeklyWindow weekly, Instant at, String about) {
        MaintenanceWindow next = weekly.next(at);
        MaintenanceWindow following = weekly.next(next.start());
        assertThat(next.start()).as(about).isAfter(at);
        assertThat(Duration.between(at, next.start())).as(about).isLessThanOrEqualTo(Duration.ofDays(8));
        assertThat(Duration.between(next.start(), next.end())).as(about).isEqualTo(weekly.duration());
        assertThat(following.start()).as(about + ", the week after").isAfterOrEqualTo(next.end());
        assertThat(weekly.current(next.start())).as(about).contains(next);
        assertThat(weekly.current(next.end().minusNanos(1))).as(about).contains(next);
        assertThat(weekly.current(next.start().minusNanos(1))).as(about).isNotEqualTo(java.util.Optional.of(next));
        assertThat(weekly.currentOrNext(at))
                .as(about)
                .isEqualTo(weekly.current(at).orElse(next));
        assertOnTheWall(weekly, next, about);
    }

    /** The wall shows the day and time, or the first moment after them when a gap left them out. */
    private static void assertOnTheWall(WeeklyWindow weekly, MaintenanceWindow window, String about) {
        var start = window.start().atZone(weekly.zone());
        if (start.toLocalTime().equals(weekly.time()) && start.getDayOfWeek() == weekly.day()) {
            assertThat(weekly.zone()
                            .getRules()
                            .getValidOffsets(start.toLocalDateTime())
                            .get(0))
                    .as(about)
                    .isEqualTo(start.getOffset());
            return;
        }
        var gap = weekly.zone()
                .getRules()
                .getTransition(dateOf(weekly, start.toLocalDate()).atTime(weekly.time()));
        assertThat(gap).as(about).isNotNull();
        assertThat(gap.isGap()).as(about).isTrue();
        assertThat(gap.getInstant()).as(about).isEqualTo(window.start());
    }

    private static LocalDate dateOf(WeeklyWindow weekly, LocalDate shifted) {
        return shifted.getDayOfWeek() == weekly.day() ? shifted : shifted.minusDays(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1H", "PT144H1S"})
    void refusesADurationOutOfRange(Duration duration) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WeeklyWindow(DayOfWeek.MONDAY, LocalTime.NOON, ZoneId.of("UTC"), duration));
    }

    @Test
    void readsAsPeopleWriteIt() {
        List<String> texts = List.of(
                window(DayOfWeek.SUNDAY, "19:00", "Europe/London", "PT4H").text(),
                window(DayOfWeek.THURSDAY, "05:30", "UTC", "PT1H30M").text());

        assertThat(texts).containsExactly("sun 19:00 Europe/London for 4h", "thu 05:30 UTC for 1h30m");
    }
}
