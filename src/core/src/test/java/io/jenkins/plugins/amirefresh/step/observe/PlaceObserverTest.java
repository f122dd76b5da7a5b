package io.jenkins.plugins.amirefresh.step.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlaceObserverTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static Set<GroupKey> keys(int from, int to) {
        return IntStream.range(from, to).mapToObj(FakeGroups::key).collect(Collectors.toSet());
    }

    private static PlaceObserver observing(FakeGroups groups) {
        return new PlaceObserver(() -> groups, SharedObserver.INTERVAL);
    }

    private static Instant after(int seconds) {
        return NOON.plusSeconds(seconds);
    }

    @Nested
    class GivenASmallAccount {

        private final FakeGroups groups = new FakeGroups(24);
        private final PlaceObserver observer = observing(groups);

        @Test
        void whenManyAskWithinTheInterval_thenOneSweepAnswersAll() {
            // when
            observer.all(NOON);
            observer.all(after(14));
            var some = observer.groups(keys(0, 3), after(14));

            // then
            assertThat(groups.reads).containsExactly("all");
            assertThat(some.groups()).hasSize(3);
        }

        @Test
        void whenNamesAreAskedLater_thenASweepCostsNoMoreAndAnswersBoth() {
            // given
            observer.all(NOON);

            // when
            observer.groups(keys(0, 3), after(15));
            observer.all(after(29));

            // then
            assertThat(groups.reads).containsExactly("all", "all");
        }

        @Test
        void whenNobodyListsAnyMore_thenOnlyTheNamesAreRead() {
            // given
            observer.all(NOON);

            // when
            observer.groups(keys(0, 3), after(90));

            // then
            assertThat(groups.reads).containsExactly("all", "named 3");
        }

        @Test
        void whenOutlinesAreAskedAfterASweep_thenItAnswers() {
            // when
            observer.all(NOON);
            observer.outlines(after(14));
            observer.outlines(after(75));
            observer.outlines(after(89));

            // then
            assertThat(groups.reads).containsExactly("all", "outlines");
        }

        @Test
        void whenAGroupDoesNotExist_thenItIsMissingInTheAnswer() {
            // when
            var answer = observer.groups(keys(23, 25), NOON);

            // then
            assertThat(answer.groups()).containsOnlyKeys(FakeGroups.key(23));
        }

        @Test
        void whenAwsThrottles_thenOlderObservationsAnswerAndThePauseGrows() {
            // given
            observer.all(NOON);
            groups.throttling = true;

            // when
            var first = observer.all(after(15));
            observer.all(after(29));
            observer.all(after(30));
            observer.all(after(59));
            observer.all(after(60));

            // then
            assertThat(first.groups()).hasSize(24);
            assertThat(groups.reads).hasSize(4);
        }

        @Test
        void whenTheClockIsSetBack_thenWhatIsYoungerThanNowIsReadAgain() {
            // given
            observer.all(after(3600));
            observer.groups(keys(0, 3), after(3600));

            // when
            observer.all(NOON);
            observer.groups(keys(0, 3), after(14));

            // then
            assertThat(groups.reads).containsExactly("all", "all");
        }

        @Test
        void whenTheClockIsSetBackInAPause_thenThePauseIsOver() {
            // given
            observer.all(after(3600));
            groups.throttling = true;
            observer.all(after(3615));
            groups.throttling = false;

            // when
            observer.all(NOON);

            // then
            assertThat(groups.reads).hasSize(3);
        }

        @Test
        void whenAwsThrottlesTheFirstRead_thenItIsSaid() {
            // given
            groups.throttling = true;

            // when
            Throwable refusal = catchThrowable(() -> observer.all(NOON));

            // then
            assertThat(refusal).isInstanceOf(CloudException.Throttled.class);
        }
    }

    @Nested
    class GivenALargeAccount {

        private final FakeGroups groups = new FakeGroups(500);
        private final PlaceObserver observer = observing(groups);

        @Test
        void whenTwoBuildsAskForTheirGroups_thenBothAreReadInOneRound() {
            // given
            observer.groups(keys(0, 10), NOON);
            observer.groups(keys(10, 20), after(5));

            // when
            observer.groups(keys(0, 10), after(15));
            observer.groups(keys(10, 20), after(20));
            observer.groups(keys(0, 10), after(29));

            // then
            assertThat(groups.reads).containsExactly("named 10", "named 10", "named 20");
        }

        @Test
        void whenNobodyAskedForALongTime_thenTheNamesAreForgotten() {
            // given
            observer.groups(keys(0, 10), NOON);
            Instant later = NOON.plus(Duration.ofMinutes(11));

            // when
            observer.groups(keys(10, 12), later);

            // then
            assertThat(groups.reads).containsExactly("named 10", "named 2");
        }

        @Test
        void whenFewOfManyAreWanted_thenOnlyTheyAreRead() {
            // given
            observer.all(NOON);

            // when
            observer.groups(keys(0, 10), after(15));

            // then
            assertThat(groups.reads).containsExactly("all", "named 10");
        }
    }
}
