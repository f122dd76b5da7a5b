package io.jenkins.plugins.amirefresh.faultruns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The worlds are bad enough, and the judge sharp enough, to find bugs. */
@Tag("fault-runs")
class PlantedBugsTest {

    private static final int WORLDS = 300;
    private static final int AT_ONCE = 20;

    @ParameterizedTest
    @EnumSource(names = "NOTHING", mode = EnumSource.Mode.EXCLUDE)
    void whenABugIsPlanted_thenAWorldFindsIt(Plant plant) {
        boolean isFound = false;
        for (int first = 1; first <= WORLDS && !isFound; first += AT_ONCE) {
            isFound = !FaultRuns.of(first, AT_ONCE, plant).bad().isEmpty();
        }

        assertThat(isFound).as("%s within %d worlds", plant, WORLDS).isTrue();
    }
}
