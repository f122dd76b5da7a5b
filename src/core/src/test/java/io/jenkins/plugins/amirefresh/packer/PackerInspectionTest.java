package io.jenkins.plugins.amirefresh.packer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PackerInspectionTest {

    @Test
    void readsWhatPackerWrote() throws IOException {
        var values = PackerInspection.values(Files.readString(Path.of("src/test/resources/packer/inspect.txt")));

        assertThat(values)
                .containsEntry("source_ami", "ami-auto")
                .containsEntry("n", "")
                .containsEntry("region", "")
                .containsEntry("sec", PackerInspection.SENSITIVE)
                .containsEntry("tags", "{}")
                .containsEntry("local.c", "ssh")
                .hasSize(7);
        assertThat(PackerInspection.list(values.getOrDefault("owners", ""))).containsExactly("self", "amazon");
        assertThat(PackerInspection.normal(values.getOrDefault("owners", ""))).isEqualTo("[\"self\",\"amazon\"]");
    }

    @Test
    void readsNothingElse() {
        assertThat(PackerInspection.values("var.a: \"cut\nvar.b: \"\\x00\"\nError: var.c: \"x\"\n"))
                .isEmpty();
        assertThat(PackerInspection.list("local.x")).isEmpty();
    }
}
