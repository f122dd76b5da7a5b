package io.jenkins.plugins.amirefresh.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.model.ScaleInProtectedInstances;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Done;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where load balancers tell that a new instance is healthy, nobody waits for the group's grace period beside. */
class ProofTest extends Deciding {

    private static final Allowance CHECKED =
            new Allowance(List.of(), Map.of(), "", Map.of("web", Duration.ofSeconds(20)));

    @BeforeEach
    void noWarmupButALongGracePeriod() {
        model.defaultWarmup = Duration.ZERO;
        model.gracePeriod = Duration.ofMinutes(30);
    }

    private RefreshPlan rolling(@Nullable Duration warmup) {
        RefreshPolicy policy = policy(1, null).but().instanceWarmup(warmup).build();
        return plan(RefreshStrategy.ROLLING, policy).with(CHECKED);
    }

    private Duration takes(RefreshPlan plan) {
        assertThat(drive(plan)).isInstanceOf(Done.class);
        assertThat(model.isWhollyOn(2)).isTrue();
        return Duration.between(state.startedAt(), model.now);
    }

    @ParameterizedTest
    @EnumSource(
            value = RefreshStrategy.class,
            names = {"OUT_IN", "IN_OUT", "ROLLING", "CANARY"})
    void whenAllAreLeftAlone_thenNothingIsProven(RefreshStrategy strategy) {
        // given
        RefreshPlan plan = plan(strategy, policy(0, ScaleInProtectedInstances.IGNORE));
        model.protectEverything();

        // when
        RefreshDecision end = drive(plan);

        // then
        assertThat(end).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).startsWith("no instance was replaced, since i-");
            assertThat(failed.blamesVersion()).isFalse();
        });
        assertThat(model.isWhollyOn(1)).isTrue();
    }

    @Test
    void whenLoadBalancersTell_thenTheGracePeriodIsNoWarmup() {
        assertThat(takes(rolling(null))).isLessThan(Duration.ofMinutes(12));
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void whenSomebodySaidHowLong_thenThatCounts(boolean isGiven, boolean isOfTheGroup) {
        // given
        model.defaultWarmup = isOfTheGroup ? Duration.ofMinutes(10) : Duration.ZERO;

        // when
        Duration took = takes(rolling(isGiven ? Duration.ofMinutes(10) : null));

        // then
        assertThat(took).isGreaterThan(Duration.ofMinutes(40));
    }

    @Test
    void whenNoLoadBalancerTells_thenTheGracePeriodDoes() {
        // given
        model.isBehindTargetGroup = false;

        // then
        assertThat(takes(plan(RefreshStrategy.ROLLING, policy(1, null)))).isGreaterThan(Duration.ofHours(2));
    }

    @Test
    void whenItAnswersOnlyNowAndThen_thenNoOldInstanceGoesForIt() {
        // given
        model.flappingVersion = 2;

        // when
        RefreshDecision end = drive(rolling(null));

        // then
        assertThat(end).isInstanceOf(Failed.class);
        assertThat(model.effects).containsExactly("launch 2");
    }
}
