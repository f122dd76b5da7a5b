package io.jenkins.plugins.amirefresh.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.amirefresh.schedule.WindowTexts.Otherwise;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When windows open and close. */
class WindowCalendarTest {

    private static WindowCalendar window(DayOfWeek day, String time, String zone, String duration) {
        return weekly(day, LocalTime.parse(time), ZoneId.of(zone), Duration.parse(duration));
    }

    private static WindowCalendar weekly(DayOfWeek day, LocalTime time, ZoneId zone, Duration duration) {
        return new WindowCalendar(
                List.of(new WindowRule(new Days.OfWeek(Set.of(day)), List.of(time), zone, duration)), Blackout.NONE);
    }

    private static WindowCalendar calendar(String text, String... blackout) {
        return new WindowCalendar(
                WindowTexts.rules(
                        "window",
                        text,
                        new Otherwise(Optional.empty(), ZoneId.of("UTC"), Optional.empty(), Duration.ofHours(4))),
                new Blackout(Stream.of(blackout)
                        .map(range -> Blackout.parse(range).orElseThrow())
                        .toList()));
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
        WindowCalendar sunday = window(DayOfWeek.SUNDAY, "19:00", "UTC", "PT4H");

        assertThat(sunday.current(at).isPresent()).isEqualTo(open);
    }

    @Test
    void nextIsStrictlyAfterAndCurrentOrNextIsTheOpenOne() {
        WindowCalendar sunday = window(DayOfWeek.SUNDAY, "19:00", "UTC", "PT4H");
        Instant start = Instant.parse("2026-11-22T19:00:00Z");

        assertThat(sunday.next(start.minusNanos(1)).orElseThrow().start()).isEqualTo(start);
        assertThat(sunday.next(start).orElseThrow().start()).isEqualTo(start.plus(7, ChronoUnit.DAYS));
        assertThat(sunday.currentOrNext(start).orElseThrow().start()).isEqualTo(start);
        assertThat(sunday.currentOrNext(start.plus(4, ChronoUnit.HOURS))
                        .orElseThrow()
                        .start())
                .isEqualTo(start.plus(7, ChronoUnit.DAYS));
    }

    @Test
    void belongsToTheDayItStartsOnWhenItRunsOverMidnight() {
        WindowCalendar sunday = window(DayOfWeek.SUNDAY, "23:00", "UTC", "PT4H");

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
            assertThat(window(day, time, zone, "PT1H").next(from).orElseThrow().start())
                    .isEqualTo(expected);
        }

