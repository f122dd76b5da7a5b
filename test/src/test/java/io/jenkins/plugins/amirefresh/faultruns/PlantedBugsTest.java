package io.jenkins.plugins.amirefresh.faultruns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worlds are bad enough, and the judge sharp enough, to find bugs. */
@Tag("fault-runs")
class PlantedBugsTest {

    private static final int WORLDS = 300;

    static Stream<Plant> toBeFound() {
        return Stream.of(Plant.values()).filter(Plant::isToBeFound);
    }

    @ParameterizedTest
    @MethodSource("toBeFound")
    void whenABugIsPlanted_thenAWorldFindsIt(Plant plant) {
        assertThat(FaultRuns.find(1, WORLDS, plant))
                .as("%s within %d worlds", plant, WORLDS)
                .isPresent();
    }
}
