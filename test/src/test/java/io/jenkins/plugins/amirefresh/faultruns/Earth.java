package io.jenkins.plugins.amirefresh.faultruns;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.wire.ServiceModels;

/** What all worlds share and none changes, so that it is read once. */
final class Earth {

    private final AccountReader reader = new AccountReader();
    private final ServiceModels models = new ServiceModels();

    Simulator simulator(World world) {
        return Simulator.of(reader.read("world " + world.seed(), world.account()), models);
    }
}
