package io.jenkins.plugins.amirefresh.simulator.ssh;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviour;
import io.jenkins.plugins.amirefresh.simulator.behavior.ShellHost;
import io.jenkins.plugins.amirefresh.simulator.behavior.Shells;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Opens the SSH port of every machine that declares one, at the machine's loopback address, while it can be reached. */
public final class SshFront implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SshFront.class.getName());
    private static final long CLOSE_SECONDS = 10;

    private final LoopbackServer server;
    private final SshLog log;
    private final Map<String, Machine> byAddress = new ConcurrentHashMap<>();

    /** Ports open and close outside the simulator's lock, one after the other. */
    private final ExecutorService ports = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "simulator-ssh-ports");
        thread.setDaemon(true);
        return thread;
    });

    private SshFront(Simulator simulator) {
        this.log = new SshLog(simulator::now);
        this.server = new LoopbackServer(byAddress, log, simulator);
    }

    /**
     * Starts; does nothing at all when the account file declares no SSH.
     *
     * @throws UncheckedIOException when a declared port cannot be bound
     */
    public static SshFront start(Simulator simulator) {
        SshFront front = new SshFront(simulator);
        SortedSet<Integer> declared = simulator.account().behaviours().stream()
                .map(Behaviour::ssh)
                .filter(Objects::nonNull)
                .map(Behaviour.Ssh::port)
                .collect(Collectors.toCollection(TreeSet::new));
        if (declared.isEmpty()) {
            return front;
        }
        try {
            front.claim(declared);
        } catch (UncheckedIOException refused) {
            front.close();
            throw refused;
        }
        simulator.watchShells(new Shells.Watcher() {
            @Override
            public void opened(ShellHost host) {
                front.ports.execute(() -> front.open(host));
            }

            @Override
            public void closed(ShellHost host) {
                front.ports.execute(() -> front.shut(host));
            }
        });
        return front;
    }

    /** Listens where no machine ever is: whoever may not bind a port learns it now and not in the middle of a build. */
    private void claim(SortedSet<Integer> ports) {
        for (int port : ports) {
            try {
                server.claim(new InetSocketAddress(ShellHost.UNUSED, port));
            } catch (IOException refused) {
                throw new UncheckedIOException(
                        "SSH port " + port + " cannot be bound on loopback addresses like " + ShellHost.UNUSED + ": "
                                + refused.getMessage()
                                + "; another simulator or an SSH server may hold it, and ports below 1024 may need"
                                + " privileges: declare another port (Packer's ssh_port), or run simulator and client"
                                + " in a network of their own (see 'Try your own tools')",
                        refused);
            }
        }
    }

    private void open(ShellHost host) {
        try {
            Machine machine = Machine.of(host);
            byAddress.put(host.address(), machine);
            server.open(new InetSocketAddress(host.address(), host.ssh().port()));
        } catch (IOException refused) {
            shut(host);
            LOG.log(
                    System.Logger.Level.ERROR,
                    "nobody can log into " + host.instanceId() + ": " + host.address() + " port "
                            + host.ssh().port() + " cannot be opened: " + refused.getMessage());
        }
    }

    private void shut(ShellHost host) {
        server.shut(new InetSocketAddress(host.address(), host.ssh().port()));
        Machine machine = byAddress.remove(host.address());
        if (machine != null) {
            remove(machine);
        }
    }

    private static void remove(Machine machine) {
        try {
            machine.close();
        } catch (IOException left) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the folder of " + machine.host().instanceId() + " cannot be removed: " + left.getMessage());
        }
    }

    /** Every command and transfer so far, oldest first. */
    public List<SshLog.Entry> log() {
        return log.entries();
    }

    /** Waits until every port that is about to open or close has done so. */
    void settle() {
        try {
            ports.submit(() -> {}).get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public void close() {
        ports.shutdown();
        try {
            if (!ports.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "SSH ports are still being opened or closed");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        server.close();
        byAddress.values().forEach(SshFront::remove);
        byAddress.clear();
    }
}
