package io.jenkins.plugins.amirefresh.test.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.catalog.StepCatalog;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code vars/} says what the catalogue says. After a change of a step: {@code mvn -pl test -am test -Dtest=VarsTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.update=true}, and review the difference as code.
 */
class VarsTest {

    private static final Path VARS = Path.of("..", "vars");

    static List<StepDefinition> steps() {
        return StepCatalog.all();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void whenHelpIsRead_thenItNamesEveryParameterWithItsDefault(StepDefinition step) throws IOException {
        // given
        Path file = VARS.resolve(StepHelp.fileName(step));
        String expected = StepHelp.of(step);
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(file, expected);
        }

        // when
        String text = Files.readString(file);

        // then
        assertThat(text).isEqualTo(expected);
        for (ParameterSpec spec : step.parameters()) {
            assertThat(text).contains("\n" + spec.name() + " (");
        }
    }

    @ParameterizedTest
    @MethodSource("steps")
    void whenAVariableIsCalled_thenItHandsEverythingToTheStepOfItsName(StepDefinition step) throws IOException {
        // when
        String groovy = Files.readString(VARS.resolve(step.functionName() + ".groovy"));

        // then
        assertThat(groovy.lines().count()).isLessThanOrEqualTo(30);
        assertThat(groovy).contains("def call(Map args = [:])", "return steps." + step.functionName() + "(args)");
    }

    @Test
    void whenVarsIsListed_thenNothingHidesAStepThatDoesNotExist() throws IOException {
        // given
        List<String> known = steps().stream().map(StepDefinition::functionName).toList();

        // when
        List<String> names;
        try (Stream<Path> files = Files.list(VARS)) {
            names = files.map(file -> file.getFileName().toString().replaceAll("\\.(groovy|txt)$", ""))
                    .filter(name -> !name.equals("amiRefreshPipeline"))
                    .distinct()
                    .toList();
        }

        // then
        assertThat(known).containsAll(names);
    }

    @Test
    void whenTheHelpOfTheWholePipelineIsRead_thenItNamesEveryParameterItTakes() throws IOException {
        // given
        String groovy = Files.readString(VARS.resolve("amiRefreshPipeline.groovy"));
        Matcher known = Pattern.compile("List known = \\[(.*)]").matcher(groovy);
        assertThat(known.find()).isTrue();

        // when
        List<String> explained = Files.readString(VARS.resolve("amiRefreshPipeline.txt"))
                .lines()
                .filter(line -> line.matches("\\w+ \\(.*\\)"))
                .map(line -> line.replaceAll(" .*", ""))
                .toList();

        // then
        assertThat(explained).containsExactly(known.group(1).replace("'", "").split(", "));
    }

    @Test
    void whenAWaveOfTheWholePipelineIsChecked_thenItTakesWhatAWaveOfTheStepTakes() throws IOException {
        // given
        String groovy = Files.readString(VARS.resolve("amiRefreshPipeline.groovy"));
        Matcher selecting = Pattern.compile("List selecting\\(\\) \\{\\s*return \\[([^]]*)]")
                .matcher(groovy);
        assertThat(selecting.find()).isTrue();

        // then
        assertThat(selecting.group(1).replace("'", "").split(",\\s*"))
                .containsExactlyElementsOf(steps().stream()
                        .flatMap(step -> step.parameters().stream())
                        .filter(spec -> spec.name().equals("waves"))
                        .findFirst()
                        .orElseThrow()
                        .choices());
    }
}
