package io.jenkins.plugins.amirefresh.step.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReadingTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void write() {
        path = folder.resolve("journal.jsonl");
        JournalFile journal = JournalFile.open(path);
        journal.appendAll(List.of(note(1), note(2), note(3), note(2)));
        JournalFile.open(path).append(note(4));
    }

    private static JournalEvent note(int number) {
        return new JournalEvent("key-" + number, NOON, "test", new JournalFact.Note("web", "line " + number));
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(path));
    }

    private List<String> problems() {
        return JournalReading.of(path).problems().stream().map(Object::toString).toList();
    }

    @Test
    void whenNothingWasTouched_thenItIsWholeAndKnowsEachOfItsEnds() throws IOException {
        // when
        JournalReading reading = JournalReading.of(path);

        // then
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.events()).containsExactly(note(1), note(2), note(3), note(4));
        assertThat(lines().get(3)).contains(reading.head());
        Files.write(path, lines().subList(0, 3));
        assertThat(JournalReading.of(path).has(reading.head())).isFalse();
        assertThat(reading.has(JournalReading.of(path).head())).isTrue();
    }

    @Test
    void whenALineIsChanged_thenThatLineIsNamedAndStillRead() throws IOException {
        // given
        List<String> lines = lines();
        lines.set(1, lines.get(1).replace("line 2", "line X"));

        // when
        Files.write(path, lines);

        // then
        assertThat(problems())
                .containsExactly(
                        "line 2: its hash does not fit: it, or the line before it, was changed, taken out or moved");
        assertThat(JournalReading.of(path).events()).hasSize(4);
    }

    @Test
    void whenALineIsTakenOut_thenTheOneAfterItIsNamed() throws IOException {
        // given
        List<String> lines = lines();
        lines.remove(1);

        // when
        Files.write(path, lines);

        // then
        assertThat(JournalReading.of(path).problems())
                .extracting(JournalReading.Problem::line)
                .containsExactly(2);
    }

    @Test
    void whenALineIsPutIn_thenItIsNamed() throws IOException {
        // given
        List<String> lines = lines();
        lines.add(2, lines.get(1).replaceAll(",\"chain\".*", "}").replace("key-2", "key-9"));

        // when
        Files.write(path, lines);

        // then
        assertThat(problems()).first().asString().startsWith("line 3: it carries no hash");
    }

    @Test
    void whenLinesAreNoEvents_thenTheRestIsReadAndNoStepActsByIt() throws IOException {
        // given
        List<String> lines = lines();
        lines.set(2, lines.get(2).substring(0, 30));
        lines.add("null");
        lines.add("{\"key\":\"k\",\"at\":\"2026-11-22T12:00:00Z\",\"step\":\"s\",\"fact\":{\"kind\":\"of-tomorrow\"}}");

        // when
        Files.write(path, lines);

        // then
        assertThat(JournalReading.of(path).problems())
                .filteredOn(JournalReading.Problem::isLost)
                .extracting(JournalReading.Problem::line)
                .containsExactly(3, 5, 6);
        assertThat(JournalReading.of(path).events()).containsExactly(note(1), note(2), note(4));
        assertThatThrownBy(() -> JournalFile.open(path)).hasMessageContaining("line 3: it cannot be read");
    }

    @Test
    void whenTheHostDiedWhileItWrote_thenTheTornEndIsToldAndTheNextAppendCutsItOff() throws IOException {
        // given
        Files.writeString(path, "{\"key\":\"key-5\",", StandardOpenOption.APPEND);

        // when
        List<String> torn = problems();
        JournalFile.open(path).append(note(6));

        // then
        assertThat(torn).containsExactly("line 5: it was cut off while it was written");
        assertThat(problems()).isEmpty();
        assertThat(JournalReading.of(path).events()).last().isEqualTo(note(6));
    }

    @Test
    void whenAnOlderVersionBeganIt_thenItGoesOnChained() throws IOException {
        // given
        List<String> plain = lines().stream()
                .map(line -> line.replaceAll(",\"chain\":\"[0-9a-f]+\"", ""))
                .toList();
        Files.write(path, plain);

        // when
        JournalFile.open(path).append(note(5));

        // then
        assertThat(problems()).isEmpty();
        assertThat(JournalReading.of(path).events()).hasSize(5);
        Files.write(
                path,
                lines().stream().map(line -> line.replace("line 2", "line X")).toList());
        assertThat(JournalReading.of(path).problems())
                .extracting(JournalReading.Problem::line)
                .containsExactly(5);
    }
}
