package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import io.jenkins.plugins.amirefresh.simulator.account.Behaviour;
import io.jenkins.plugins.amirefresh.simulator.behavior.Conduct;
import io.jenkins.plugins.amirefresh.simulator.behavior.ShellHost;
import io.jenkins.plugins.amirefresh.simulator.behavior.Shells;
import io.jenkins.plugins.amirefresh.simulator.kernel.SimulatedTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The instances that people can log into: those that declare it, from their boot until they stop, end or break. */
public final class OpenShells implements InstanceListener, Shells {

    private final SimulatedTime time;
    private final Map<String, ShellHost> open = new LinkedHashMap<>();
    private final List<Watcher> watchers = new ArrayList<>();

    /** None yet. */
    public OpenShells(SimulatedTime time) {
        this.time = time;
    }

    @Override
    public void watch(Watcher watcher) {
        watchers.add(watcher);
        open.values().forEach(watcher::opened);
    }

    @Override
    public void stateChanged(Instance instance, InstanceState before) {
        if (instance.state() == InstanceState.RUNNING) {
            started(instance);
        } else if (before == InstanceState.RUNNING) {
            close(instance);
        }
    }

    /** The instance runs from now on, or has run since before the simulation began. */
    void started(Instance instance) {
        Conduct conduct = instance.conduct();
        Behaviour.Ssh ssh = conduct.declared().ssh();
        if (ssh == null) {
            return;
        }
        time.at(conduct.booted(), () -> {
            if (isStill(instance, conduct)) {
                open(instance, ssh);
            }
        });
        conduct.unreachable()
                .ifPresent(moment -> time.at(moment, () -> {
                    if (isStill(instance, conduct)) {
                        close(instance);
                    }
                }));
    }

    private static boolean isStill(Instance instance, Conduct conduct) {
        return instance.state() == InstanceState.RUNNING && instance.conduct().equals(conduct);
    }

    private void open(Instance instance, Behaviour.Ssh ssh) {
        ShellHost host = new ShellHost(
                instance.id(),
                instance.privateAddress(),
                instance.birth().publicKey(),
                ssh,
                instance.conduct().declared());
        open.put(instance.id(), host);
        watchers.forEach(watcher -> watcher.opened(host));
    }

    private void close(Instance instance) {
        Optional.ofNullable(open.remove(instance.id()))
                .ifPresent(host -> watchers.forEach(watcher -> watcher.closed(host)));
    }
}
