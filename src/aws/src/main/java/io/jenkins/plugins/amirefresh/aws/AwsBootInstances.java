package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.BootInstances;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Instances that prove an image, over the AWS SDK. */
final class AwsBootInstances implements BootInstances {

    private static final List<String> STAYING = List.of("pending", "running", "stopping", "stopped");

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsBootInstances(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public InstanceId launch(Launch launch, String clientToken) {
        return calls
                .paced("RunInstances", launch.ami().value(), () -> clients.ec2()
                        .runInstances(request(launch, clientToken)))
                .instances()
                .stream()
                .findFirst()
                .map(instance -> new InstanceId(instance.instanceId()))
                .orElseThrow(() -> new IllegalStateException("RunInstances answered without an instance"));
    }

    private static RunInstancesRequest request(Launch launch, String clientToken) {
        RunInstancesRequest.Builder request = RunInstancesRequest.builder()
                .imageId(launch.ami().value())
                .instanceType(launch.instanceType())
                .minCount(1)
                .maxCount(1)
                .clientToken(clientToken)
                .instanceInitiatedShutdownBehavior(ShutdownBehavior.TERMINATE)
                .metadataOptions(options -> options.httpTokens(HttpTokensState.REQUIRED))
                .userData(userData(launch))
                .networkInterfaces(networkInterface(launch))
                .tagSpecifications(Stream.of(ResourceType.INSTANCE, ResourceType.VOLUME, ResourceType.NETWORK_INTERFACE)
                        .map(type -> tags(type, launch.tags()))
                        .toList());
        // Data volumes of an image may be mapped to stay.
        if (!launch.devices().isEmpty()) {
            request.blockDeviceMappings(launch.devices().stream()
                    .map(device -> BlockDeviceMapping.builder()
                            .deviceName(device)
                            .ebs(volume -> volume.deleteOnTermination(true))
                            .build())
                    .toList());
        }
        if (!launch.instanceProfile().isEmpty()) {
            request.iamInstanceProfile(profile -> profile.name(launch.instanceProfile()));
        }
        return request.build();
    }

    private static InstanceNetworkInterfaceSpecification networkInterface(Launch launch) {
        InstanceNetworkInterfaceSpecification.Builder card = InstanceNetworkInterfaceSpecification.builder()
                .deviceIndex(0)
                .deleteOnTermination(true)
                .associatePublicIpAddress(launch.publicAddress());
        if (!launch.subnet().isEmpty()) {
            card.subnetId(launch.subnet());
        }
        if (!launch.securityGroups().isEmpty()) {
            card.groups(launch.securityGroups());
        }
        return card.build();
    }

    private static String userData(Launch launch) {
        String script = "#!/bin/sh\nshutdown -P +" + launch.shutdown().toMinutes() + "\n";
        return Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_8));
    }

    private static TagSpecification tags(ResourceType type, Map<String, String> tags) {
        return TagSpecification.builder()
                .resourceType(type)
                .tags(tags.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public List<InstanceId> launchedWith(String clientToken) {
        return staying("client-token", clientToken)
                .map(instance -> new InstanceId(instance.instanceId()))
                .toList();
    }

    @Override
    public Map<InstanceId, String> tagged(String name) {
        Map<InstanceId, String> values = new HashMap<>();
        staying("tag-key", name).forEach(instance -> instance.tags().stream()
                .filter(tag -> name.equals(tag.key()))
                .forEach(tag -> values.put(new InstanceId(instance.instanceId()), Pages.text(tag.value()))));
        return values;
    }

    private Stream<Instance> staying(String filter, String value) {
        Filter wanted = Filter.builder().name(filter).values(value).build();
        Filter staying =
                Filter.builder().name("instance-state-name").values(STAYING).build();
        return Pages.all(
                        token -> calls.paced("DescribeInstances", value, () -> clients.ec2()
                                .describeInstances(request ->
                                        request.filters(wanted, staying).nextToken(token))),
                        DescribeInstancesResponse::nextToken)
                .stream()
                .flatMap(page -> page.reservations().stream())
                .flatMap(reservation -> reservation.instances().stream());
    }

    @Override
    public StatusChecks statusChecks(InstanceId instance) {
        return calls
                .paced("DescribeInstanceStatus", instance.value(), () -> clients.ec2()
                        .describeInstanceStatus(request -> request.instanceIds(instance.value())))
                .instanceStatuses()
                .stream()
                .findFirst()
                .map(AwsBootInstances::checks)
                .orElse(new StatusChecks("", ""));
    }

    private static StatusChecks checks(InstanceStatus status) {
        return new StatusChecks(
                status.instanceStatus() == null
                        ? ""
                        : Pages.text(status.instanceStatus().statusAsString()),
                status.systemStatus() == null
                        ? ""
                        : Pages.text(status.systemStatus().statusAsString()));
    }
}
