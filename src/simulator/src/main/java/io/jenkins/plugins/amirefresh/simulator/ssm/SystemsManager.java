package io.jenkins.plugins.amirefresh.simulator.ssm;

import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountSeeder;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The service {@code ssm}. */
public final class SystemsManager implements AwsService, AccountSeeder {

    private final Parameters parameters;
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    /** Without parameters yet. */
    public SystemsManager(World world) {
        this.parameters = new Parameters(world);
        parameters.addTo(operations);
    }

    /** From now on commands reach these machines. */
    public void reach(World world, Machines machines) {
        new Commands(world, machines).addTo(operations);
    }

    @Override
    public String name() {
        return "ssm";
    }

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    /** A parameter's value now. */
    public Optional<String> value(AccountRegion at, String name) {
        return parameters.value(at, name);
    }

    @Override
    public void seed(AccountFile file) {
        file.accounts().forEach(account -> account.regions().forEach(region -> region.parameters()
                .forEach((name, value) ->
                        parameters.declare(new AccountRegion(account.id(), region.name()), name, value))));
    }
}
