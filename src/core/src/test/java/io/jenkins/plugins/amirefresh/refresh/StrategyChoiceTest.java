package io.jenkins.plugins.amirefresh.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.model.InstanceMaintenancePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrategyChoiceTest {

    private static final LaunchFacts PLAIN = new LaunchFacts(false, true);

    private static StrategyChoice auto(GroupModel model) {
        return StrategyChoice.auto(model.sight().group(), PLAIN, RefreshPolicy.DEFAULT);
    }

    private static Shape shape(StrategyChoice choice, GroupModel model) {
        return Shape.of(choice.strategy(), choice.policy(), model.sight().group(), false);
    }

    private static GroupModel blind(int desired, int max) {
        GroupModel model = new GroupModel(0, desired, max);
        model.checksBalancers = false;
        return model;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, false, IN_OUT",
        "1, 2, false, OUT_IN",
        "3, 3, false, INSTANCE_REFRESH",
        "3, 9, true, IN_OUT",
        "0, 3, false, INSTANCE_REFRESH"
    })
    void whenNobodyChooses_thenTheFactsOfTheGroupDo(
            int desired, int max, boolean fixedNetworkInterface, RefreshStrategy strategy) {
        GroupModel model = new GroupModel(0, desired, max);

        StrategyChoice choice = StrategyChoice.auto(
                model.sight().group(), new LaunchFacts(fixedNetworkInterface, true), RefreshPolicy.DEFAULT);

        assertThat(choice.strategy()).isEqualTo(strategy);
    }

    @ParameterizedTest
    @CsvSource({"1, 2, true", "2, 2, true", "9, 20, true", "1, 2, false", "2, 2, false", "9, 20, false"})
    void whenNobodyChooses_thenNoGroupWithRoomIsEverEmptied(int desired, int max, boolean checksBalancers) {
        GroupModel model = new GroupModel(0, desired, max);
        model.checksBalancers = checksBalancers;

        Shape shape = shape(auto(model), model);

        assertThat(shape.floor()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(RefreshStrategy.class)
    void whenCapacityIsWeighted_thenOnlyAwsOwnRefreshMayMoveIt(RefreshStrategy strategy) {
        GroupModel model = new GroupModel(0, 4, 8);
        model.isWeighted = true;

        Optional<String> refusal = StrategyChoice.refusal(
                strategy, RefreshPolicy.DEFAULT, model.sight().group(), false);

        assertThat(refusal.isEmpty()).isEqualTo(strategy == RefreshStrategy.INSTANCE_REFRESH);
    }

    @Nested
    class WhereAwsDoesNotLookAtTheBalancer {

        @ParameterizedTest
        @CsvSource({
            // desired, max: batch, new first, floor
            "4, 6, 1, true, 4",
            "12, 13, 1, true, 12",
            "12, 20, 3, true, 12",
            "4, 4, 1, false, 3",
            "20, 20, 5, false, 18",
            "2, 2, 1, false, 1"
        })
        void thenOurOwnBatchesFitTheRoomAndKeepWhatAwsWouldHaveKept(
                int desired, int max, int batch, boolean launchesFirst, int floor) {
            GroupModel model = blind(desired, max);

            StrategyChoice choice = auto(model);

            assertThat(choice.strategy()).isEqualTo(RefreshStrategy.ROLLING);
            assertThat(shape(choice, model)).isEqualTo(new Shape(batch, launchesFirst, floor));
        }

        @ParameterizedTest
        @CsvSource({
            // minimum, maximum: strategy of a group of four, new first, floor
            "100, 150, 4, ROLLING, true, 4",
            "90, 100, 4, ROLLING, false, 3",
            "50, 100, 4, ROLLING, false, 2",
            "50, 200, 1, OUT_IN, true, 1",
            "0, 100, 1, ROLLING, false, 0"
        })
        void thenTheGroupsMaintenancePolicyHolds(
                int min, int max, int desired, RefreshStrategy strategy, boolean launchesFirst, int floor) {
            GroupModel model = blind(desired, 9);
            model.maintenancePolicy = new InstanceMaintenancePolicy(min, max);

            StrategyChoice choice = auto(model);

            assertThat(choice.strategy()).isEqualTo(strategy);
            assertThat(shape(choice, model).launchesFirst()).isEqualTo(launchesFirst);
            assertThat(shape(choice, model).floor()).isEqualTo(floor);
        }

        @Test
        void thenWhatTheUserAskedForHolds() {
            GroupModel model = blind(8, 9);
            RefreshPolicy asked = RefreshPolicy.DEFAULT
                    .but()
                    .minHealthyPercentage(50)
                    .batchSize(BatchSize.of(3))
                    .build();

            StrategyChoice choice = StrategyChoice.auto(model.sight().group(), PLAIN, asked);

            assertThat(choice.policy()).isEqualTo(asked);
            assertThat(shape(choice, model)).isEqualTo(new Shape(3, false, 4));
        }

        @Test
        void whenOnlyAwsCanMoveTheGroup_thenItDoesAndTheReasonSaysWhy() {
            GroupModel weighted = blind(4, 6);
            weighted.isWeighted = true;
            GroupModel warm = blind(4, 6);
            warm.hasWarmPool = true;
            RefreshPolicy baking = RefreshPolicy.DEFAULT
                    .but()
                    .managed(new ManagedOptions(List.of(), Duration.ofMinutes(5), List.of(), false, false))
                    .build();

            assertThat(auto(weighted).strategy()).isEqualTo(RefreshStrategy.INSTANCE_REFRESH);
            assertThat(auto(weighted).reason()).contains("weighted");
            assertThat(auto(warm).strategy()).isEqualTo(RefreshStrategy.INSTANCE_REFRESH);
            assertThat(auto(warm).reason()).contains("warm pool");
            StrategyChoice choice = StrategyChoice.auto(blind(4, 6).sight().group(), PLAIN, baking);
            assertThat(choice.strategy()).isEqualTo(RefreshStrategy.INSTANCE_REFRESH);
            assertThat(choice.reason()).contains("bakeTime");
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void thenNoBalancerMeansNothingToLookAt(boolean isClassic) {
            GroupModel without = blind(4, 6);
            without.isBehindTargetGroup = false;
            GroupModel classic = blind(4, 6);
            classic.isBehindTargetGroup = false;
            classic.classic = isClassic ? List.of("front") : List.of();

            assertThat(auto(without).strategy()).isEqualTo(RefreshStrategy.INSTANCE_REFRESH);
            assertThat(auto(classic).strategy())
                    .isEqualTo(isClassic ? RefreshStrategy.ROLLING : RefreshStrategy.INSTANCE_REFRESH);
        }

        @ParameterizedTest
        @EnumSource(RefreshStrategy.class)
        void thenTheWayBackIsNotAws(RefreshStrategy used) {
            StrategyChoice choice =
                    StrategyChoice.back(used, blind(4, 6).sight().group(), PLAIN, RefreshPolicy.DEFAULT);

            assertThat(choice.strategy())
                    .isEqualTo(used == RefreshStrategy.INSTANCE_REFRESH ? RefreshStrategy.ROLLING : used);
        }
    }

    @Nested
    class WhereTheBalancerEndsNewInstancesFromTheirFirstMoment {

        @ParameterizedTest
        @CsvSource({"0, false, CANARY", "0, true, INSTANCE_REFRESH", "60, false, INSTANCE_REFRESH"})
        void thenOneComesFirst_unlessSomethingGivesThemTime(
                int gracePeriod, boolean hasLaunchHook, RefreshStrategy strategy) {
            GroupModel model = new GroupModel(0, 4, 6);
            model.gracePeriod = Duration.ofSeconds(gracePeriod);

            StrategyChoice choice = StrategyChoice.auto(
                    model.sight().group(), new LaunchFacts(false, hasLaunchHook), RefreshPolicy.DEFAULT);

            assertThat(choice.strategy()).isEqualTo(strategy);
        }

        @Test
        void thenTheFirstIsLaunchedBeforeAnyGoes() {
            GroupModel model = new GroupModel(0, 4, 4);
            model.gracePeriod = Duration.ZERO;

            StrategyChoice choice =
                    StrategyChoice.auto(model.sight().group(), new LaunchFacts(false, false), RefreshPolicy.DEFAULT);

            assertThat(shape(choice, model)).isEqualTo(new Shape(1, true, 4));
            assertThat(choice.policy().checkpointDelay()).isZero();
        }
    }
}
