package io.jenkins.plugins.amirefresh.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a row says when others made a group smaller and too few served. */
class ScaleInTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "4, 2, 0, 1, 2, \"serving fell to 1 of at least 2 at 2026-11-22T12:00:00Z, when others moved desired capacity"
                        + " from 4 to 2\"",
                "8, 5, 4, 3, 4, \"serving fell to 3 of at least 4 at 2026-11-22T12:00:00Z, when others moved desired capacity"
                        + " from 8, 4 of it launched first to replace others, to 5\"",
                "4, 1, 0, 0, 0, \"serving fell to 0 at 2026-11-22T12:00:00Z, when others moved desired capacity from 4 to 1\"",
                "4, 2, 0, 2, 2, \"\"",
                "4, 0, 0, 0, 0, \"\"",
            })
    void whenOthersMadeItSmaller_thenTooFewAreNamedAndEnoughAreNot(
            int from, int to, int surge, int least, int floor, String told) {
        // given
        ScaleIn scaleIn = new ScaleIn(from, to, surge, least, NOON, false, null);

        // when
        String text = ScaleIn.told(RefreshState.start(NOON).with(OthersMove.shrinking(null, scaleIn)), floor);

        // then
        assertThat(text).isEqualTo(told);
    }

    @Test
    void whenTheyDidItTwice_thenTheWorseOneIsNamed() {
        // given
        ScaleIn worse = new ScaleIn(6, 3, 0, 1, NOON, false, null);
        ScaleIn later = new ScaleIn(6, 4, 0, 3, NOON.plusSeconds(60), false, worse);

        // when
        String text = ScaleIn.told(RefreshState.start(NOON).with(OthersMove.shrinking(null, later)), 6);

        // then
        assertThat(text).startsWith("serving fell to 1 of at least 6").endsWith("from 6 to 3");
    }
}
