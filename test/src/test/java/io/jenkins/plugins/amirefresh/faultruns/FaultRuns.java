package io.jenkins.plugins.amirefresh.faultruns;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Many worlds.
 *
 * @param counts how many worlds each trait came to be in
 * @param bad the outcomes with a violation, by seed
 */
record FaultRuns(long worlds, SortedMap<String, Integer> counts, List<FaultRun.Outcome> bad) {

    /** The worlds from one seed on, on all processors. */
    static FaultRuns of(long firstSeed, long worlds, Plant plant) {
        AccountReader reader = new AccountReader();
        SortedMap<String, Integer> counts = new TreeMap<>();
        List<FaultRun.Outcome> bad = LongStream.range(firstSeed, firstSeed + worlds)
                .parallel()
                .mapToObj(seed -> FaultRun.of(WorldMaker.of(seed), plant, reader))
                .peek(outcome -> count(counts, outcome))
                .filter(outcome -> !outcome.violations().isEmpty())
                .toList();
        return new FaultRuns(worlds, counts, bad);
    }

    private static void count(SortedMap<String, Integer> counts, FaultRun.Outcome outcome) {
        synchronized (counts) {
            outcome.traits().forEach(trait -> counts.merge(trait, 1, Integer::sum));
        }
    }

    /** What was violated where, a line each. */
    String summary() {
        return bad.stream()
                .map(outcome -> "seed " + outcome.world().seed() + ": "
                        + outcome.violations().get(0) + " (replay: -Dfault.seed="
                        + outcome.world().seed() + ")")
                .collect(Collectors.joining("\n"));
    }

    /** Writes the figures for machines. */
    void write(Path file) throws IOException {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("worlds", worlds);
        ArrayNode violations = report.putArray("violations");
        bad.forEach(outcome -> outcome.violations().forEach(violation -> violations
                .addObject()
                .put("seed", outcome.world().seed())
                .put("invariant", violation.invariant().name())
                .put("group", violation.group())
                .put("what", violation.what())));
        ObjectNode byTrait = report.putObject("counts");
        counts.forEach(byTrait::put);
        Files.createDirectories(file.toAbsolutePath().getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), report);
    }
}
