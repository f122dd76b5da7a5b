package io.jenkins.plugins.amirefresh.test.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ansible replaces all instances of a group with its own loop, then with an instance refresh. */
@Tag("real-clients")
class AnsibleTest {
    private static final int SPEED = 120;

    private static final String PLAYBOOK = "/usr/bin/ansible-playbook";

    @TempDir
    private Path directory;

    @Test
    void whenAnsibleReplacesAllInstances_thenTheyRunTheNewVersion() throws IOException, InterruptedException {
        try (SimulatorProcess simulator = SimulatorProcess.start(directory, SPEED)) {
            // given
            Command client = new Command(directory, simulator.variables());
            client.require("ansible", PLAYBOOK, "--version");

            // when
            String output = client.run(
                    PLAYBOOK,
                    "-i",
                    "localhost,",
                    "-e",
                    "ansible_python_interpreter=/usr/bin/python3",
                    Command.script("ansible_fleet.yaml"));

            // then
            assertThat(output).contains("replaced, versions: 2", "the instance refresh: Successful");
        }
    }
}
