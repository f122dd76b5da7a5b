package io.jenkins.plugins.amirefresh.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StrategyChoiceTest {

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

        StrategyChoice choice = StrategyChoice.auto(model.sight().group(), fixedNetworkInterface);

        assertThat(choice.strategy()).isEqualTo(strategy);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "9, 20"})
    void whenNobodyChooses_thenNoGroupWithRoomIsEverEmptied(int desired, int max) {
        GroupModel model = new GroupModel(0, desired, max);
        StrategyChoice choice = StrategyChoice.auto(model.sight().group(), false);

        Shape shape =
                Shape.of(choice.strategy(), RefreshPolicy.DEFAULT, model.sight().group(), false);

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
}
