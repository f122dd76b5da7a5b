package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.OwnAmis;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.OwnAmi;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageAttributeName;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;

/** The caller's own images over the AWS SDK. */
final class AwsOwnAmis implements OwnAmis {

    // Source: EC2 API reference, DescribeImages, MaxResults.
    private static final int PAGE = 1000;

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsOwnAmis(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public List<OwnAmi> withTag(String name) {
        Filter tagged = Filter.builder().name("tag-key").values(name).build();
        return Pages.all(
                        token -> calls.paced("DescribeImages", "own images", () -> clients.ec2()
                                .describeImages(request -> request.owners("self")
                                        .filters(tagged)
                                        .includeDeprecated(true)
                                        .includeDisabled(true)
                                        .maxResults(PAGE)
                                        .nextToken(token))),
                        DescribeImagesResponse::nextToken)
                .stream()
                .flatMap(page -> page.images().stream())
                .map(AwsOwnAmis::own)
                .toList();
    }

    private static OwnAmi own(Image image) {
        String deprecation = Pages.text(image.deprecationTime());
        String protection = Pages.text(image.deregistrationProtection());
        return new OwnAmi(
                AwsAmis.ami(image),
                deprecation.isEmpty() ? null : Instant.parse(deprecation),
                !protection.isEmpty() && !protection.equals("disabled"));
    }

    @Override
    public Set<String> sharedWith(AmiId ami) {
        Set<String> others = new TreeSet<>();
        calls.paced("DescribeImageAttribute", ami.value(), () -> clients.ec2()
                        .describeImageAttribute(request ->
                                request.imageId(ami.value()).attribute(ImageAttributeName.LAUNCH_PERMISSION)))
                .launchPermissions()
                .forEach(permission -> whose(permission).forEach(others::add));
        return others;
    }

    private static Stream<String> whose(LaunchPermission permission) {
        return Stream.of(
                        Pages.text(permission.userId()),
                        Pages.text(permission.groupAsString()),
                        Pages.text(permission.organizationArn()),
                        Pages.text(permission.organizationalUnitArn()))
                .filter(text -> !text.isEmpty());
    }

    @Override
    public void deprecate(AmiId ami, Instant at) {
        calls.paced("EnableImageDeprecation", ami.value(), () -> clients.ec2()
                .enableImageDeprecation(request -> request.imageId(ami.value()).deprecateAt(at)));
    }

    @Override
    public void cancelDeprecation(AmiId ami) {
        calls.paced("DisableImageDeprecation", ami.value(), () -> clients.ec2()
                .disableImageDeprecation(request -> request.imageId(ami.value())));
    }

    @Override
    public void disable(AmiId ami) {
        calls.paced(
                "DisableImage", ami.value(), () -> clients.ec2().disableImage(request -> request.imageId(ami.value())));
    }

    @Override
    public void enable(AmiId ami) {
        calls.paced(
                "EnableImage", ami.value(), () -> clients.ec2().enableImage(request -> request.imageId(ami.value())));
    }

    @Override
    public void deregister(AmiId ami) {
        calls.paced("DeregisterImage", ami.value(), () -> clients.ec2()
                .deregisterImage(request -> request.imageId(ami.value())));
    }
}
