package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.LaunchConfigurations;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.List;
import java.util.Map;

/** The operations on launch configurations. Source: EC2 Auto Scaling API Reference. */
final class ConfigurationOperations {

    private final Ground ground;
    private final LaunchConfigurations configurations;

    ConfigurationOperations(Ground ground) {
        this.ground = ground;
        this.configurations = ground.fleet().launchConfigurations();
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("CreateLaunchConfiguration", this::create);
        operations.put("DescribeLaunchConfigurations", this::describe);
        operations.put("DeleteLaunchConfiguration", this::delete);
    }

    private ObjectNode create(ServiceCall call) {
        ObjectNode given = call.input();
        if (!given.has("ImageId") || !given.has("InstanceType")) {
            throw Fields.invalid("Valid requests must contain either the InstanceID parameter or both the ImageId and"
                    + " InstanceType parameters.");
        }
        create(call.caller().at(), given);
        return Fields.object();
    }

    /** One with its defaults. */
    void create(AccountRegion at, ObjectNode given) {
        String name = Fields.required(given, LaunchConfigurations.NAME);
        if (configurations.find(at, name).isPresent()) {
            throw AwsError.client(
                    "AlreadyExists",
                    "Launch Configuration by this name already exists - A launch configuration already exists with the name "
                            + name);
        }
        ObjectNode configuration = given.deepCopy();
        String id = ground.world().ids().uuid();
        configuration.put(
                "LaunchConfigurationARN",
                at.arn("autoscaling", "launchConfiguration:" + id + ":launchConfigurationName/" + name));
        configuration.put("CreatedTime", ground.now().toString());
        for (String text : List.of("KernelId", "RamdiskId", "KeyName", "UserData")) {
            configuration.put(text, Fields.text(given, text).orElse(""));
        }
        for (String list : List.of("SecurityGroups", "ClassicLinkVPCSecurityGroups", "BlockDeviceMappings")) {
            if (!configuration.has(list)) {
                configuration.putArray(list);
            }
        }
        if (!configuration.has("InstanceMonitoring")) {
            configuration.putObject("InstanceMonitoring").put("Enabled", true);
        }
        configuration.put("EbsOptimized", given.path("EbsOptimized").asBoolean());
        configurations.add(at, configuration);
        ground.world().events().append(at, name, "launch configuration created");
    }

    private ObjectNode describe(ServiceCall call) {
        List<String> names = Fields.list(call.input(), "LaunchConfigurationNames");
        ObjectNode answer = Fields.object();
        ArrayNode rows = answer.putArray("LaunchConfigurations");
        configurations.in(call.caller().at()).stream()
                .filter(one -> names.isEmpty()
                        || names.contains(one.path(LaunchConfigurations.NAME).asText()))
                .map(ConfigurationOperations::view)
                .forEach(rows::add);
        return answer;
    }

    private static ObjectNode view(ObjectNode configuration) {
        ObjectNode view = configuration.deepCopy();
        view.remove("InstanceId");
        return view;
    }

    private ObjectNode delete(ServiceCall call) {
        AccountRegion at = call.caller().at();
        String name = Fields.required(call.input(), LaunchConfigurations.NAME);
        if (configurations.find(at, name).isEmpty()) {
            throw Fields.invalid("Launch configuration name not found - Launch configuration " + name + " not found");
        }
        boolean isUsed = ground.groups().in(at).stream().anyMatch(group -> group.settings()
                .path(LaunchConfigurations.NAME)
                .asText()
                .equals(name));
        if (isUsed) {
            throw AwsError.client(
                    "ResourceInUse",
                    "Cannot delete launch configuration " + name + " because it is attached to AutoScalingGroup");
        }
        configurations.remove(at, name);
        ground.world().events().append(at, name, "launch configuration deleted");
        return Fields.object();
    }
}
