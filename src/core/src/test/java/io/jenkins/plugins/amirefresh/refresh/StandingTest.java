package io.jenkins.plugins.amirefresh.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest extends Deciding {

    /** Its floor is in units as well: four instances of weight 2 are 8, and not 4 of 8. */
    @ParameterizedTest
    @CsvSource({"1, 4", "2, 8"})
    void whenInstancesAreWeighted_thenTheirUnitsStand(int weight, int units) {
        // given
        model.isWeighted = weight > 1;
        model.weight = weight;

        // when
        Standing standing = Standing.of(plan(RefreshStrategy.OUT_IN, RefreshPolicy.DEFAULT), model.sight(), state);

        // then
        assertThat(standing).isEqualTo(new Standing(units, 0, units));
    }
}
