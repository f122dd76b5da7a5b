package io.jenkins.plugins.amirefresh.runner.builder;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.Tag;

/** {@link ImageBuilding} with AWS's SDK: the product itself never launches an instance, so its ports cannot. */
public final class Ec2ImageBuilding implements ImageBuilding, AutoCloseable {

    private final SdkHttpClient http;
    private final @Nullable URI endpoint;
    private final AwsCredentialsProvider credentials;
    private final Map<String, Ec2Client> clients = new LinkedHashMap<>();

    /**
     * Calls to a simulator.
     *
     * @param http stays open when this is closed
     * @param endpoint null when {@code http} itself is the simulator
     */
    public Ec2ImageBuilding(SdkHttpClient http, @Nullable URI endpoint, AwsCredentialsProvider credentials) {
        this.http = http;
        this.endpoint = endpoint;
        this.credentials = credentials;
    }

    /** AWS's refusal fails the build with its own words, as Packer's does. */
    private <T> T ec2(String region, Function<Ec2Client, T> call) {
        try {
            return call.apply(client(region));
        } catch (SdkException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Ec2Client client(String region) {
        return clients.computeIfAbsent(region, name -> Ec2Client.builder()
                .httpClient(http)
                .endpointOverride(endpoint)
                .region(Region.of(name))
                .credentialsProvider(credentials)
                .build());
    }

    @Override
    public Optional<String> newestImage(String region, String namePattern, List<String> owners) {
        DescribeImagesRequest request = DescribeImagesRequest.builder()
                .owners(owners)
                .filters(filter("name", namePattern), filter("state", "available"))
                .build();
        return ec2(region, ec2 -> ec2.describeImages(request)).images().stream()
                .max(Comparator.comparing(Image::creationDate))
                .map(Image::imageId);
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }

    @Override
    public String launch(String region, String image, String instanceType) {
        return ec2(
                        region,
                        ec2 -> ec2.runInstances(request -> request.imageId(image)
                                .instanceType(InstanceType.fromValue(instanceType))
                                .minCount(1)
                                .maxCount(1)))
                .instances()
                .get(0)
                .instanceId();
    }

    @Override
    public String instanceState(String region, String instance) {
        return ec2(region, ec2 -> ec2.describeInstances(request -> request.instanceIds(instance)))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(found -> found.state().nameAsString())
                .findFirst()
                .orElse("pending");
    }

    @Override
    public void stop(String region, String instance) {
        ec2(region, ec2 -> ec2.stopInstances(request -> request.instanceIds(instance)));
    }

    @Override
    public void terminate(String region, String instance) {
        ec2(region, ec2 -> ec2.terminateInstances(request -> request.instanceIds(instance)));
    }

    @Override
    public String createImage(String region, String instance, String name, String description) {
        return ec2(
                        region,
                        ec2 -> ec2.createImage(request ->
                                request.instanceId(instance).name(name).description(description)))
                .imageId();
    }

    @Override
    public String copyImage(String region, String sourceRegion, String image, String name, String description) {
        return ec2(
                        region,
                        ec2 -> ec2.copyImage(request -> request.sourceRegion(sourceRegion)
                                .sourceImageId(image)
                                .name(name)
                                .description(description)))
                .imageId();
    }

    @Override
    public String imageState(String region, String image) {
        return ec2(region, ec2 -> ec2.describeImages(request -> request.imageIds(image))).images().stream()
                .map(Image::stateAsString)
                .findFirst()
                .orElse("pending");
    }

    @Override
    public void share(String region, String image, List<String> accounts) {
        List<LaunchPermission> permissions = accounts.stream()
                .map(account -> LaunchPermission.builder().userId(account).build())
                .toList();
        ec2(
                region,
                ec2 -> ec2.modifyImageAttribute(
                        request -> request.imageId(image).launchPermission(change -> change.add(permissions))));
    }

    @Override
    public void tag(String region, String image, Map<String, String> tags) {
        List<Tag> all = new ArrayList<>();
        tags.forEach((key, value) -> all.add(Tag.builder().key(key).value(value).build()));
        ec2(region, ec2 -> ec2.createTags(request -> request.resources(image).tags(all)));
    }

    @Override
    public void close() {
        clients.values().forEach(Ec2Client::close);
    }
}
