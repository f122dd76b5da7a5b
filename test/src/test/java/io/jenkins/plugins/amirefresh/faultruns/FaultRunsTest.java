package io.jenkins.plugins.amirefresh.faultruns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong around a refresh, what must hold does. */
class FaultRunsTest {

    private static final String SEED = "fault.seed";
    private static final int RARE = 100;
    private static final long FIRST = Long.getLong("fault.first", 1);

    private static void mustHold(FaultRuns runs) throws IOException {
        runs.write(Path.of("target", "fault-runs.json"));
        assertThat(runs.bad()).as(runs.summary()).isEmpty();
    }

    @Test
    @DisabledIfSystemProperty(named = SEED, matches = ".*")
    void whenMuchGoesWrong_thenNothingIsViolated() throws IOException {
        mustHold(FaultRuns.of(FIRST, Long.getLong("fault.worlds", 300), Plant.chosen()));
    }

    /**
     * Tags gone under a rival, a size that a stale answer hides, an old version that boots, a hook that gives up, new instances
     * that only their group protects and that never serve.
     */
    @ParameterizedTest
    @ValueSource(longs = {30138, 32664, 33219, 39566, 45544, 47999})
    @DisabledIfSystemProperty(named = SEED, matches = ".*")
    void whenAWorldWasViolatedOnce_thenItIsNotAgain(long seed) {
        FaultRun.Outcome outcome = FaultRun.of(WorldMaker.of(seed), Plant.NOTHING, new Earth());

        assertThat(outcome.violations()).as(outcome.story()).isEmpty();
    }

    /** {@code mvn -Pfault-runs verify}. */
    @Test
    @Tag("fault-runs")
    @DisabledIfSystemProperty(named = SEED, matches = ".*")
    void whenAlmostEverythingGoesWrong_thenNothingIsViolated() throws IOException {
        FaultRuns runs = FaultRuns.of(FIRST, Long.getLong("fault.worlds", 20_000), Plant.chosen());

        mustHold(runs);
        Map<String, Integer> rare = new TreeMap<>();
        required().forEach(trait -> rare.put(trait, runs.counts().getOrDefault(trait, 0)));
        rare.values().removeIf(count -> count >= runs.worlds() / RARE);
        assertThat(rare).isEmpty();
    }

    /** What a hundredth of all worlds must have seen at the least. */
    private static List<String> required() {
        return Stream.of(
                        WorldMaker.STRATEGIES.stream().map(name -> "strategy:" + name),
                        TroubleMaker.HOW.stream().map(how -> "fault:ami-" + how),
                        TroubleMaker.KINDS.stream().map(kind -> "fault:" + kind),
                        Stream.of("fault:old-ami", "fault:no-capacity", "fault:spot-loss"),
                        WorldMaker.ON_ABORT.stream().map(way -> "abort:" + way),
                        Stream.of("killed", "vanished", "some-ticks", "every-tick")
                                .map(how -> "restart:" + how),
                        Stream.of("scale", "set_max", "lose", "terminate", "suspend", "delete")
                                .map(kind -> "move:" + kind),
                        Stream.of("lifecycle-hooks", "protected", "standby", "maintenance-policy", "mixed-instances")
                                .map(kind -> "group:" + kind),
                        Stream.of("group:warm-pool", "group:fixed-interface", "world:quiet"),
                        Kind.required())
                .flatMap(names -> names)
                .toList();
    }

    /** {@code -Dfault.seed=17} runs one world alone and writes its story to {@code target/fault-world-17.txt}. */
    @Test
    @EnabledIfSystemProperty(named = SEED, matches = "[0-9]+")
    void whenASeedIsGiven_thenItsWorldRunsAlone() throws IOException {
        long seed = Long.getLong(SEED);

        FaultRun.Outcome outcome = FaultRun.of(WorldMaker.of(seed), Plant.chosen(), new Earth());

        Files.writeString(Path.of("target", "fault-world-" + seed + ".txt"), outcome.story());
        assertThat(outcome.violations()).as(outcome.story()).isEmpty();
    }
}