        @Test
        void thenItsLengthIsElapsedTime() {
            WindowCalendar saturday = window(DayOfWeek.SATURDAY, "23:00", "Europe/London", "PT4H");

            MaintenanceWindow overTheGap =
                    saturday.next(Instant.parse("2026-03-28T12:00:00Z")).orElseThrow();

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
                "Asia/Tehran",
                "Pacific/Chatham",
                "America/Sao_Paulo"
            })
    void whenThirtyYearsPass_thenAWindowStartsOnceAWeekAndLastsItsDuration(String zoneName) {
        long seed = 20261122L;
        Random random = new Random(seed);
        ZoneId zone = ZoneId.of(zoneName);
        for (int i = 0; i < 12; i++) {
            WindowRule rule = new WindowRule(
                    new Days.OfWeek(Set.of(DayOfWeek.of(1 + random.nextInt(7)))),
                    List.of(LocalTime.of(random.nextInt(24), random.nextInt(60))),
                    zone,
                    Duration.ofMinutes(1 + random.nextInt(6 * 24 * 60)));
            assertWeeks(rule, "seed " + seed + ", case " + i + ": " + rule.text());
        }
    }

    /** Every week of the wall's calendar has its window, in order, none twice, each as long as it is to be. */
    private static void assertWeeks(WindowRule rule, String about) {
        WindowCalendar calendar = new WindowCalendar(List.of(rule), Blackout.NONE);
        LocalDate date = LocalDate.of(2005, 1, 1);
        while (!rule.days().has(date)) {
            date = date.plusDays(1);
        }
        Instant at = date.atStartOfDay(rule.zone()).toInstant().minusSeconds(1);
        for (int week = 0; week < 30 * 52; week++) {
            MaintenanceWindow window = calendar.next(at).orElseThrow();
            String when = about + ", week " + week;
            assertOnTheWall(rule, date, window, when);
            assertThat(Duration.between(window.start(), window.end())).as(when).isEqualTo(rule.duration());
            assertThat(calendar.current(window.start())).as(when).contains(window);
            assertThat(calendar.current(window.end().minusNanos(1))).as(when).contains(window);
            assertThat(calendar.currentOrNext(window.start().minusNanos(1)))
                    .as(when)
                    .contains(window);
            assertThat(calendar.lastClosed(window.end())).as(when).contains(window);
            assertThat(calendar.lastClosed(window.end().minusNanos(1))).as(when).isNotEqualTo(Optional.of(window));
            at = window.start();
            date = date.plusWeeks(1);
        }
    }

    /** The wall shows the day and time, or the first moment after them when a gap left them out. */
    private static void assertOnTheWall(WindowRule rule, LocalDate date, MaintenanceWindow window, String about) {
        LocalDateTime local = date.atTime(rule.times().get(0));
        List<ZoneOffset> offsets = rule.zone().getRules().getValidOffsets(local);
        Instant expected = offsets.isEmpty()
                ? rule.zone().getRules().getTransition(local).getInstant()
                : local.toInstant(offsets.get(0));
        assertThat(window.start()).as(about).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            mon,wed 15:00                    | 2026-11-22T00:00:00Z | 2026-11-23T15:00:00Z 2026-11-25T15:00:00Z 2026-11-30T15:00:00Z
            fri-mon 02:00 2h                 | 2026-11-22T03:00:00Z | 2026-11-23T02:00:00Z 2026-11-27T02:00:00Z 2026-11-28T02:00:00Z
            sun 19:00,07:00                  | 2026-11-22T00:00:00Z | 2026-11-22T07:00:00Z 2026-11-22T19:00:00Z 2026-11-29T07:00:00Z
            first sun 19:00                  | 2026-11-22T00:00:00Z | 2026-12-06T19:00:00Z 2027-01-03T19:00:00Z 2027-02-07T19:00:00Z
            Last Fri 22:00 4h Europe/London  | 2026-06-01T00:00:00Z | 2026-06-26T21:00:00Z 2026-07-31T21:00:00Z 2026-08-28T21:00:00Z
            2nd tue +3d 02:00                | 2026-11-01T00:00:00Z | 2026-11-13T02:00:00Z 2026-12-11T02:00:00Z 2027-01-15T02:00:00Z
            second tue + 3 02:00             | 2026-11-01T00:00:00Z | 2026-11-13T02:00:00Z 2026-12-11T02:00:00Z 2027-01-15T02:00:00Z
            last sun +2d 10:00               | 2026-10-26T00:00:00Z | 2026-10-27T10:00:00Z 2026-12-01T10:00:00Z 2026-12-29T10:00:00Z
            sun 19:00; wed 15:00 1h          | 2026-11-22T20:00:00Z | 2026-11-25T15:00:00Z 2026-11-29T19:00:00Z 2026-12-02T15:00:00Z
            0 19 * * 0                       | 2026-11-22T00:00:00Z | 2026-11-22T19:00:00Z 2026-11-29T19:00:00Z 2026-12-06T19:00:00Z
            30 2 1,15 * * 3h Europe/London   | 2026-06-02T00:00:00Z | 2026-06-15T01:30:00Z 2026-07-01T01:30:00Z 2026-07-15T01:30:00Z
            0 */12 * jan mon-tue             | 2027-01-04T00:00:00Z | 2027-01-04T12:00:00Z 2027-01-05T00:00:00Z 2027-01-05T12:00:00Z
            0 3 13 * fri                     | 2026-11-01T00:00:00Z | 2026-11-06T03:00:00Z 2026-11-13T03:00:00Z 2026-11-20T03:00:00Z
            0 0 29 2 *                       | 2026-11-01T00:00:00Z | 2028-02-29T00:00:00Z 2032-02-29T00:00:00Z 2036-02-29T00:00:00Z
            """)
    void whenATextIsRead_thenItsWindowsOpenThen(String text, Instant from, String starts) {
        WindowCalendar calendar = calendar(text);
        Instant at = from;

        for (String start : List.of(starts.split(" "))) {
            at = calendar.next(at).orElseThrow().start();
            assertThat(at).as(text).isEqualTo(Instant.parse(start));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            # No window of a day that is forbidden, also when it would run into the next.
            thu 22:00 6h | 2026-12-24              | 2026-12-18T05:00:00Z | 2026-12-31T22:00:00Z | 2027-01-01T04:00:00Z
            thu 22:00 6h | 12-24..01-02            | 2026-12-18T05:00:00Z | 2027-01-07T22:00:00Z | 2027-01-08T04:00:00Z
            thu 22:00 6h | 2026-12-20..2026-12-30  | 2026-12-18T05:00:00Z | 2026-12-31T22:00:00Z | 2027-01-01T04:00:00Z
            # One that runs into a forbidden day closes at its midnight, in the zone of the window.
            wed 22:00 6h | 12-24                   | 2026-12-20T00:00:00Z | 2026-12-23T22:00:00Z | 2026-12-24T00:00:00Z
            wed 22:00 6h America/New_York | 12-24  | 2026-12-20T00:00:00Z | 2026-12-24T03:00:00Z | 2026-12-24T05:00:00Z
            # The day after is nobody's.
            thu 22:00 6h | 12-25                   | 2026-12-20T00:00:00Z | 2026-12-24T22:00:00Z | 2026-12-25T00:00:00Z
            thu 22:00 6h | 12-23                   | 2026-12-20T00:00:00Z | 2026-12-24T22:00:00Z | 2026-12-25T04:00:00Z
            """)
    void whenDaysAreBlackedOut_thenNoWindowOpensOnThem(
            String text, String blackout, Instant from, Instant start, Instant end) {
        WindowCalendar calendar = calendar(text, blackout);

        assertThat(calendar.next(from)).contains(new MaintenanceWindow(start, end));
        assertThat(calendar.text()).endsWith(", not on " + blackout);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-12-24..2026-12-20",
                "2026-12-24..01-02",
                "12-24..2027-01-02",
                "02-30",
                "2026-02-29",
                "christmas",
                "24.12.2026",
                ""
            })
    void whenABlackoutIsNoDate_thenItIsNotRead(String text) {
        assertThat(Blackout.parse(text)).isEmpty();
    }

    @Test
    void whenEverythingIsBlackedOut_thenNoWindowEverOpens() {
        WindowCalendar calendar = calendar("sun 19:00", "01-01..12-31");

        assertThat(calendar.currentOrNext(Instant.parse("2026-11-22T19:00:00Z")))
                .isEmpty();
        assertThat(calendar.lastClosed(Instant.parse("2026-11-22T19:00:00Z"))).isEmpty();
    }

    @Test
    void whenWindowsOverlap_thenTheGroupMayBeChangedAsLongAsOneIsOpen() {
        WindowCalendar calendar = calendar("mon 15:00 4h; mon 17:00 4h");

        assertThat(calendar.current(Instant.parse("2026-11-23T18:00:00Z")))
                .map(MaintenanceWindow::start)
                .contains(Instant.parse("2026-11-23T15:00:00Z"));
        assertThat(calendar.current(Instant.parse("2026-11-23T20:00:00Z")))
                .map(MaintenanceWindow::start)
                .contains(Instant.parse("2026-11-23T17:00:00Z"));
        assertThat(calendar.current(Instant.parse("2026-11-23T21:00:00Z"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            sun                        | window: 'sun' is not allowed; give days and a time
            19:00                      | window: '19:00' is not allowed; give days and a time
            sun 19:00 4h London        | window: 'London' is not allowed; give a time zone of the IANA database
            sun 19:00 4h UTC now       | window: 'sun 19:00 4h UTC now' is not allowed; give days and a time
            sun 19:00 7d               | window: '7d' is not allowed; give a duration such as 4h
            sun 25:00                  | window: '25:00' is not allowed; give HH:MM from 00:00 to 23:59
            mon-tues 19:00             | window: 'tues' is not allowed; give mon, tue, wed,
            mon-wed-fri 19:00          | window: 'mon-wed-fri' is not allowed; give mon,
            fifth mon 19:00            | window: 'fifth' is not allowed; give mon, tue, wed,
            second tue +40d 19:00      | window: 'second tue +40d' is not allowed; give at most +27d
            sun 19:00;                 | window: '' is not allowed; give days and a time
            0 25 * * 0                 | window: '25' is not allowed; give in '0 25 * * 0' numbers from 0 to 23
            */5 * * * *                | window: '*/5 * * * *' is not allowed; give at most 24 times a day
            H 19 * * 0                 | window: 'H 19 * * 0' is not allowed; give days and a time
            0 19 * * 5-1               | window: '5-1' is not allowed; give in '0 19 * * 5-1' numbers from 0 to 7
            """)
    void whenATextCannotBeRead_thenOneLineSaysWhatIsAllowed(String text, String line) {
        assertThat(WindowTexts.problem("window", text))
                .hasValueSatisfying(problem -> assertThat(problem).startsWith(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1H", "PT144H1S"})
    void refusesADurationOutOfRange(Duration duration) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> weekly(DayOfWeek.MONDAY, LocalTime.NOON, ZoneId.of("UTC"), duration));
    }

    @Test
    void readsAsPeopleWriteIt() {
        List<String> texts = List.of(
                window(DayOfWeek.SUNDAY, "19:00", "Europe/London", "PT4H").text(),
                window(DayOfWeek.THURSDAY, "05:30", "UTC", "PT1H30M").text(),
                calendar("wed,Mon 15:00; 2nd tue +3 02:00 1h Europe/London; 0 19 * * 0")
                        .text());

        assertThat(texts)
                .containsExactly(
                        "sun 19:00 Europe/London for 4h",
                        "thu 05:30 UTC for 1h30m",
                        "mon,wed 15:00 UTC for 4h; second tue +3d 02:00 Europe/London for 1h; cron 0 19 * * 0, at 19:00"
                                + " UTC for 4h");
    }
}
