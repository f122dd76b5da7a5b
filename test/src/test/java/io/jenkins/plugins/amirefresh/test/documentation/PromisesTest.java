package io.jenkins.plugins.amirefresh.test.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Each promise of the README has tests in {@code docs/promises.md} that prove it, and each of those tests exists. */
class PromisesTest {

    private static final Path ROOT = Path.of("..");
    private static final String HEADING = "## What it promises";
    private static final Pattern PROOF = Pattern.compile("`(\\w+)#(\\w+)`");

    @Test
    void whenThePromisesAreRead_thenEachHasItsProofs() throws IOException {
        // when
        List<String> promised = promises(Files.readString(ROOT.resolve("README.md")));
        List<String> proved = rows().stream().map(row -> row.get(0)).toList();

        // then
        assertThat(promised).hasSizeGreaterThan(5);
        assertThat(proved).containsExactlyElementsOf(promised);
    }

    @Test
    void whenAProofIsNamed_thenItIsATestThatRuns() throws IOException {
        // given
        JavaClasses tests = new ClassFileImporter().importPackages("io.jenkins.plugins.amirefresh");

        for (List<String> row : rows()) {
            // when
            List<MatchResult> proofs = PROOF.matcher(row.get(1)).results().toList();

            // then
            assertThat(proofs).as(row.get(0)).isNotEmpty();
            for (MatchResult proof : proofs) {
                assertThat(tests.stream().anyMatch(type -> has(type, proof.group(1), proof.group(2))))
                        .as(proof.group())
                        .isTrue();
            }
        }
    }

    private static boolean has(JavaClass type, String name, String method) {
        return type.getSimpleName().equals(name)
                && type.getMethods().stream().anyMatch(found -> found.getName().equals(method) && runs(found));
    }

    private static boolean runs(JavaMethod method) {
        return (method.isAnnotatedWith(Test.class) || method.isAnnotatedWith(ParameterizedTest.class))
                && !method.isAnnotatedWith(Disabled.class);
    }

    /** The list's items, each on one line. */
    private static List<String> promises(String readme) {
        List<String> items = new ArrayList<>();
        String section = readme.substring(readme.indexOf(HEADING) + HEADING.length());
        List<String> lines =
                section.substring(0, section.indexOf("\n## ")).lines().toList();
        for (String line : lines) {
            if (line.startsWith("- ")) {
                items.add(line.substring(2).strip());
            } else if (line.startsWith("  ")) {
                items.add(items.remove(items.size() - 1) + " " + line.strip());
            }
        }
        return items;
    }

    private static List<List<String>> rows() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/promises.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| promise") && !line.startsWith("|---"))
                .map(line -> List.of(line.substring(2, line.lastIndexOf('|')).split(" \\| ", 2)))
                .map(cells -> List.of(cells.get(0).strip(), cells.get(1).strip()))
                .toList();
    }
}
