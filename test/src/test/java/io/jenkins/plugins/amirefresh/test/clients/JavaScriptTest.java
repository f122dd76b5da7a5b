package io.jenkins.plugins.amirefresh.test.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AWS SDK for JavaScript v3 gives a group a new version and refreshes it. */
@Tag("real-clients")
class JavaScriptTest {
    private static final int SPEED = 120;

    /** Modules are looked for beside the script, so it runs where .ci/run has installed them. */
    private static final Path MODULES = Command.file("test/target/npm");

    @TempDir
    private Path directory;

    @Test
    void whenJavaScriptRefreshesAGroup_thenItEndsSuccessful() throws IOException, InterruptedException {
        assertThat(MODULES.resolve("node_modules/@aws-sdk/client-auto-scaling"))
                .as("npm install --prefix test/target/npm @aws-sdk/client-auto-scaling@3 @aws-sdk/client-ec2@3")
                .isDirectory();
        try (SimulatorProcess simulator = SimulatorProcess.start(directory, SPEED)) {
            // given
            Command client = new Command(directory, simulator.variables());
            client.require("nodejs", "node", "--version");
            Path script = MODULES.resolve("javascript_fleet.mjs");
            Files.copy(Path.of(Command.script("javascript_fleet.mjs")), script, StandardCopyOption.REPLACE_EXISTING);

            // when
            String output = client.run("node", script.toString());

            // then
            assertThat(output)
                    .contains(
                            "groups: 19",
                            "the new version keeps its AMI: true",
                            "the instance refresh: Successful",
                            "their versions: 2",
                            "a group that is not there: ValidationError");
        }
    }
}
