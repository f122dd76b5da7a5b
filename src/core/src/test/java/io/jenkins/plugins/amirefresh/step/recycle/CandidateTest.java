package io.jenkins.plugins.amirefresh.step.recycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What older versions wrote still loads. */
class CandidateTest {

    private static final String BEFORE_WAVES =
            """
            {"group":"111111111111/eu-west-1/web","place":{"access":{"credentialsId":"","roleArn":"","externalId":""},
            "region":"eu-west-1"},"environment":"dev","family":"web","template":"lt-00000000000000001","to":2,
            "line":"waiting for its window","lookAt":"2026-11-22T19:00:00Z","allowance":null,"keptBy":null,"wanted":null}
            """;

    @Test
    void whenAStateIsOlderThanWaves_thenItsGroupsAreOfTheFirst() {
        // when
        Candidate candidate = Json.read(BEFORE_WAVES, Candidate.class);

        // then
        assertThat(candidate.standing()).isEqualTo(new Turn(0, null));
        assertThat(candidate.lookAt()).isEqualTo(Instant.parse("2026-11-22T19:00:00Z"));
        assertThat(candidate.with(new Turn(2, Instant.EPOCH)).standing().wave()).isEqualTo(2);
    }
}
