package io.jenkins.plugins.amirefresh.smoketest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.smoketest.Check.Audience;
import io.jenkins.plugins.amirefresh.smoketest.Check.Basics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmokeTestStateTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Check.Http HEALTH =
            new Check.Http(Basics.of("http /health", Audience.INSTANCES, LIMIT), "http", "/health", 0, 200, 200, "");

    private static SmokeTest test(int quorum, int attempts) {
        return new SmokeTest(List.of(HEALTH), quorum, attempts, Duration.ofSeconds(15), Duration.ofMinutes(10));
    }

    private static SmokeTestState started(SmokeTest test, int instances) {
        List<Subject> subjects = IntStream.range(0, instances)
                .mapToObj(i -> Subject.instance("i-" + i, "10.0.0." + i))
                .toList();
        return SmokeTestState.start(test, subjects, OldVersion.UNKNOWN, NOON);
    }

    private static SmokeTestState answered(SmokeTest test, SmokeTestState state, int failing, int unsent) {
        SmokeTestState after = state;
        for (int i = 0; i < state.trials().size(); i++) {
            Trial trial = state.trials().get(i);
            if (i < failing) {
                trial = trial.answered(
                        Finding.failed("wrong", "answered 500, expected 200"), test, Optional.empty(), NOON);
            } else if (i < failing + unsent) {
                trial = trial.answered(Finding.notAsked("no route"), test, Optional.empty(), NOON);
            } else {
                trial = trial.answered(Finding.passed("answered 200"), test, Optional.empty(), NOON);
            }
            after = after.with(trial);
        }
        return after;
    }

    @ParameterizedTest
    @CsvSource({
        "4, 100, 0, 0, PASSED",
        "4, 100, 1, 0, FAILED",
        "4, 75, 1, 0, PASSED",
        "4, 75, 2, 0, FAILED",
        "4, 100, 0, 1, INCONCLUSIVE",
        "4, 75, 1, 1, INCONCLUSIVE",
        "4, 75, 2, 2, FAILED",
        "3, 50, 1, 0, PASSED",
        "3, 50, 2, 0, FAILED",
    })
    void whenAllAnswered_thenTheQuorumDecides(
            int instances, int quorum, int failing, int unsent, SmokeTestVerdict expected) {
        // given
        SmokeTest test = test(quorum, 1);

        // when
        SmokeTestState state = answered(test, started(test, instances), failing, unsent);

        // then
        assertThat(state.isOver(test)).isTrue();
        assertThat(state.verdict(test)).isEqualTo(expected);
    }

    @Test
    void whenAnAttemptFails_thenItIsAskedAgainAfterTheIntervalUnderANewKey() {
        // given
        SmokeTest test = test(100, 2);
        SmokeTestState state = started(test, 1);
        Trial first = state.trials().get(0);

        // when
        SmokeTestState after = state.with(
                first.answered(Finding.failed("wrong", "answered 503, expected 200"), test, Optional.empty(), NOON));

        // then
        assertThat(after.due(NOON.plusSeconds(14))).isEmpty();
        assertThat(after.due(NOON.plusSeconds(15))).singleElement().satisfies(trial -> assertThat(trial.key())
                .isNotEqualTo(first.key()));
        assertThat(after.isOver(test)).isFalse();
    }

    @Test
    void whenTheQuorumCanNoLongerBeReached_thenItIsOverAlthoughOthersAreOpen() {
        // given
        SmokeTest test = test(100, 1);
        SmokeTestState state = started(test, 3);

        // when
        SmokeTestState after = state.with(
                state.trials().get(1).answered(Finding.failed("wrong", "refused"), test, Optional.empty(), NOON));

        // then
        assertThat(after.isOver(test)).isTrue();
        assertThat(after.reason(test)).isEqualTo("http /health on 1 of 3: i-1 refused");
    }

    @Test
    void whenTimeIsOver_thenTheNeverAskedAreInconclusiveAndTheUnansweredFail() {
        // given
        SmokeTest test = test(100, 5);
        SmokeTestState never = started(test, 1);
        SmokeTestState once = never.with(
                never.trials().get(0).answered(Finding.failed("wrong", "no answer"), test, Optional.empty(), NOON));
        Instant end = NOON.plus(Duration.ofMinutes(10));

        // then
        assertThat(never.limited(test, end).verdict(test)).isEqualTo(SmokeTestVerdict.INCONCLUSIVE);
        assertThat(once.limited(test, end).verdict(test)).isEqualTo(SmokeTestVerdict.FAILED);
        assertThat(once.limited(test, end.minusSeconds(1)).isOver(test)).isFalse();
    }

    @Test
    void whenNobodyIsLeftToAsk_thenItIsInconclusiveAndNeverPassed() {
        // given
        SmokeTest test = test(100, 1);

        // when
        SmokeTestState state = started(test, 1).without(Set.of("i-0"));

        // then
        assertThat(state.verdict(test)).isEqualTo(SmokeTestVerdict.INCONCLUSIVE);
        assertThat(state.reason(test)).isEqualTo("http /health: nobody to ask");
    }

    @Test
    void whenItIsSaved_thenItLoadsAsItWas() {
        // given
        SmokeTest test = test(100, 2);
        SmokeTestState state = answered(test, started(test, 3), 1, 1);

        // when
        SmokeTestState loaded = Json.read(Json.write(state), SmokeTestState.class);

        // then
        assertThat(loaded).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "200, ok, ''",
        "204, ok, 'answered 204, expected 200'",
        "200, bad, 'answered 200, but ''ok'' is not in the body'",
    })
    void whenAnAnswerComes_thenStatusAndBodyAreJudged(int status, String body, String problem) {
        // given
        var check = new Check.Http(Basics.of("http /", Audience.INSTANCES, LIMIT), "http", "/", 0, 200, 200, "ok");

        // then
        Finding finding = check.judge(status, body);
        assertThat(finding.kind() == Finding.Kind.PASSED ? "" : finding.text()).isEqualTo(problem);
    }
}
