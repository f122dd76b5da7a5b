package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An account whose images go out of use, and what its owner does by hand. */
final class Retiring {

    static final String THEIR_ROLE = "arn:aws:iam::222222222222:role/ami-refresh";

    /** As little as may be is kept by its age. */
    static final Map<String, Object> PARAMETERS = Map.of(
            "families",
            "web",
            "keep",
            1,
            "keepVersions",
            1,
            "keepVersionsFor",
            "0s",
            "accounts",
            List.of("self", THEIR_ROLE),
            "dryRun",
            false);

    private static final Caller OWNER =
            new Caller("111111111111", "eu-west-1", "arn:aws:iam::111111111111:user/owner", "owner");

    private static final Caller NEIGHBOUR =
            new Caller("222222222222", "eu-west-1", "arn:aws:iam::222222222222:user/owner", "owner");

    private final Simulator simulator;

    private Retiring(Simulator simulator) {
        this.simulator = simulator;
    }

    /** A build on the account of {@code retire.yaml}, with what no account file declares. */
    static Scenario scenario() {
        Scenario scenario = Scenario.of("retire.yaml");
        new Retiring(scenario.simulator()).prepare();
        return scenario;
    }

    static Retiring of(Scenario scenario) {
        return new Retiring(scenario.simulator());
    }

    private void prepare() {
        byHand(
                "ec2",
                "CreateFleet",
                "{'TargetCapacitySpecification': {'TotalTargetCapacity': 0}, 'LaunchTemplateConfigs': [{"
                        + "'LaunchTemplateSpecification': {'LaunchTemplateName': 'spot', 'Version': '2'},"
                        + "'Overrides': [{'ImageId': 'ami-00000000000000010'}]}]}");
        byHand(
                "ec2",
                "RequestSpotFleet",
                "{'SpotFleetRequestConfig': {'IamFleetRole': 'arn:aws:iam::111111111111:role/spot', 'TargetCapacity': 0,"
                        + " 'LaunchSpecifications': [{'ImageId': 'ami-00000000000000011', 'InstanceType': 't3.micro'}]}}");
        byHand(
                "ec2",
                "CreateLaunchTemplate",
                "{'LaunchTemplateName': 'volumes', 'LaunchTemplateData': {'BlockDeviceMappings': [{'DeviceName': '/dev/sdf',"
                        + " 'Ebs': {'SnapshotId': '" + snapshots().get("by-snapshot") + "'}}]}}");
        share("ami-00000000000000014", "333333333333");
        share("ami-00000000000000015", "222222222222");
        simulator.call(
                "ec2",
                "CreateLaunchTemplate",
                json("{'LaunchTemplateName': 'ours', 'LaunchTemplateData': {'ImageId': 'ami-00000000000000015'}}"),
                NEIGHBOUR);
        byHand("ec2", "EnableImageDeregistrationProtection", "{'ImageId': 'ami-00000000000000018'}");
        byHand("autoscaling", "PutWarmPool", "{'AutoScalingGroupName': 'warm', 'MinSize': 1}");
        simulator.advanceTo(simulator.now().plus(Duration.ofMinutes(10)));
        byHand(
                "autoscaling",
                "UpdateAutoScalingGroup",
                "{'AutoScalingGroupName': 'warm', 'LaunchTemplate': {'LaunchTemplateName': 'warm', 'Version': '2'}}");
    }

    void share(String image, String account) {
        byHand(
                "ec2",
                "ModifyImageAttribute",
                "{'ImageId': '" + image + "', 'LaunchPermission': {'Add': [{'UserId': '" + account + "'}]}}");
    }

    /** The owner's call, its input with single quotes. */
    JsonNode byHand(String service, String operation, String input) {
        return simulator.call(service, operation, json(input), OWNER);
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.mapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void pass(int days) {
        simulator.advanceTo(simulator.now().plus(Duration.ofDays(days)));
    }

    /** The images of the owner by name: {@code available}, {@code deprecated} or {@code disabled}; one that is gone is missing. */
    Map<String, String> images() {
        Map<String, String> states = new TreeMap<>();
        for (JsonNode image : described()) {
            String deprecated = image.path("DeprecationTime").asText();
            boolean isDeprecated = !deprecated.isEmpty();
            String state = image.path("State").asText();
            states.put(image.path("Name").asText(), isDeprecated && state.equals("available") ? "deprecated" : state);
        }
        return states;
    }

    /** The snapshot of each image, by its name. */
    Map<String, String> snapshots() {
        Map<String, String> snapshots = new TreeMap<>();
        for (JsonNode image : described()) {
            snapshots.put(
                    image.path("Name").asText(),
                    image.path("BlockDeviceMappings")
                            .path(0)
                            .path("Ebs")
                            .path("SnapshotId")
                            .asText());
        }
        return snapshots;
    }

    /** The tag that says how far an image is. */
    String mark(String name) {
        for (JsonNode image : described()) {
            for (JsonNode tag : image.path("Tags")) {
                if (image.path("Name").asText().equals(name)
                        && tag.path("Key").asText().equals("ami-refresh:retire")) {
                    return tag.path("Value").asText();
                }
            }
        }
        return "";
    }

    private JsonNode described() {
        return byHand(
                        "ec2",
                        "DescribeImages",
                        "{'Owners': ['self'], 'IncludeDeprecated': true, 'IncludeDisabled': true}")
                .path("Images");
    }

    /** Every snapshot of the owner that is there. */
    List<String> allSnapshots() {
        return byHand("ec2", "DescribeSnapshots", "{'OwnerIds': ['self']}")
                .path("Snapshots")
                .findValuesAsText("SnapshotId")
                .stream()
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /** The rows of a run by the image's name: outcome and reason. */
    static Map<String, String> rows(Progress progress) {
        assertThat(progress).isInstanceOf(Progress.Done.class);
        Map<String, String> rows = new TreeMap<>();
        for (Object row : (List<?>) ((Progress.Done) progress).result().getOrDefault("amis", List.of())) {
            Map<?, ?> map = (Map<?, ?>) row;
            rows.put(String.valueOf(map.get("name")), map.get("outcome") + ": " + map.get("reason"));
        }
        return rows;
    }
}
