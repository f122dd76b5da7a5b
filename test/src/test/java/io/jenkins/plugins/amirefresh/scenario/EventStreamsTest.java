package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Streams of events: every group that is due is recycled exactly once for what it is, and none otherwise; nothing stays in the
 * queue but what nobody can read, which is in the dead-letter queue with the reason; nothing is left on a group. {@code
 * -Dstreams=N} for as many, {@code -Dstreams.first=N} from that seed on.
 */
class EventStreamsTest {

    private static final System.Logger LOG = System.getLogger(EventStreamsTest.class.getName());
    private static final int TELL_AFTER = 500;

    private static void mustHold(int usual) {
        long first = Long.getLong("streams.first", 1);
        int streams = Integer.getInteger("streams", usual);
        mustHold(LongStream.range(first, first + streams));
    }

    private static void mustHold(LongStream seeds) {
        AtomicInteger done = new AtomicInteger();
        List<String> violations = seeds.parallel()
                .mapToObj(seed -> EventStream.of(seed, EventStream.Plant.NONE))
                .peek(outcome -> {
                    outcome.violations().forEach(text -> LOG.log(System.Logger.Level.WARNING, text));
                    if (done.incrementAndGet() % TELL_AFTER == 0) {
                        LOG.log(System.Logger.Level.INFO, done + " streams");
                    }
                })
                .flatMap(outcome -> outcome.violations().stream())
                .toList();
        assertThat(violations).isEmpty();
    }

    @Test
    void whenEventsStream_thenEveryGroupThatIsDueIsRecycledOnceAndNoneOtherwise() {
        mustHold(12);
    }

    /** Somebody wrote the next version just when a change of ours had not been seen: it was written over. */
    @Test
    void whenAStreamWentWrongOnce_thenItHolds() {
        mustHold(LongStream.of(92, 162, 248, 2935, 6063));
    }

    /** {@code mvn -Pfault-runs verify}. */
    @Test
    @Tag("fault-runs")
    void whenVeryManyEventsStream_thenEveryGroupThatIsDueIsRecycledOnceAndNoneOtherwise() {
        mustHold(10_000);
    }

    @ParameterizedTest
    @EnumSource(value = EventStream.Plant.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void whenABugIsPlanted_thenAStreamFindsIt(EventStream.Plant plant) {
        assertThat(LongStream.rangeClosed(1, 60)
                        .mapToObj(seed -> EventStream.of(seed, plant))
                        .filter(outcome -> !outcome.violations().isEmpty())
                        .findFirst())
                .isPresent();
    }
}
