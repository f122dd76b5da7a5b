package io.jenkins.plugins.amirefresh.test.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.catalog.StepCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Changes the value of each parameter of each step, and only that, and sees what happens change. A new parameter needs a line
 * in {@code proofs.txt}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParameterEffectTest {

    private static final Path PROOFS = Path.of("src/test/resources/parameters/proofs.txt");
    private static final List<String> SELECTING = List.of(
            "updateLaunchTemplates",
            "recycleAsgs",
            "rollbackAsgs",
            "restoreAsgs",
            "releaseHold",
            "smokeTestAsg",
            "fleetReport");

    private final Map<String, List<String>> runs = new HashMap<>();

    @TempDir
    private Path folder;

    static List<Proof> proofs() throws IOException {
        String only = System.getProperty("proof", "");
        List<Proof> proofs = new ArrayList<>();
        for (String line : Files.readAllLines(PROOFS)) {
            if (!line.startsWith("#") && !line.isBlank()) {
                proofs.add(Proof.parse(line));
            }
        }
        proofs.addAll(Proof.ofSelections(SELECTING));
        return proofs.stream()
                .filter(proof -> only.isEmpty() || proof.name().matches(only))
                .toList();
    }

    /** The same call after the same things happens once: many proofs begin alike. */
    private List<String> run(String before, String call) throws Exception {
        String key = before + ": " + call;
        List<String> known = runs.get(key);
        if (known == null) {
            known = Trial.of(folder.resolve("run-" + runs.size()), before, call);
            runs.put(key, known);
        }
        return known;
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void whenAParameterIsChanged_thenWhatHappensChanges(Proof proof) throws Exception {
        // given
        boolean isGone = proof.sees().startsWith("!");
        boolean differs = proof.sees().startsWith("~");
        Pattern pattern = Pattern.compile(isGone || differs ? proof.sees().substring(1) : proof.sees());

        // when
        List<String> first = run(proof.before(), proof.first());
        List<String> second = run(proof.before(), proof.second());

        // then
        Optional<String> inFirst = found(pattern, first);
        Optional<String> inSecond = found(pattern, second);
        String where = proof.name() + "\n--- " + proof.first() + "\n" + String.join("\n", first) + "\n--- "
                + proof.second() + "\n" + String.join("\n", second) + "\n";
        if (differs) {
            assertThat(inFirst).as(where).isPresent();
            assertThat(inSecond).as(where).isPresent().isNotEqualTo(inFirst);
        } else {
            assertThat(isGone ? inFirst : inSecond).as(where).isPresent();
            assertThat(isGone ? inSecond : inFirst).as(where).isEmpty();
        }
        if (isGone) {
            // Not because the second call was refused.
            assertThat(second).as(where).anyMatch(line -> line.startsWith("RESULT "));
        }
    }

    private static Optional<String> found(Pattern pattern, List<String> lines) {
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(match -> match.group(match.groupCount() > 0 && match.group(1) != null ? 1 : 0))
                .findFirst();
    }

    @Test
    void whenTheCatalogueIsRead_thenNoParameterLacksAProof() throws IOException {
        // given
        TreeSet<String> declared = new TreeSet<>();
        for (StepDefinition step : StepCatalog.all()) {
            step.parameters().forEach(spec -> declared.add(step.functionName() + "." + spec.name()));
        }

        // when
        TreeSet<String> proved = new TreeSet<>();
        proofs().forEach(proof -> proved.add(proof.name()));

        // then
        assertThat(proved).isEqualTo(declared);
    }
}
