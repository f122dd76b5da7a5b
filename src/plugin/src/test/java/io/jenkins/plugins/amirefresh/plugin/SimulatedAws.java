package io.jenkins.plugins.amirefresh.plugin;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import io.jenkins.plugins.amirefresh.plugin.config.AmiRefreshConfiguration;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.server.SimulatorServer;
import java.io.IOException;
import jenkins.model.Jenkins;

/** The sample account on a port of this machine, its time running fast. */
final class SimulatedAws implements AutoCloseable {

    private static final int SPEED = 60;

    private final SimulatorServer server = SimulatorServer.start(Simulator.of(new AccountReader().sample()), 0, SPEED);

    /** Sends all calls of a controller here, with credentials that are kept there. */
    void serve() throws IOException {
        AmiRefreshConfiguration configuration = AmiRefreshConfiguration.get();
        configuration.setEndpoint(server.endpoint().toString());
        configuration.setProbeProxy(server.endpoint().toString());
        configuration.setRegions("eu-west-1");
        configuration.save();
        CredentialsProvider.lookupStores(Jenkins.get())
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(),
                        new AWSCredentialsImpl(CredentialsScope.GLOBAL, "keys", "AKIATEST", "secret", "of the tests"));
    }

    @Override
    public void close() {
        server.close();
    }
}
