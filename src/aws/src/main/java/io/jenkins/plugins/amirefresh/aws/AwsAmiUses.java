package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.AmiUses;
import io.jenkins.plugins.amirefresh.model.AmiId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.model.DescribeLaunchConfigurationsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** What refers to images, over the AWS SDK. */
final class AwsAmiUses implements AmiUses {

    // Source: EC2 API reference, DescribeInstances; Auto Scaling API reference, DescribeLaunchConfigurations; Systems
    // Manager
    // API reference, DescribeParameters and GetParameters.
    private static final int INSTANCES = 1000;
    private static final int CONFIGURATIONS = 100;
    private static final int METADATA = 50;
    private static final int VALUES = 10;

    private static final Pattern AMI = Pattern.compile("\\bami-[0-9a-f]{8}(?:[0-9a-f]{9})?\\b");

    private final AwsCalls calls;
    private final AwsClients clients;
    private final AwsFleets fleets;

    AwsAmiUses(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
        this.fleets = new AwsFleets(calls, clients);
    }

    /** Words by image. */
    static void add(Map<AmiId, List<String>> uses, String image, String use) {
        AMI.matcher(image).results().forEach(found -> uses.computeIfAbsent(
                        new AmiId(found.group()), key -> new ArrayList<>())
                .add(use));
    }

    // A group's own and those of its warm pool are instances as well.
    @Override
    public Map<AmiId, List<String>> instances() {
        Filter staying = Filter.builder()
                .name("instance-state-name")
                .values("pending", "running", "shutting-down", "stopping", "stopped")
                .build();
        Map<AmiId, List<String>> uses = new HashMap<>();
        Pages.all(
                        token -> calls.paced("DescribeInstances", "", () -> clients.ec2()
                                .describeInstances(request -> request.filters(staying)
                                        .maxResults(INSTANCES)
                                        .nextToken(token))),
                        DescribeInstancesResponse::nextToken)
                .stream()
                .flatMap(page -> page.reservations().stream())
                .flatMap(reservation -> reservation.instances().stream())
                .forEach(instance -> add(uses, Pages.text(instance.imageId()), "instance " + words(instance)));
        return uses;
    }

    private static String words(Instance instance) {
        String state =
                instance.state() == null ? "" : Pages.text(instance.state().nameAsString());
        return instance.instanceId() + (state.equals("running") ? "" : " (" + state + ")");
    }

    @Override
    public Map<AmiId, List<String>> launchConfigurations() {
        Map<AmiId, List<String>> uses = new HashMap<>();
        Pages.all(
                        token -> calls.paced("DescribeLaunchConfigurations", "", () -> clients.autoScaling()
                                .describeLaunchConfigurations(request ->
                                        request.maxRecords(CONFIGURATIONS).nextToken(token))),
                        DescribeLaunchConfigurationsResponse::nextToken)
                .stream()
                .flatMap(page -> page.launchConfigurations().stream())
                .forEach(configuration -> add(
                        uses,
                        Pages.text(configuration.imageId()),
                        "launch configuration " + configuration.launchConfigurationName()));
        return uses;
    }

    // By listing and not by path: names without a slash are in no path. Encrypted ones are left alone.
    @Override
    public Map<AmiId, List<String>> parameters(Predicate<String> wanted) {
        List<String> names = Pages.all(
                        token -> calls.call("DescribeParameters", "", () -> clients.systemsManager()
                                .describeParameters(
                                        request -> request.maxResults(METADATA).nextToken(token))),
                        DescribeParametersResponse::nextToken)
                .stream()
                .flatMap(page -> page.parameters().stream())
                .filter(parameter -> parameter.type() != ParameterType.SECURE_STRING)
                .map(ParameterMetadata::name)
                .filter(wanted)
                .toList();
        Map<AmiId, List<String>> uses = new HashMap<>();
        values(names).forEach(parameter -> add(uses, Pages.text(parameter.value()), "parameter " + parameter.name()));
        return uses;
    }

    private Stream<Parameter> values(Collection<String> names) {
        return Pages.of(names, VALUES).stream()
                .flatMap(page -> calls
                        .call("GetParameters", String.join(", ", page), () -> clients.systemsManager()
                                .getParameters(request -> request.names(page)))
                        .parameters()
                        .stream());
    }

    // One by one: an answer names a parameter by its name, and it may be asked for by ARN, version or label.
    @Override
    public Map<String, AmiId> named(Collection<String> parameters) {
        Map<String, AmiId> named = new HashMap<>();
        for (String name : parameters) {
            values(List.of(name))
                    .map(parameter -> Pages.text(parameter.value()))
                    .filter(value -> AMI.matcher(value).matches())
                    .forEach(value -> named.put(name, new AmiId(value)));
        }
        return named;
    }

    @Override
    public Fleets fleets() {
        return fleets.read();
    }
}
