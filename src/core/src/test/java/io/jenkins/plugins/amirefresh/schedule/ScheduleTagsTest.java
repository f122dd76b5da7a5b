package io.jenkins.plugins.amirefresh.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTagsTest {

    private static final WindowDefaults DEFAULTS = new WindowDefaults(
            "", DefaultWindows.bundled(), ZoneId.of("UTC"), Duration.ofHours(4), Map.of(), Blackout.NONE);

    /** Tags as {@code name=value;name=value}. */
    private static Schedule read(String tags, String environment) {
        return new ScheduleTags(DEFAULTS).read(tags(tags), environment);
    }

    private static Map<String, String> tags(String text) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String tag : text.isEmpty() ? new String[0] : text.split(";")) {
            String[] parts = tag.split("=", 2);
            tags.put(parts[0], parts[1]);
        }
        return tags;
    }

    private static String text(Schedule schedule) {
        return schedule.fold(
                windows -> windows.calendar().text() + " (" + windows.source() + ")",
                Schedule.Unset::reason,
                Schedule.Unreadable::reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''                                                     | sandbox | sun 19:00 UTC for 4h (default window of environment 'sandbox')
            ''                                                     | Prod    | wed 15:00 UTC for 4h (default window of environment 'prod')
            ''                                                     | qa2     | tue 15:00 UTC for 4h (default window of environment 'qa2')
            AMI_update_day=thu;AMI_update_time=00:00               | prod    | thu 00:00 UTC for 4h (tags AMI_update_day and AMI_update_time)
            AMI_update_day=thur;AMI_update_time=23:59              | prod    | thu 23:59 UTC for 4h (tags AMI_update_day and AMI_update_time)
            AMI_update_day=Fri;AMI_update_time=09:05               | ''      | fri 09:05 UTC for 4h (tags AMI_update_day and AMI_update_time)
            AMI_refresh_day=mon;AMI_refresh_time=10:00             | sandbox | mon 10:00 UTC for 4h (tags AMI_refresh_day and AMI_refresh_time)
            AMI_update_day=sun;AMI_update_time=19:00;AMI_refresh_day=sat;AMI_refresh_time=10:00 | dev | sat 10:00 UTC for 4h (tags AMI_refresh_day and AMI_refresh_time)
            AMI_update_zone=Europe/London                          | dev     | sun 19:00 Europe/London for 4h (default window of environment 'dev')
            AMI_update_duration=90m                                | dev     | sun 19:00 UTC for 1h30m (default window of environment 'dev')
            AMI_update_duration=PT2H                               | dev     | sun 19:00 UTC for 2h (default window of environment 'dev')
            AMI_refresh_day=Mon, Wed;AMI_refresh_time= 15:00       | dev     | mon,wed 15:00 UTC for 4h (tags AMI_refresh_day and AMI_refresh_time)
            AMI_refresh_day=tue/thu;AMI_refresh_time=02:00/14:00   | dev     | tue,thu 02:00,14:00 UTC for 4h (tags AMI_refresh_day and AMI_refresh_time)
            AMI_refresh_day=sat-mon;AMI_refresh_time=15:00         | dev     | mon,sat,sun 15:00 UTC for 4h (tags AMI_refresh_day and AMI_refresh_time)
            AMI_update_day=Second Tue +3d;AMI_update_time=02:00    | dev     | second tue +3d 02:00 UTC for 4h (tags AMI_update_day and AMI_update_time)
            AMI_update_duration=6d                                 | dev     | sun 19:00 UTC for 144h (default window of environment 'dev')
            """)
    void readsAWindow(String tags, String environment, String expected) {
        Schedule schedule = read(tags, environment);

        assertThat(schedule).isInstanceOf(Schedule.Windows.class);
        assertThat(text(schedule)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            AMI_update_day=tues;AMI_update_time=19:00    | AMI_update_day: 'tues' is not allowed; give mon, tue, wed, thu (or thur), fri, sat or sun, several as mon,wed or mon-fri, or once a month as first sun, last fri or second tue +3d
            AMI_update_day=;AMI_update_time=19:00        | AMI_update_day: '' is not allowed; give mon, tue, wed, thu (or thur), fri, sat or sun, several as mon,wed or mon-fri, or once a month as first sun, last fri or second tue +3d
            AMI_update_day=sunday;AMI_update_time=19:00  | AMI_update_day: 'sunday' is not allowed; give mon, tue, wed, thu (or thur), fri, sat or sun, several as mon,wed or mon-fri, or once a month as first sun, last fri or second tue +3d
            AMI_update_day=sun;AMI_update_time=25:00     | AMI_update_time: '25:00' is not allowed; give HH:MM from 00:00 to 23:59
            AMI_update_day=sun;AMI_update_time=24:00     | AMI_update_time: '24:00' is not allowed; give HH:MM from 00:00 to 23:59
            AMI_update_day=sun;AMI_update_time=9:00      | AMI_update_time: '9:00' is not allowed; give HH:MM from 00:00 to 23:59
            AMI_update_day=sun;AMI_update_time=19:00:00  | AMI_update_time: '19:00:00' is not allowed; give HH:MM from 00:00 to 23:59
            AMI_update_day=sun;AMI_update_time=19:60     | AMI_update_time: '19:60' is not allowed; give HH:MM from 00:00 to 23:59
            AMI_update_day=sun                           | AMI_update_day: 'sun' is set without AMI_update_time; set both tags or neither
            AMI_update_time=19:00                        | AMI_update_time: '19:00' is set without AMI_update_day; set both tags or neither
            AMI_refresh_day=sun;AMI_update_day=mon;AMI_update_time=19:00 | AMI_refresh_day: 'sun' is set without AMI_refresh_time; set both tags or neither
            AMI_refresh_day=sun;AMI_refresh_time=19:00;AMI_update_time=7pm | AMI_update_time: '7pm' is not allowed; give HH:MM from 00:00 to 23:59
            AMI_update_zone=Europe/Londres               | AMI_update_zone: 'Europe/Londres' is not allowed; give a time zone of the IANA database such as Europe/London, or UTC
            AMI_update_zone=UTC+01:00                    | AMI_update_zone: 'UTC+01:00' is not allowed; give a time zone of the IANA database such as Europe/London, or UTC
            AMI_update_duration=4                        | AMI_update_duration: '4' is not allowed; give a duration such as 4h, 90m or PT4H, longer than zero and at most 6d
            AMI_update_duration=0h                       | AMI_update_duration: '0h' is not allowed; give a duration such as 4h, 90m or PT4H, longer than zero and at most 6d
            AMI_update_duration=7d                       | AMI_update_duration: '7d' is not allowed; give a duration such as 4h, 90m or PT4H, longer than zero and at most 6d
            AMI_update_duration=PT-1H                    | AMI_update_duration: 'PT-1H' is not allowed; give a duration such as 4h, 90m or PT4H, longer than zero and at most 6d
            """)
    void refusesABadTagInOneLine(String tags, String expected) {
        Schedule schedule = read(tags, "sandbox");

        assertThat(schedule).isInstanceOf(Schedule.Unreadable.class);
        assertThat(text(schedule)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''   | no maintenance window: the tags AMI_update_day and AMI_update_time are not set, and the group has no environment
            perf | no maintenance window: the tags AMI_update_day and AMI_update_time are not set, and environment 'perf' has no default
            """)
    void saysWhyThereIsNone(String environment, String expected) {
        Schedule schedule = read("Name=web", environment);

        assertThat(schedule).isInstanceOf(Schedule.Unset.class);
        assertThat(text(schedule)).isEqualTo(expected);
    }

    @Test
    void readsTheConfiguredNamesAndNamesThem() {
        WindowDefaults renamed = new WindowDefaults(
                "",
                Map.of(),
                ZoneId.of("Europe/Paris"),
                Duration.ofHours(2),
                Map.of("AMI_update_day", "patch:day", "AMI_update_time", "patch:time"),
                Blackout.NONE);
        ScheduleTags reader = new ScheduleTags(renamed);

        Schedule good = reader.read(tags("patch:day=tue;patch:time=03:00;AMI_update_day=nonsense"), "");
        Schedule bad = reader.read(tags("patch:day=tues;patch:time=03:00"), "");

        assertThat(text(good)).isEqualTo("tue 03:00 Europe/Paris for 2h (tags patch:day and patch:time)");
        assertThat(text(bad)).startsWith("patch:day: 'tues' is not allowed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            sun       | default window of environment 'dev': 'sun' is not allowed; give days and a time, then a duration and a time zone where they are others: 'sun 19:00', 'mon-fri 02:00 3h', 'first sun 19:00 4h Europe/London', 'second tue +3d 02:00', '0 19 * * sun'
            sun 25:00 | default window of environment 'dev': '25:00' is not allowed; give HH:MM from 00:00 to 23:59
            """)
    void refusesABadDefaultOnlyWhereItIsUsed(String window, String expected) {
        WindowDefaults defaults = new WindowDefaults(
                "", Map.of("dev", window), ZoneId.of("UTC"), Duration.ofHours(4), Map.of(), Blackout.NONE);
        ScheduleTags reader = new ScheduleTags(defaults);

        assertThat(text(reader.read(Map.of(), "dev"))).isEqualTo(expected);
        assertThat(reader.read(tags("AMI_update_day=sun;AMI_update_time=19:00"), "dev"))
                .isInstanceOf(Schedule.Windows.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''                                                | sat 02:00 Europe/London for 3h, not on 12-24..12-26 (the step's window)
            AMI_update_zone=UTC;AMI_update_duration=1h        | sat 02:00 UTC for 1h, not on 12-24..12-26 (the step's window)
            AMI_refresh_day=mon;AMI_refresh_time=10:00        | mon 10:00 UTC for 4h, not on 12-24..12-26 (tags AMI_refresh_day and AMI_refresh_time)
            """)
    void whenTheStepHasAWindow_thenItIsBelowTheTagsAndAboveTheEnvironment(String tags, String expected) {
        WindowDefaults defaults = new WindowDefaults(
                "sat 02:00 3h Europe/London",
                DefaultWindows.bundled(),
                ZoneId.of("UTC"),
                Duration.ofHours(4),
                Map.of(),
                new Blackout(List.of(Blackout.parse("12-24..12-26").orElseThrow())));

        assertThat(text(new ScheduleTags(defaults).read(tags(tags), "dev"))).isEqualTo(expected);
    }

    @Test
    void bundlesAWindowForEachEnvironment() {
        assertThat(DefaultWindows.bundled())
                .containsOnly(
                        Map.entry("sandbox", "sun 19:00"),
                        Map.entry("dev", "sun 19:00"),
                        Map.entry("qa", "mon 15:00"),
                        Map.entry("qa2", "tue 15:00"),
                        Map.entry("test", "mon 15:00"),
                        Map.entry("training", "mon 15:00"),
                        Map.entry("build", "mon 15:00"),
                        Map.entry("stage", "tue 15:00"),
                        Map.entry("prod", "wed 15:00"));
        assertThat(DefaultWindows.parse("Dev = mon 10:00\n")).isEqualTo(Map.of("dev", "mon 10:00"));
    }
}
