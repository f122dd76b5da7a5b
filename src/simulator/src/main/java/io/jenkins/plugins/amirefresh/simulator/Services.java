package io.jenkins.plugins.amirefresh.simulator;

import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviours;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import io.jenkins.plugins.amirefresh.simulator.recorder.Recorder;
import java.util.List;

/** Which services a simulator has, and who knows whom among them. */
final class Services {

    private Services() {}

    /** In the order in which they seed: a service comes after those whose resources it refers to. */
    static List<AwsService> of(World world, AccountFile file, Behaviours behaviours, Recorder recorder) {
        return List.of();
    }
}
