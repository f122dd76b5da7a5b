package io.jenkins.plugins.amirefresh.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.refresh.GroupSight.Read;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Calls that take one group are made only when their answer may matter. */
class NeedsTest extends Deciding {

    private final RefreshPlan plan = plan(RefreshStrategy.OUT_IN, RefreshPolicy.DEFAULT);

    private Set<Read> needs() {
        return RefreshDecider.needs(plan, model.sight().group(), state);
    }

    @Test
    void whenAnInstanceIsMissing_thenAsksWhatBecameOfItsLaunch() {
        model.launchesFail = true;
        decideAndMake(plan);
        model.advance(Duration.ofSeconds(15));

        assertThat(needs()).contains(Read.ACTIVITIES);
    }

    @Test
    void whenEveryInstanceHasBeenLaunched_thenAsksForNoActivities() {
        decideAndMake(plan);
        state = state.made(state.pendingChanges().orElseThrow().changes(), 0);
        model.advance(Duration.ofSeconds(15));

        assertThat(state.batchSince()).isNotNull();
        assertThat(needs()).doesNotContain(Read.ACTIVITIES);
    }

    @Test
    void whenNobodyKnowsWhetherTheSizeWasSet_thenAsksWhoMovedIt() {
        decideAndMake(plan);
        model.advance(Duration.ofSeconds(15));

        assertThat(needs()).contains(Read.ACTIVITIES);
    }
}
