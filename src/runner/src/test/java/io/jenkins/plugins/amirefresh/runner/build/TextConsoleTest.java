package io.jenkins.plugins.amirefresh.runner.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.runner.time.PlainTime;
import java.io.BufferedWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextConsoleTest {

    @Test
    void whenALineIsPrinted_thenItIsThereForWhoeverReadsTheFile() {
        // given
        StringWriter file = new StringWriter();
        TextConsole console = new TextConsole(new PlainTime(Instant.EPOCH), List.of(new BufferedWriter(file)));

        // when
        console.print(List.of(), List.of(), "waiting");

        // then
        assertThat(file.toString()).isEqualTo("waiting\n");
    }
}
