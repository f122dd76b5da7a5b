package io.jenkins.plugins.amirefresh.faultruns;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Many worlds.
 *
 * @param first the first seed
 * @param ticks of all worlds together
 * @param seconds that it took
 * @param counts how many worlds each trait came to be in
 * @param bad the outcomes with a violation, by seed
 */
record FaultRuns(
        long first,
        long worlds,
        long ticks,
        long seconds,
        SortedMap<String, Integer> counts,
        List<FaultRun.Outcome> bad) {

    private static final System.Logger LOG = System.getLogger(FaultRuns.class.getName());

    /** What is saved is forced to the disk. */
    private static final int WORLDS_A_PROCESSOR = 2;

    /** The worlds from one seed on, on all processors. */
    static FaultRuns of(long firstSeed, long worlds, Plant plant) {
        Earth earth = new Earth();
        Tally tally = new Tally();
        long began = System.nanoTime();
        List<FaultRun.Outcome> bad = onAllProcessors(() -> LongStream.range(firstSeed, firstSeed + worlds)
                .parallel()
                .mapToObj(seed -> FaultRun.of(WorldMaker.of(seed), plant, earth))
                .peek(tally::add)
                .filter(outcome -> !outcome.violations().isEmpty())
                .toList());
        return new FaultRuns(
                firstSeed, worlds, tally.ticks, (System.nanoTime() - began) / 1_000_000_000, tally.counts, bad);
    }

    /**
     * A world in which this plant is found, the first that comes; all others stop then.
     *
     * @param worlds of the kind that it is planted for, if it is for one
     */
    static Optional<FaultRun.Outcome> find(long firstSeed, long worlds, Plant plant) {
        Earth earth = new Earth();
        var isFound = new AtomicBoolean();
        Predicate<List<Violation>> isEnough = violations -> {
            if (!violations.isEmpty()) {
                isFound.set(true);
            }
            return isFound.get();
        };
        List<Long> seeds = LongStream.iterate(firstSeed, seed -> seed + 1)
                .filter(seed -> plant.isFor(WorldMaker.of(seed).nature()))
                .limit(worlds)
                .boxed()
                .toList();
        return onAllProcessors(() -> seeds.parallelStream()
                .map(seed -> FaultRun.of(WorldMaker.of(seed), plant, earth, isEnough))
                .filter(outcome -> !outcome.violations().isEmpty())
                .findAny());
    }

    private static <T> T onAllProcessors(Callable<T> work) {
        var pool = new ForkJoinPool(Runtime.getRuntime().availableProcessors() * WORLDS_A_PROCESSOR);
        try {
            return pool.submit(work).join();
        } finally {
            pool.shutdownNow();
        }
    }

    /** Counts, and tells of a violation at once. */
    private static final class Tally {

        private static final int TELL_AFTER = 500;

        /** A day of ticks. */
        private static final int LONG = 5760;

        private final SortedMap<String, Integer> counts = new TreeMap<>();
        private int worlds;
        private long ticks;

        synchronized void add(FaultRun.Outcome outcome) {
            ticks += outcome.ticks();
            if (outcome.ticks() > LONG) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "seed " + outcome.world().seed() + " took " + outcome.ticks() + " ticks");
            }
            outcome.traits().forEach(trait -> counts.merge(trait, 1, Integer::sum));
            outcome.violations()
                    .forEach(violation -> LOG.log(
                            System.Logger.Level.WARNING,
                            "seed " + outcome.world().seed() + ": " + violation));
            if (++worlds % TELL_AFTER == 0) {
                LOG.log(System.Logger.Level.INFO, worlds + " worlds");
            }
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
        report.put("firstSeed", first).put("worlds", worlds).put("ticks", ticks).put("seconds", seconds);
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
