package io.jenkins.plugins.amirefresh.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFileException;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredFault;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredGroup;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredInstance;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredLaunchConfiguration;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredRegion;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredTaskDefinition;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredTemplate;
import io.jenkins.plugins.amirefresh.simulator.account.Happening;
import io.jenkins.plugins.amirefresh.simulator.account.Wildcard;
import io.jenkins.plugins.amirefresh.simulator.ecs.ContainerServices;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Nearest;
import io.jenkins.plugins.amirefresh.simulator.wire.Checks;
import io.jenkins.plugins.amirefresh.simulator.wire.MemberCheck;
import io.jenkins.plugins.amirefresh.simulator.wire.ServiceModel;
import io.jenkins.plugins.amirefresh.simulator.wire.Wire;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds what an account file says in AWS's own words against AWS's models: further members of templates and groups, what
 * others do, which calls faults meet. Refuses the first mistake with its line.
 */
final class AccountCalls {

    private final AccountFile file;
    private final List<AwsService> services;
    private final Wire wire;

    AccountCalls(AccountFile file, List<AwsService> services, Wire wire) {
        this.file = file;
        this.services = services;
        this.wire = wire;
    }

    void check() {
        file.accounts().forEach(account -> account.regions().forEach(this::region));
        file.happenings().forEach(this::happening);
        file.faults().forEach(this::fault);
    }

    private AccountFileException wrong(int line, String problem) {
        return new AccountFileException(file.source(), line, problem);
    }

    private void region(DeclaredRegion region) {
        region.launchTemplates().forEach(this::template);
        region.launchConfigurations().forEach(this::launchConfiguration);
        region.autoScalingGroups().forEach(this::group);
        for (DeclaredTaskDefinition definition : region.taskDefinitions()) {
            for (DeclaredTaskDefinition.Revision revision : definition.revisions()) {
                ObjectNode input = object().put("family", definition.family());
                input.setAll(orEmpty(revision.request()));
                request("ecs", "RegisterTaskDefinition", input, revision.line());
            }
        }
        region.clusters().forEach(cluster -> cluster.services()
                .forEach(service ->
                        request("ecs", "CreateService", ContainerServices.request(service), service.line())));
        region.instances().forEach(this::instance);
    }

    private void instance(DeclaredInstance instance) {
        ObjectNode input = object().put("MinCount", 1).put("MaxCount", 1);
        input.setAll(orEmpty(instance.request()));
        request("ec2", "RunInstances", input, instance.line());
    }

    private void template(DeclaredTemplate template) {
        for (DeclaredTemplate.Version version : template.versions()) {
            ObjectNode input = object().put("LaunchTemplateName", template.name());
            Optional.ofNullable(version.description()).ifPresent(text -> input.put("VersionDescription", text));
            input.set("LaunchTemplateData", orEmpty(version.request()));
            request("ec2", "CreateLaunchTemplate", input, version.line());
        }
    }

    private void launchConfiguration(DeclaredLaunchConfiguration configuration) {
        ObjectNode input = object().put("LaunchConfigurationName", configuration.name());
        input.setAll(orEmpty(configuration.request()));
        request("autoscaling", "CreateLaunchConfiguration", input, configuration.line());
    }

    private void group(DeclaredGroup group) {
        ObjectNode input = object().put("AutoScalingGroupName", group.name());
        input.put("MinSize", group.min()).put("MaxSize", group.max());
        input.setAll(orEmpty(group.request()));
        request("autoscaling", "CreateAutoScalingGroup", input, group.line());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode orEmpty(@Nullable JsonNode given) {
        return given instanceof ObjectNode object ? object : object();
    }

    private void request(String service, String operation, ObjectNode input, int line) {
        Optional<ServiceModel> known = wire.model(service);
        if (known.isEmpty()) {
            return;
        }
        MemberCheck.problem(known.get(), operation, input).ifPresent(problem -> {
            throw wrong(line, problem);
        });
        try {
            Checks.input(known.get(), operation, input);
        } catch (AwsError refusal) {
            throw wrong(line, "AWS would refuse it: " + refusal.getMessage());
        }
    }

    private void happening(Happening happening) {
        ServiceModel model = wire.model(happening.service())
                .orElseThrow(() -> wrong(
                        happening.line(),
                        "there is no service '" + happening.service() + "'; "
                                + Nearest.cure(happening.service(), names())));
        if (model.operation(happening.operation()).isEmpty()) {
            throw wrong(
                    happening.line(),
                    "AWS has no operation '" + happening.operation() + "' of " + happening.service() + "; "
                            + Nearest.cure(happening.operation(), model.operationNames()));
        }
        if (!operations(happening.service()).contains(happening.operation())) {
            throw wrong(
                    happening.line(),
                    "the simulator does not do " + happening.operation() + " of " + happening.service());
        }
        request(happening.service(), happening.operation(), orEmpty(happening.input()), happening.line());
    }

    private Set<String> names() {
        return services.stream().map(AwsService::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private Collection<String> operations(String service) {
        return services.stream()
                .filter(one -> one.name().equals(service))
                .flatMap(one -> one.operations().keySet().stream())
                .toList();
    }

    /** A fault that no call can meet is a slip of the pen. */
    private void fault(DeclaredFault fault) {
        List<AwsService> concerned = services.stream()
                .filter(service -> Wildcard.matches(fault.service(), service.name()))
                .toList();
        if (concerned.isEmpty()) {
            String service = String.valueOf(fault.service());
            throw wrong(fault.line(), "there is no service '" + service + "'; " + Nearest.cure(service, names()));
        }
        Set<String> operations = concerned.stream()
                .flatMap(service -> service.operations().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (operations.stream().noneMatch(operation -> Wildcard.matches(fault.operation(), operation))) {
            String operation = String.valueOf(fault.operation());
            throw wrong(
                    fault.line(), "no simulated call is '" + operation + "'; " + Nearest.cure(operation, operations));
        }
    }
}
