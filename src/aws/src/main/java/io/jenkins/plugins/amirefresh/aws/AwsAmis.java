package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.Amis;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AmiTraits;
import io.jenkins.plugins.amirefresh.model.BlockDevice;
import io.jenkins.plugins.amirefresh.model.BlockDevices;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Images over the AWS SDK. */
final class AwsAmis implements Amis {

    // Source: Amazon EC2 User Guide, "List and filter using the API": 200 values per filter.
    private static final int FILTER_VALUES = 200;

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsAmis(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    // By filter and not by id: one id that does not exist refuses the whole call (InvalidAMIID.NotFound).
    @Override
    public List<Ami> describe(Collection<AmiId> ids) {
        return Pages.of(ids, FILTER_VALUES).stream()
                .flatMap(page -> described(
                        page.size() == 1 ? page.get(0).value() : page.size() + " images",
                        request -> request.filters(filter(
                                        "image-id",
                                        page.stream().map(AmiId::value).toList()))
                                .includeDeprecated(true)
                                .includeDisabled(true))
                        .stream())
                .toList();
    }

    @Override
    public List<Ami> ownedWithTags(Map<String, String> tags) {
        List<Filter> filters = tags.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(tag -> filter("tag:" + tag.getKey(), List.of(tag.getValue())))
                .toList();
        // A filter's value may hold wildcards, ours never mean them, so equality is checked again here.
        return described("own images", request -> request.owners("self").filters(filters)).stream()
                .filter(ami -> ami.tags().entrySet().containsAll(tags.entrySet()))
                .sorted(Comparator.comparing(Ami::createdAt).reversed().thenComparing(Ami::id))
                .toList();
    }

    @Override
    public Optional<Ami> newestNamed(String namePattern, List<String> owners) {
        List<Filter> filters = List.of(filter("name", List.of(namePattern)), filter("state", List.of("available")));
        return described("images named " + namePattern, request -> {
                    request.filters(filters);
                    if (!owners.isEmpty()) {
                        request.owners(owners);
                    }
                })
                .stream()
                .max(Comparator.comparing(Ami::createdAt).thenComparing(Ami::id));
    }

    private List<Ami> described(String resource, Consumer<DescribeImagesRequest.Builder> wanted) {
        return Pages.all(
                        token -> calls.paced("DescribeImages", resource, () -> clients.ec2()
                                .describeImages(request -> wanted.accept(request.nextToken(token)))),
                        DescribeImagesResponse::nextToken)
                .stream()
                .flatMap(page -> page.images().stream())
                .map(AwsAmis::ami)
                .toList();
    }

    private static Filter filter(String name, List<String> values) {
        return Filter.builder().name(name).values(values).build();
    }

    static Ami ami(Image image) {
        String created = Pages.text(image.creationDate());
        return new Ami(
                new AmiId(image.imageId()),
                Pages.text(image.name()),
                Pages.text(image.ownerId()),
                Pages.text(image.stateAsString()),
                created.isEmpty() ? Instant.EPOCH : Instant.parse(created),
                Pages.text(image.architectureAsString()),
                Pages.text(image.bootModeAsString()),
                Boolean.TRUE.equals(image.enaSupport()),
                Pages.text(image.rootDeviceName()),
                Pages.text(image.rootDeviceTypeAsString()),
                blockDevices(image),
                image.tags().stream().collect(Collectors.toMap(Tag::key, tag -> Pages.text(tag.value()), (a, b) -> b)),
                new AmiTraits(
                        Pages.text(image.virtualizationTypeAsString()),
                        Pages.text(image.tpmSupportAsString()),
                        Pages.text(image.imdsSupportAsString()),
                        Pages.text(image.platformDetails())));
    }

    private static BlockDevices blockDevices(Image image) {
        return new BlockDevices(image.blockDeviceMappings().stream()
                .filter(mapping -> mapping.deviceName() != null && mapping.ebs() != null)
                .map(mapping -> new BlockDevice(
                        mapping.deviceName(),
                        Pages.text(mapping.ebs().snapshotId()),
                        Pages.number(mapping.ebs().volumeSize())))
                .toList());
    }

    @Override
    public void putTags(AmiId ami, Map<String, String> tags) {
        List<Tag> wanted = tags.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        if (!wanted.isEmpty()) {
            calls.paced("CreateTags", ami.value(), () -> clients.ec2()
                    .createTags(request -> request.resources(ami.value()).tags(wanted)));
        }
    }

    @Override
    public void removeTags(AmiId ami, Set<String> names) {
        List<Tag> unwanted = names.stream()
                .sorted()
                .map(name -> Tag.builder().key(name).build())
                .toList();
        if (!unwanted.isEmpty()) {
            calls.paced("DeleteTags", ami.value(), () -> clients.ec2()
                    .deleteTags(request -> request.resources(ami.value()).tags(unwanted)));
        }
    }
}
