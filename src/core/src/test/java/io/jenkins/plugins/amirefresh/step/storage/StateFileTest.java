package io.jenkins.plugins.amirefresh.step.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.step.StepState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("steps/7.jsonl");
    }

    @Test
    void whenReopened_thenHoldsTheLastDocumentOfEachKey() {
        // given
        StateFile file = StateFile.open(path());
        file.save(StepState.of(Map.of("step", "{\"phase\":1}")));
        file.save(file.saved().with("group:a", "{\"n\":1}").with("step", "{\"phase\":2}"));

        // when
        StepState reopened = StateFile.open(path()).saved();

        // then
        assertThat(reopened.documents())
                .containsOnly(Map.entry("step", "{\"phase\":2}"), Map.entry("group:a", "{\"n\":1}"));
    }

    @Test
    void whenOneDocumentOfManyChanged_thenAppendsOneLine() throws IOException {
        // given
        StateFile file = StateFile.open(path());
        file.save(StepState.of(Map.of("a", "1", "b", "2", "c", "3")));

        // when
        file.save(file.saved().with("b", "4"));

        // then
        assertThat(Files.readAllLines(path())).hasSize(4).last().isEqualTo("{\"v\":1,\"key\":\"b\",\"state\":4}");
    }

    @Test
    void whenACrashToreTheLastLine_thenTheLineBeforeCountsAndTheNextAppendIsWhole() throws IOException {
        // given
        StateFile.open(path()).save(StepState.of(Map.of("step", "{\"phase\":1}")));
        Files.writeString(path(), "{\"v\":1,\"key\":\"step\",\"sta", StandardOpenOption.APPEND);

        // when
        StateFile file = StateFile.open(path());
        StepState found = file.saved();
        file.save(found.with("step", "{\"phase\":3}"));

        // then
        assertThat(found.document("step")).hasValue("{\"phase\":1}");
        assertThat(StateFile.open(path()).saved().document("step")).hasValue("{\"phase\":3}");
    }

    @Test
    void whenAnOlderStateOfADocumentIsDamaged_thenTheLastOneCounts() throws IOException {
        // given
        Files.createDirectories(path().getParent());
        Files.write(
                path(),
                List.of(
                        "{\"v\":1,\"key\":\"step\",\"state\":{\"pha}",
                        "{\"v\":1,\"key\":\"step\",\"state\":{\"phase\":2}}"));

        // when
        StepState found = StateFile.open(path()).saved();

        // then
        assertThat(found.document("step")).hasValue("{\"phase\":2}");
    }

    @Test
    void whenTheLastStateOfADocumentIsDamaged_thenSaysWhere() throws IOException {
        // given
        Files.createDirectories(path().getParent());
        Files.write(
                path(),
                List.of(
                        "{\"v\":1,\"key\":\"step\",\"state\":{\"phase\":2}}",
                        "{\"v\":1,\"key\":\"step\",\"state\":{\"pha}"));

        // when, then
        assertThatThrownBy(() -> StateFile.open(path())).hasMessageContaining("line 2 is not a saved state");
    }

    @Test
    void whenALaterReleaseWroteIt_thenSaysSo() throws IOException {
        // given
        Files.createDirectories(path().getParent());
        Files.write(path(), List.of("{\"v\":99,\"key\":\"step\",\"state\":{}}"));

        // when, then
        assertThatThrownBy(() -> StateFile.open(path()))
                .hasMessageContaining("line 1")
                .hasMessageContaining("version 99")
                .hasMessageContaining("update the plugin");
    }

    @Test
    void whenADocumentIsSpreadOverLines_thenItIsRefusedRatherThanTorn() {
        // given
        StateFile file = StateFile.open(path());

        // when, then
        assertThatThrownBy(() -> file.save(StepState.of(Map.of("step", "{\n}"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("line break");
        assertThat(StateFile.open(path()).saved().isEmpty()).isTrue();
    }

    @Test
    void whenATextHoldsAnEscapedLineBreak_thenReadsBackEqual() {
        // given
        StateFile file = StateFile.open(path());

        // when
        file.save(StepState.of(Map.of("step", "\"a\\nb\"")));

        // then
        assertThat(StateFile.open(path()).saved().document("step")).hasValue("\"a\\nb\"");
    }
}
