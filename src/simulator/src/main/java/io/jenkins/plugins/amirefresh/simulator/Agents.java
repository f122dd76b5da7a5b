package io.jenkins.plugins.amirefresh.simulator;

import io.jenkins.plugins.amirefresh.simulator.account.Behaviour.CommandOutcome;
import io.jenkins.plugins.amirefresh.simulator.ec2.Ec2World;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.Instance;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.InstanceState;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import io.jenkins.plugins.amirefresh.simulator.ssm.Machines;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** EC2's instances as Systems Manager reaches them: each runs its agent once it has booted. */
record Agents(World world, Ec2World ec2) implements Machines {

    private Optional<Instance> instance(AccountRegion at, String instanceId) {
        return ec2.region(at).instances().find(instanceId);
    }

    @Override
    public boolean isManaged(AccountRegion at, String instanceId) {
        return instance(at, instanceId)
                .filter(instance -> instance.state() == InstanceState.RUNNING)
                .filter(instance ->
                        !world.time().now().isBefore(instance.conduct().booted()))
                .filter(instance -> instance.conduct().declared().hasSsmAgent())
                .isPresent();
    }

    @Override
    public List<String> tagged(AccountRegion at, String key, List<String> values) {
        return ec2.region(at).instances().all().stream()
                .filter(instance -> instance.tags()
                        .get(key)
                        .filter(value -> values.isEmpty() || values.contains(value))
                        .isPresent())
                .map(Instance::id)
                .toList();
    }

    @Override
    public Optional<CommandOutcome> outcome(AccountRegion at, String instanceId, String script) {
        return instance(at, instanceId)
                .flatMap(instance -> instance.conduct().declared().outcome(script));
    }

    @Override
    public Map<String, String> tags(AccountRegion at, String instanceId) {
        return instance(at, instanceId).map(found -> found.tags().asMap()).orElse(Map.of());
    }
}
