package io.jenkins.plugins.amirefresh.weeks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Weeks: no group is touched outside its windows by our doing, none is forgotten, none is replaced twice. {@code -Dweeks=N} for as
 * many, {@code -Dweeks.first=N} from that seed on.
 */
class WeeksTest {

    private static final System.Logger LOG = System.getLogger(WeeksTest.class.getName());
    private static final int TELL_AFTER = 500;

    private static SortedMap<String, Integer> mustHold(int usual) {
        long first = Long.getLong("weeks.first", 1);
        int weeks = Integer.getInteger("weeks", usual);
        AtomicInteger done = new AtomicInteger();
        SortedMap<String, Integer> counts = new TreeMap<>();
        List<String> violations = LongStream.range(first, first + weeks)
                .parallel()
                .mapToObj(seed -> WeekRun.of(seed, WeekRun.Plant.NONE))
                .peek(outcome -> {
                    outcome.violations().stream().limit(1).forEach(text -> LOG.log(System.Logger.Level.WARNING, text));
                    synchronized (counts) {
                        outcome.counts().forEach((what, count) -> counts.merge(what, count, Integer::sum));
                    }
                    if (done.incrementAndGet() % TELL_AFTER == 0) {
                        LOG.log(System.Logger.Level.INFO, done + " weeks");
                    }
                })
                .flatMap(outcome -> outcome.violations().stream().limit(1))
                .toList();
        LOG.log(System.Logger.Level.INFO, counts.toString());
        assertThat(violations).isEmpty();
        return counts;
    }

    @Test
    void whenWeeksGoBy_thenNoGroupIsTouchedOutsideItsWindowsNoneForgottenAndNoneTwice() {
        mustHold(40);
    }

    /** {@code mvn -Pfault-runs verify}. */
    @Test
    @Tag("fault-runs")
    void whenVeryManyWeeksGoBy_thenNoGroupIsTouchedOutsideItsWindowsNoneForgottenAndNoneTwice() {
        assertThat(mustHold(10_000))
                .containsKeys("refreshed", "skipped", "missed", "held", "refused", "rolled-back", "unfinished");
    }

    @ParameterizedTest
    @EnumSource(value = WeekRun.Plant.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void whenABugIsPlanted_thenAWeekFindsIt(WeekRun.Plant plant) {
        assertThat(LongStream.rangeClosed(1, 60)
                        .mapToObj(seed -> WeekRun.of(seed, plant))
                        .filter(plant::isIn)
                        .findFirst())
                .isPresent();
    }
}
