package io.jenkins.plugins.amirefresh.simulator.ssh;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviour.CommandOutcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.file.FileSystemFactory;
import org.apache.sshd.common.file.root.RootedFileSystemProvider;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.scp.server.ScpCommandFactory;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** One SSH server with a port at each machine's address; the address that a client came to says which machine it meant. */
final class LoopbackServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LoopbackServer.class.getName());
    private static final int HOST_KEY_BITS = 256;

    private final Map<String, Machine> machines;
    private final SshLog log;
    private final Server sshd;
    private final ExecutorService answers = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "simulator-ssh-answer");
        thread.setDaemon(true);
        return thread;
    });

    LoopbackServer(Map<String, Machine> machines, SshLog log, Simulator simulator) {
        this.machines = machines;
        this.log = log;
        this.sshd = (Server) ServerBuilder.builder()
                .factory(Server::new)
                .signatureFactories(signatures())
                .build(true);
        var hostKey = new SimpleGeneratorHostKeyProvider();
        hostKey.setAlgorithm("EC");
        hostKey.setKeySize(HOST_KEY_BITS);
        sshd.setKeyPairProvider(hostKey);
        sshd.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        sshd.setPublickeyAuthenticator((user, key, session) ->
                machine(session).filter(found -> found.admits(user, key)).isPresent());
        sshd.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        sshd.setFileSystemFactory(new Folders());
        sshd.setCommandFactory(new ScpCommandFactory.Builder()
                .withFileOpener(new ScpFiles())
                .addEventListener(new ScpNotes(this::note))
                .withDelegate((channel, command) -> command(channel, command, simulator))
                .build());
        sshd.setShellFactory(channel -> noShell());
        sshd.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder()
                .withFileSystemAccessor(new SftpFiles(this::note))
                .build()));
    }

    private ScriptedCommand command(ChannelSession channel, String command, Simulator simulator) throws IOException {
        ServerSession session = channel.getServerSession();
        Machine machine =
                machine(session).orElseThrow(() -> new IOException("the machine at " + address(session) + " is gone"));
        return new ScriptedCommand(
                machine.outcome(command),
                new ScriptedCommand.Turn(simulator::after, answers),
                exitCode -> note(session, "command", command.strip(), exitCode));
    }

    private ScriptedCommand noShell() {
        String advice =
                "This machine is simulated: it answers commands, for example 'ssh ADDRESS uptime', and has no shell.";
        CommandOutcome refusal = new CommandOutcome("*", "", 1, "", advice, Duration.ZERO);
        return new ScriptedCommand(
                refusal, new ScriptedCommand.Turn((after, action) -> action.run(), answers), code -> {});
    }

    private void note(ServerSession session, String kind, String text, long result) {
        machine(session)
                .ifPresent(found -> log.add(found.host().instanceId(), session.getUsername(), kind, text, result));
    }

    /** Older clients, like Packer 1.6, know RSA keys with SHA-1 alone. */
    private static List<NamedFactory<Signature>> signatures() {
        List<NamedFactory<Signature>> all =
                new ArrayList<>(NamedFactory.setUpBuiltinFactories(false, ServerBuilder.DEFAULT_SIGNATURE_PREFERENCE));
        if (all.stream().noneMatch(known -> known.getName().equals(BuiltinSignatures.rsa.getName()))) {
            all.add(BuiltinSignatures.rsa);
        }
        return all;
    }

    private Optional<Machine> machine(SessionContext session) {
        return Optional.ofNullable(machines.get(address(session)));
    }

    private static String address(SessionContext session) {
        return session.getLocalAddress() instanceof InetSocketAddress local && local.getAddress() != null
                ? local.getAddress().getHostAddress()
                : "";
    }

    /** Starts with the first claim; every later one is a further port. */
    void claim(InetSocketAddress address) throws IOException {
        if (sshd.isStarted()) {
            sshd.acceptor().bind(address);
        } else {
            sshd.setHost(address.getHostString());
            sshd.setPort(address.getPort());
            sshd.start();
        }
    }

    void open(InetSocketAddress address) throws IOException {
        sshd.acceptor().bind(address);
    }

    /** Closes the port and cuts whoever is logged in. */
    void shut(InetSocketAddress address) {
        sshd.acceptor().unbind(address);
        for (AbstractSession session : sshd.getActiveSessions()) {
            if (address.getAddress().getHostAddress().equals(address(session))) {
                session.close(true);
            }
        }
    }

    @Override
    public void close() {
        try {
            if (sshd.isStarted()) {
                sshd.stop(true);
            }
        } catch (IOException broken) {
            LOG.log(System.Logger.Level.WARNING, "the SSH server did not stop cleanly: " + broken.getMessage());
        }
        answers.shutdownNow();
    }

    private static final class Server extends SshServer {

        IoAcceptor acceptor() {
            return acceptor;
        }
    }

    /** Every session sees its machine's folder as the root. */
    private final class Folders implements FileSystemFactory {

        @Override
        public Path getUserHomeDir(SessionContext session) throws IOException {
            return root(session);
        }

        @Override
        public FileSystem createFileSystem(SessionContext session) throws IOException {
            return new RootedFileSystemProvider().newFileSystem(root(session), Map.of());
        }

        private Path root(SessionContext session) throws IOException {
            return machine(session)
                    .orElseThrow(() -> new IOException("the machine at " + address(session) + " is gone"))
                    .disk()
                    .root();
        }
    }
}
