package io.jenkins.plugins.amirefresh.simulator.ssh;

import io.jenkins.plugins.amirefresh.simulator.account.Behaviour.CommandOutcome;
import io.jenkins.plugins.amirefresh.simulator.behavior.ShellHost;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/** One machine that can be logged into: who may, its folder, and what its commands answer. */
record Machine(ShellHost host, Disk disk) implements AutoCloseable {

    private static final CommandOutcome SILENT_SUCCESS = new CommandOutcome("*", "Success", 0, "", "", Duration.ZERO);

    static Machine of(ShellHost host) throws IOException {
        return new Machine(host, Disk.create(host.ssh().user(), host.ssh().files()));
    }

    /** Whether this user may log in with this key: the one the machine was launched with. */
    boolean admits(String user, PublicKey key) {
        String declared = host.ssh().user();
        return (declared.isEmpty() || declared.equals(user)) && same(host.publicKey(), PublicKeyEntry.toString(key));
    }

    private static boolean same(String known, String offered) {
        List<String> mine = List.of(known.split("\\s+", -1));
        List<String> theirs = List.of(offered.split("\\s+", -1));
        return mine.size() >= 2 && theirs.size() >= 2 && mine.subList(0, 2).equals(theirs.subList(0, 2));
    }

    /**
     * What a command ends with. The declared outcomes see the command and the scripts on this machine that it runs; tests
     * for files and making directories look at the machine's folder, since clients decide by them where files go.
     */
    CommandOutcome outcome(String command) {
        return host.behaviour()
                .outcome(command + disk.scriptsRunBy(command))
                .or(() -> disk.answer(command)
                        .map(exitCode -> new CommandOutcome("*", "", exitCode, "", "", Duration.ZERO)))
                .orElse(SILENT_SUCCESS);
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
