package io.jenkins.plugins.amirefresh.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.step.storage.JournalFile;
import io.jenkins.plugins.amirefresh.step.storage.JournalReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyJournalTest {

    @TempDir
    private Path folder;

    private Path journal;
    private final StringWriter out = new StringWriter();

    @BeforeEach
    void record() {
        journal = folder.resolve("journal.jsonl");
        JournalFile file = JournalFile.open(journal);
        for (int line = 1; line <= 3; line++) {
            file.append(new JournalEvent(
                    "key-" + line,
                    Instant.parse("2026-11-22T12:00:00Z"),
                    "test",
                    new JournalFact.Note("web", "note " + line)));
        }
    }

    private int verify(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "verify-journal";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        PrintWriter writer = new PrintWriter(out, true);
        return Main.run(Map.of(), writer, writer, all);
    }

    @Test
    void whenTheRecordIsAsItWasWritten_thenItSaysSoWithItsEnd() {
        // when
        int code = verify(journal.toString());

        // then
        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("3 lines, 3 can be read; as it was written; its end is "
                        + JournalReading.of(journal).head());
    }

    @Test
    void whenALineWasChanged_thenItIsNamed() throws IOException {
        // given
        Files.writeString(journal, Files.readString(journal).replace("note 2", "note 0"));

        // when
        int code = verify(journal.toString());

        // then
        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).contains("line 2: its hash does not fit").contains("NOT as it was written");
    }

    @Test
    void whenTheEndWasTakenOff_thenWhoKnowsItFindsOut() throws IOException {
        // given
        String head = JournalReading.of(journal).head();
        Files.write(journal, Files.readAllLines(journal).subList(0, 2));

        // when
        int alone = verify(journal.toString());
        int known = verify(journal.toString(), "--head", head);

        // then
        assertThat(alone).isZero();
        assertThat(known).isEqualTo(1);
        assertThat(out.toString()).contains("lines were taken off its end");
    }

    @Test
    void whenThereIsNoSuchFile_thenItIsWrongUsage() {
        // when
        int code = verify(folder.resolve("none").toString());

        // then
        assertThat(code).isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(out.toString()).contains("there is no such file");
    }
}
