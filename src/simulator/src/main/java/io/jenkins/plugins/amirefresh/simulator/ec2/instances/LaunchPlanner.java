package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviours;
import io.jenkins.plugins.amirefresh.simulator.ec2.images.Image;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.SecurityGroup;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.Subnet;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.ec2.templates.LaunchData;
import io.jenkins.plugins.amirefresh.simulator.ec2.templates.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks a launch request and settles what it leaves open, as RunInstances does. */
final class LaunchPlanner {

    private static final String DEFAULT_TYPE = "m1.small";

    private final Surroundings around;
    private final InstanceTypes types;

    LaunchPlanner(Surroundings around, InstanceTypes types) {
        this.around = around;
        this.types = types;
    }

    /**
     * The plan of a launch.
     *
     * @throws AwsError as RunInstances refuses
     */
    LaunchPlan plan(LaunchRequest request) {
        Optional<LaunchTemplateVersion> template = template(request.parameters());
        ObjectNode parameters = template.map(version -> LaunchData.overlay(version.data(), request.parameters()))
                .orElseGet(request.parameters()::deepCopy);
        Input input = new Input(parameters);
        Image image = around.launchable(input.required("ImageId"));
        String typeName = input.text("InstanceType", DEFAULT_TYPE);
        parameters.put("InstanceType", typeName);
        refuseOtherArchitecture(types.named(typeName), image);
        input.text("KeyName").filter(name -> !name.isEmpty()).ifPresent(around.keyPairs()::named);
        around.profiles().require(around.place().accountId(), parameters.path("IamInstanceProfile"));
        Subnet subnet = subnet(input);
        List<SecurityGroup> groups = groups(input, subnet);
        Tags tags = tags(request, input, template.orElse(null));
        var behaviour = around.behaviours().of(facts(image, subnet, typeName, template.orElse(null), tags));
        return new LaunchPlan(
                parameters,
                template.orElse(null),
                image,
                subnet,
                groups,
                tags,
                Tags.specified(input, "volume"),
                behaviour);
    }

    private Optional<LaunchTemplateVersion> template(ObjectNode parameters) {
        return parameters.get("LaunchTemplate") instanceof ObjectNode specification
                ? Optional.of(around.templates().resolve(new Input(specification)))
                : Optional.empty();
    }

    private static void refuseOtherArchitecture(InstanceTypes.InstanceType type, Image image) {
        String wanted = image.kind().architecture();
        if (!type.runs(wanted)) {
            throw Errors.invalidValue(
                    "The architecture '" + type.architecture()
                            + "' of the specified instance type does not match the architecture '" + wanted
                            + "' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.");
        }
    }

    private Subnet subnet(Input input) {
        Optional<Input> primary = input.structures("NetworkInterfaces").stream().findFirst();
        Optional<String> zone =
                input.structure("Placement").text("AvailabilityZone").filter(text -> !text.isEmpty());
        Subnet subnet = primary.flatMap(card -> card.text("SubnetId"))
                .or(() -> input.text("SubnetId"))
                .filter(id -> !id.isEmpty())
                .map(around.network()::subnet)
                .orElseGet(() -> around.network().defaultSubnet(zone));
        if (zone.isPresent() && !zone.get().equals(subnet.zone())) {
            throw Errors.invalidValue("The subnet ID '" + subnet.id() + "' is in the Availability Zone '"
                    + subnet.zone() + "'; the request names '" + zone.get() + "'.");
        }
        return subnet;
    }

    private List<SecurityGroup> groups(Input input, Subnet subnet) {
        List<String> ids = new ArrayList<>(input.texts("SecurityGroupIds"));
        input.structures("NetworkInterfaces").stream().findFirst().ifPresent(card -> ids.addAll(card.texts("Groups")));
        List<SecurityGroup> groups = new ArrayList<>();
        ids.forEach(id -> groups.add(around.network().group(id)));
        input.texts("SecurityGroups")
                .forEach(name -> groups.add(around.network().groupByName(subnet.vpc(), name)));
        for (SecurityGroup group : groups) {
            if (!group.vpc().equals(subnet.vpc())) {
                throw AwsError.client(
                        "InvalidParameter",
                        "Security group " + group.id() + " and subnet " + subnet.id()
                                + " belong to different networks.");
            }
        }
        return groups.isEmpty() ? List.of(around.network().groupByName(subnet.vpc(), "default")) : groups;
    }

    /** AWS names the template and version in tags of its own. Source: EC2 User Guide, "Tag your resources". */
    private static Tags tags(LaunchRequest request, Input input, @Nullable LaunchTemplateVersion template) {
        Map<String, String> tags =
                new TreeMap<>(Tags.specified(input, "instance").asMap());
        tags.putAll(request.tags());
        if (template != null) {
            tags.put("aws:ec2launchtemplate:id", template.template().id());
            tags.put("aws:ec2launchtemplate:version", Long.toString(template.number()));
        }
        return new Tags(tags);
    }

    private Behaviours.InstanceFacts facts(
            Image image, Subnet subnet, String type, @Nullable LaunchTemplateVersion template, Tags tags) {
        Map<String, String> imageTags = new TreeMap<>(image.tags().asMap());
        imageTags.putAll(image.tagsSeenBy(around.place().accountId()).asMap());
        return new Behaviours.InstanceFacts(
                around.place().accountId(),
                around.place().region(),
                subnet.zone(),
                type,
                image.name(),
                imageTags,
                image.origin().declared(),
                image.origin().sourceImageName(),
                template == null ? "" : template.template().name(),
                tags.get("aws:autoscaling:groupName").orElse(""));
    }
}
