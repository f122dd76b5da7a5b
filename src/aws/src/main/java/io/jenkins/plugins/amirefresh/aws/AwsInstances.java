package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.InstancePower;
import io.jenkins.plugins.amirefresh.cloud.Instances;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;

/** EC2 instances, and their starting and stopping, over the AWS SDK. */
final class AwsInstances implements Instances, InstancePower {

    // Source: EC2 API reference, DescribeInstances: at most 1,000 ids; User Guide: 200 values per filter.
    private static final int PAGE = 1000;
    private static final int FILTER_VALUES = 200;

    private static final String STATE = "instance-state-name";
    private static final Filter STAYING = filter(STATE, List.of("pending", "running", "stopping", "stopped"));
    // Source: EC2 User Guide, "Auto Scaling tags": AWS marks the instances of a group with this one.
    private static final String GROUP = "tag:aws:autoscaling:groupName";

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsInstances(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public List<Instance> describe(Collection<InstanceId> ids) {
        return Pages.of(ids, PAGE).stream().flatMap(this::described).toList();
    }

    private Stream<Instance> described(List<InstanceId> ids) {
        List<String> texts = ids.stream().map(InstanceId::value).toList();
        try {
            return described(subject(texts), request -> request.instanceIds(texts));
        } catch (CloudException.NotFound e) {
            // One id that is gone refuses them all; a filter answers what is there.
            return Pages.of(texts, FILTER_VALUES).stream()
                    .flatMap(page -> described(
                            subject(page),
                            request -> request.filters(Filter.builder()
                                    .name("instance-id")
                                    .values(page)
                                    .build())));
        }
    }

    private static String subject(List<String> ids) {
        return ids.size() == 1 ? ids.get(0) : ids.size() + " instances";
    }

    private Stream<Instance> described(String resource, Consumer<DescribeInstancesRequest.Builder> wanted) {
        return read(resource, wanted).map(AwsInstances::instance);
    }

    private Stream<software.amazon.awssdk.services.ec2.model.Instance> read(
            String resource, Consumer<DescribeInstancesRequest.Builder> wanted) {
        return Pages.all(
                        token -> calls.paced("DescribeInstances", resource, () -> clients.ec2()
                                .describeInstances(request -> wanted.accept(request.nextToken(token)))),
                        DescribeInstancesResponse::nextToken)
                .stream()
                .flatMap(page -> page.reservations().stream())
                .flatMap(reservation -> reservation.instances().stream());
    }

    @Override
    public List<Tagged> withAnyTag(Collection<String> names) {
        return tagged(anyTag(names), STAYING);
    }

    @Override
    public List<Tagged> withTag(String name, Collection<String> values, Set<State> states) {
        List<String> texts = states.stream()
                .map(state -> state.name().toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
        return Pages.of(patterns(values), FILTER_VALUES).stream()
                .flatMap(page -> tagged(filter("tag:" + name, page), filter(STATE, texts)).stream())
                .toList();
    }

    @Override
    public List<Tagged> membersWithAnyTag(Collection<String> names) {
        return tagged(anyTag(names), filter(GROUP, List.of("*")), STAYING);
    }

    @Override
    public Set<InstanceId> endingWithAnyTag(Collection<String> names) {
        Filter ending = filter(STATE, List.of("shutting-down", "terminated"));
        return filtered(anyTag(names), ending)
                .map(instance -> new InstanceId(instance.instanceId()))
                .collect(Collectors.toSet());
    }

    @Override
    public Set<String> groupsWithInstances(Collection<String> groups) {
        Filter notEnded = filter(STATE, List.of("pending", "running", "shutting-down", "stopping", "stopped"));
        return Pages.of(patterns(groups), FILTER_VALUES).stream()
                .flatMap(page -> filtered(filter(GROUP, page), notEnded))
                .flatMap(instance -> instance.tags().stream())
                .filter(tag -> GROUP.equals("tag:" + tag.key()))
                .map(tag -> Pages.text(tag.value()))
                .collect(Collectors.toSet());
    }

    @Override
    public List<Tagged> with(Collection<InstanceId> ids) {
        return Pages.of(ids.stream().map(InstanceId::value).toList(), FILTER_VALUES).stream()
                .flatMap(page -> tagged(filter("instance-id", page), STAYING).stream())
                .toList();
    }

    @Override
    public Map<InstanceId, Map<String, String>> tags(Collection<String> names) {
        Map<InstanceId, Map<String, String>> tags = new LinkedHashMap<>();
        readTags(tags, filter("key", names.stream().sorted().toList()), filter("resource-type", List.of("instance")));
        return tags;
    }

    @Override
    public Map<InstanceId, Map<String, String>> tags(Collection<String> names, Collection<InstanceId> ids) {
        Map<InstanceId, Map<String, String>> tags = new LinkedHashMap<>();
        Filter keys = filter("key", names.stream().sorted().toList());
        for (List<String> page : Pages.of(ids.stream().map(InstanceId::value).toList(), FILTER_VALUES)) {
            readTags(tags, keys, filter("resource-id", page));
        }
        return tags;
    }

    private void readTags(Map<InstanceId, Map<String, String>> tags, Filter... filters) {
        Pages.all(
                        token -> calls.paced(
                                "DescribeTags", "", () -> clients.ec2().describeTags(request -> request.filters(filters)
                                        .maxResults(PAGE)
                                        .nextToken(token))),
                        DescribeTagsResponse::nextToken)
                .stream()
                .flatMap(page -> page.tags().stream())
                .forEach(tag -> tags.computeIfAbsent(new InstanceId(tag.resourceId()), id -> new HashMap<>())
                        .put(tag.key(), Pages.text(tag.value())));
    }

    private List<Tagged> tagged(Filter... filters) {
        return filtered(filters).map(AwsInstances::tagged).toList();
    }

    private Stream<software.amazon.awssdk.services.ec2.model.Instance> filtered(Filter... filters) {
        return read("", request -> request.filters(filters).maxResults(PAGE));
    }

    // Source: EC2 User Guide, "Filter resources": a backslash takes the meaning from the wildcard after it.
    private static List<String> patterns(Collection<String> values) {
        return values.stream().map(value -> value.replace('\\', '?')).toList();
    }

    private static Filter anyTag(Collection<String> names) {
        return filter("tag-key", names.stream().sorted().toList());
    }

    private static Filter filter(String name, List<String> values) {
        return Filter.builder().name(name).values(values).build();
    }

    private static Tagged tagged(software.amazon.awssdk.services.ec2.model.Instance instance) {
        Map<String, String> tags = new HashMap<>();
        instance.tags().forEach(tag -> tags.put(tag.key(), Pages.text(tag.value())));
        boolean canHibernate = instance.hibernationOptions() != null
                && Boolean.TRUE.equals(instance.hibernationOptions().configured());
        return new Tagged(instance(instance), tags, Pages.text(instance.instanceTypeAsString()), canHibernate);
    }

    @Override
    public void start(Collection<InstanceId> ids) {
        List<String> texts = ids.stream().map(InstanceId::value).toList();
        calls.paced("StartInstances", subject(texts), () -> clients.ec2()
                .startInstances(request -> request.instanceIds(texts)));
    }

    @Override
    public void stop(Collection<InstanceId> ids, Memory memory) {
        List<String> texts = ids.stream().map(InstanceId::value).toList();
        boolean hibernates =
                switch (memory) {
                    case KEPT -> true;
                    case LOST -> false;
                };
        calls.paced("StopInstances", subject(texts), () -> clients.ec2()
                .stopInstances(request -> request.instanceIds(texts).hibernate(hibernates ? Boolean.TRUE : null)));
    }

    @Override
    public void changeType(InstanceId id, String instanceType) {
        calls.paced("ModifyInstanceAttribute", id.value(), () -> clients.ec2()
                .modifyInstanceAttribute(
                        request -> request.instanceId(id.value()).instanceType(type -> type.value(instanceType))));
    }

    private static Instance instance(software.amazon.awssdk.services.ec2.model.Instance instance) {
        return new Instance(
                new InstanceId(instance.instanceId()),
                new AmiId(instance.imageId()),
                instance.state() == null ? "" : Pages.text(instance.state().nameAsString()),
                instance.launchTime() == null ? Instant.EPOCH : instance.launchTime(),
                Pages.text(instance.privateIpAddress()),
                Pages.text(instance.privateDnsName()),
                Pages.text(instance.publicIpAddress()),
                instance.stateReason() == null
                        ? ""
                        : Pages.text(instance.stateReason().message()));
    }
}
