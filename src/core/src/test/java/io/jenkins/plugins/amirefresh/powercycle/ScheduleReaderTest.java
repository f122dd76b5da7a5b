package io.jenkins.plugins.amirefresh.powercycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each member of a document, with values that cannot be meant. */
class ScheduleReaderTest {

    private static final String TIMES = "\"start\":\"0 8 * * 1-5\",\"stop\":\"55 17 * * 1-5\"";

    private static PowerSchedule read(String document) {
        return new ScheduleReader(ZoneOffset.UTC, Holidays.NONE).read(document);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"stop":"0 1 * * *"}                              | its 'start' is missing
            {"start":null,"stop":"0 1 * * *"}                 | its 'start' is null and not a text
            {"start":5,"stop":"0 1 * * *"}                    | its 'start' is 5 and not a text
            {"start":"","stop":"0 1 * * *"}                   | its 'start' is "" and not a text
            {"start":"0 8 * *","stop":"0 1 * * *"}            | cron '0 8 * *' has not the five fields
            {"start":"0 8 * * mon-funday","stop":"0 1 * * *"} | cron '0 8 * * mon-funday'
            {"start":"0 8 30 2 *","stop":"0 1 * * *"}         | cron '0 8 30 2 *' never comes
            {"start":"0 8 * * *","stop":["0 1 * * *"]}        | its 'stop' is ["0 1 * * *"] and not a text
            {TIMES,"zone":null}                               | its 'zone' is null
            {TIMES,"zone":1}                                  | its 'zone' is 1
            {TIMES,"zone":"edt"}                              | zone 'edt' is not a time zone
            {TIMES,"holidays":5}                              | its 'holidays' is 5
            {TIMES,"holidays":""}                             | its 'holidays' is ""
            {TIMES,"holidays":["2026-02-30"]}                 | holiday '2026-02-30'
            {TIMES,"holidays":"2026-12-25/2026-12-24"}        | holiday '2026-12-25/2026-12-24'
            {TIMES,"min":2.5}                                 | its 'min' is 2.5
            {TIMES,"min":"two"}                               | its 'min' is "two"
            {TIMES,"min":null}                                | its 'min' is null
            {TIMES,"min":10001}                               | its 'min' is 10001
            {TIMES,"desired":-1}                              | its 'desired' is -1
            {TIMES,"desired":0}                               | desired 0 starts nothing
            {TIMES,"desired":true}                            | its 'desired' is true
            {TIMES,"hibernate":1}                             | its 'hibernate' is 1
            {TIMES,"hibernate":"yes"}                         | its 'hibernate' is "yes"
            {TIMES,"enforce":null}                            | its 'enforce' is null
            {TIMES,"after":5}                                 | its 'after' is 5
            {TIMES,"after":["db",5]}                          | its 'after' is ["db",5]
            {TIMES,"sizes":{}}                                | its 'sizes' is {} and not a list
            {TIMES,"sizes":["12:00"]}                         | one of its 'sizes' is "12:00"
            {TIMES,"sizes":[{"min":1}]}                       | its 'at' is missing
            {TIMES,"sizes":[{"at":"0 12 * * *"}]}             | one of its 'sizes' has to say either
            {TIMES,"sizes":[{"at":"0 12 * * *","min":1,"instanceType":"t3.large"}]} | one of its 'sizes' has to say either
            {TIMES,"sizes":[{"at":"0 12 * * *","desire":1}]}  | it has a member 'desire'
            {"start":"0 8 * * *"}                             | its 'stop' is missing
            {"start":"0 8 * * *","stop":"0 25 * * *"}         | cron '0 25 * * *'
            {TIMES,"zone":""}                                 | its 'zone' is ""
            {TIMES,"desired":"2 or 3"}                        | its 'desired' is "2 or 3"
            {TIMES,"enforce":"maybe"}                         | its 'enforce' is "maybe"
            {TIMES,"after":""}                                | its 'after' is ""
            {TIMES,"sizes":"12:00"}                           | its 'sizes' is "12:00" and not a list
            {TIMES,"sizes":[{"at":5,"min":1}]}                | its 'at' is 5
            {TIMES,"sizes":[{"at":"noon","min":1}]}           | cron 'noon' has not the five fields
            {TIMES,"sizes":[{"at":"0 12 * * *","min":-1}]}    | its 'min' is -1
            {TIMES,"sizes":[{"at":"0 12 * * *","desired":"x"}]} | its 'desired' is "x"
            {TIMES,"sizes":[{"at":"0 12 * * *","instanceType":5}]} | its 'instanceType' is 5
            {TIMES,"description":5}                           | its 'description' is 5
            {TIMES,"Min":1}                                   | it has a member 'Min'
            {TIMES} {TIMES}                                   | it is no JSON
            """)
    void whenAMemberCannotBeMeant_thenOneLineNamesIt(String document, String problem) {
        assertThatThrownBy(() -> read(document.replace("TIMES", TIMES)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(problem)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"min\":\"2\",\"desired\":3",
                "\"holidays\":[]",
                "\"after\":\"db, cache\"",
                "\"hibernate\":\"True\"",
                "\"description\":\"shop\"",
                "\"sizes\":[]"
            })
    void whenItCanBeMeant_thenItIsTaken(String members) {
        assertThat(read("{" + TIMES + "," + members + "}").zone()).isEqualTo(ZoneOffset.UTC);
    }
}
