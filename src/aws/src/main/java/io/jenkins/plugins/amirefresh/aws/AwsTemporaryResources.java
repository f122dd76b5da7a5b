package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.TemporaryResources;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Packer's temporary resources over the AWS SDK; a build has a few. */
final class AwsTemporaryResources implements TemporaryResources {

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsTemporaryResources(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public Found find(Collection<String> names) {
        Map<InstanceId, String> instances = new TreeMap<>(Comparator.comparing(InstanceId::value));
        // Two filters of one request must both hold.
        instances.putAll(instances("key-name", names));
        instances.putAll(instances("instance.group-name", names));
        return new Found(instances, keyPairs(names), securityGroups(names));
    }

    private Map<InstanceId, String> instances(String filter, Collection<String> names) {
        return calls
                .paced("DescribeInstances", String.join(", ", names), () -> clients.ec2()
                        .describeInstances(request -> request.filters(filter(filter, names))))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .filter(instance -> !"terminated".equals(state(instance)))
                .collect(Collectors.toMap(
                        instance -> new InstanceId(instance.instanceId()), AwsTemporaryResources::state));
    }

    private static String state(Instance instance) {
        return instance.state() == null ? "" : Pages.text(instance.state().nameAsString());
    }

    private Set<String> keyPairs(Collection<String> names) {
        return calls
                .paced("DescribeKeyPairs", String.join(", ", names), () -> clients.ec2()
                        .describeKeyPairs(request -> request.filters(filter("key-name", names))))
                .keyPairs()
                .stream()
                .map(KeyPairInfo::keyName)
                .collect(Collectors.toSet());
    }

    private Map<String, String> securityGroups(Collection<String> names) {
        return calls
                .paced("DescribeSecurityGroups", String.join(", ", names), () -> clients.ec2()
                        .describeSecurityGroups(request -> request.filters(filter("group-name", names))))
                .securityGroups()
                .stream()
                .collect(Collectors.toMap(SecurityGroup::groupName, SecurityGroup::groupId, (one, other) -> one));
    }

    private static Filter filter(String name, Collection<String> values) {
        return Filter.builder().name(name).values(values).build();
    }

    @Override
    public void terminate(InstanceId instance) {
        calls.paced("TerminateInstances", instance.value(), () -> clients.ec2()
                .terminateInstances(request -> request.instanceIds(instance.value())));
    }

    @Override
    public void deleteKeyPair(String name) {
        calls.paced("DeleteKeyPair", name, () -> clients.ec2().deleteKeyPair(request -> request.keyName(name)));
    }

    @Override
    public void deleteSecurityGroup(String id) {
        calls.paced("DeleteSecurityGroup", id, () -> clients.ec2().deleteSecurityGroup(request -> request.groupId(id)));
    }
}
