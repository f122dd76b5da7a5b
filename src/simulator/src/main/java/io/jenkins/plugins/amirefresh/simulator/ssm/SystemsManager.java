package io.jenkins.plugins.amirefresh.simulator.ssm;

import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountSeeder;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ProtectedResources;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service {@code ssm}. */
public final class SystemsManager implements AwsService, AccountSeeder, ProtectedResources {

    private final Parameters parameters;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private @Nullable Machines machines;

    /** Without parameters yet. */
    public SystemsManager(World world) {
        this.parameters = new Parameters(world);
        parameters.addTo(operations);
    }

    /** From now on commands reach these machines. */
    public void reach(World world, Machines newMachines) {
        machines = newMachines;
        new Commands(world, newMachines).addTo(operations);
    }

    /** A command needs its document and each instance. Source: Service Authorization Reference, "AWS Systems Manager". */
    @Override
    public List<Resource> resources(ServiceCall call) {
        if (call.operation().startsWith("GetParameter")) {
            return parameters(call);
        }
        Machines known = machines;
        if (!call.operation().equals("SendCommand") || known == null) {
            return List.of();
        }
        AccountRegion at = call.caller().at();
        String document = call.input().path("DocumentName").asText();
        String owner = document.startsWith("AWS-") ? "" : at.accountId();
        List<Resource> resources = new ArrayList<>();
        resources.add(new Resource("arn:aws:ssm:" + at.region() + ":" + owner + ":document/" + document, Map.of()));
        Json.texts(call.input(), "InstanceIds")
                .forEach(id -> resources.add(new Resource(at.arn("ec2", "instance/" + id), known.tags(at, id))));
        return resources;
    }

    /** Source: Service Authorization Reference, Systems Manager: the ARN has one slash, whatever the name begins with. */
    private static List<Resource> parameters(ServiceCall call) {
        List<String> names = new ArrayList<>(Json.texts(call.input(), "Names"));
        for (String member : List.of("Name", "Path")) {
            String name = call.input().path(member).asText();
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names.stream()
                .map(name -> new Resource(
                        call.caller().at().arn("ssm", "parameter/" + name.replaceFirst("^/", "")), Map.of()))
                .toList();
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
