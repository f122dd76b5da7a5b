package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.LaunchTemplates;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.BlockDevices;
import io.jenkins.plugins.amirefresh.model.CapacityReservationPreference;
import io.jenkins.plugins.amirefresh.model.CapacityReservationSpecification;
import io.jenkins.plugins.amirefresh.model.LaunchResources;
import io.jenkins.plugins.amirefresh.model.LaunchSettings;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateName;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateBlockDeviceMappingRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;

/** Launch templates over the AWS SDK. */
final class AwsLaunchTemplates implements LaunchTemplates {

    private static final System.Logger LOGGER = System.getLogger(AwsLaunchTemplates.class.getName());

    // Source: EC2 API reference, DescribeLaunchTemplates and DescribeLaunchTemplateVersions, MaxResults.
    private static final int PAGE = 200;

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsLaunchTemplates(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public List<LaunchTemplate> all() {
        return Pages.all(
                        token -> calls.paced("DescribeLaunchTemplates", "", () -> clients.ec2()
                                .describeLaunchTemplates(
                                        request -> request.maxResults(PAGE).nextToken(token))),
                        DescribeLaunchTemplatesResponse::nextToken)
                .stream()
                .flatMap(page -> page.launchTemplates().stream())
                .map(AwsLaunchTemplates::template)
                .toList();
    }

    /** The id of the template of a name, empty when there is none, or nobody may look. */
    Optional<String> idOf(String name) {
        try {
            return calls
                    .paced("DescribeLaunchTemplates", name, () -> clients.ec2()
                            .describeLaunchTemplates(request -> request.launchTemplateNames(name)))
                    .launchTemplates()
                    .stream()
                    .map(software.amazon.awssdk.services.ec2.model.LaunchTemplate::launchTemplateId)
                    .findFirst();
        } catch (CloudException.NotFound | CloudException.AccessDenied e) {
            return Optional.empty();
        }
    }

    private static LaunchTemplate template(software.amazon.awssdk.services.ec2.model.LaunchTemplate template) {
        return new LaunchTemplate(
                new LaunchTemplateId(template.launchTemplateId()),
                new LaunchTemplateName(template.launchTemplateName()),
                new LaunchTemplateVersion(template.defaultVersionNumber()),
                new LaunchTemplateVersion(template.latestVersionNumber()),
                template.tags().stream()
                        .collect(Collectors.toMap(tag -> tag.key(), tag -> Pages.text(tag.value()), (a, b) -> b)));
    }

    // Without a template AWS lists these two versions of every template. Source: EC2 API reference,
    // DescribeLaunchTemplateVersions: "To describe one or more versions ... or all of your launch templates' latest and
    // default versions".
    @Override
    public List<LaunchTemplateVersionData> latestAndDefaultOfAll() {
        return Pages.all(
                        token -> calls.paced("DescribeLaunchTemplateVersions", "", () -> clients.ec2()
                                .describeLaunchTemplateVersions(request -> request.versions("$Latest", "$Default")
                                        .maxResults(PAGE)
                                        .nextToken(token))),
                        DescribeLaunchTemplateVersionsResponse::nextToken)
                .stream()
                .flatMap(page -> page.launchTemplateVersions().stream())
                .map(AwsLaunchTemplates::data)
                .distinct()
                .toList();
    }

    @Override
    public Optional<LaunchTemplateVersionData> version(LaunchTemplateId template, VersionReference version) {
        try {
            return described(template, List.of(version.text())).stream().findFirst();
        } catch (CloudException.NotFound e) {
            return Optional.empty();
        }
    }

    @Override
    public List<LaunchTemplateVersionData> versions(
            LaunchTemplateId template, Collection<LaunchTemplateVersion> versions) {
        List<String> numbers = versions.stream()
                .distinct()
                .sorted()
                .map(LaunchTemplateVersion::toString)
                .toList();
        if (numbers.isEmpty()) {
            return List.of();
        }
        try {
            return described(template, numbers);
        } catch (CloudException.NotFound e) {
            // One unknown number refuses them all, so the known ones are asked for one by one.
            List<LaunchTemplateVersionData> known = new ArrayList<>();
            for (String number : numbers) {
                version(template, VersionReference.parse(number)).ifPresent(known::add);
            }
            return List.copyOf(known);
        }
    }

    @Override
    public List<LaunchTemplateVersionData> versionsOf(LaunchTemplateId template) {
        return filtered(template, List.of());
    }

    @Override
    public List<LaunchTemplateVersionData> versionsWith(LaunchTemplateId template, Collection<AmiId> amis) {
        List<String> ids = amis.stream().map(AmiId::value).distinct().sorted().toList();
        return ids.isEmpty()
                ? List.of()
                : filtered(
                        template,
                        List.of(Filter.builder().name("image-id").values(ids).build()));
    }

    private List<LaunchTemplateVersionData> filtered(LaunchTemplateId template, List<Filter> filters) {
        try {
            return Pages.all(
                            token -> calls.paced("DescribeLaunchTemplateVersions", template.value(), () -> clients.ec2()
                                    .describeLaunchTemplateVersions(
                                            request -> request.launchTemplateId(template.value())
                                                    .filters(filters)
                                                    .maxResults(PAGE)
                                                    .nextToken(token))),
                            DescribeLaunchTemplateVersionsResponse::nextToken)
                    .stream()
                    .flatMap(page -> page.launchTemplateVersions().stream())
                    .map(AwsLaunchTemplates::data)
                    .toList();
        } catch (CloudException.NotFound e) {
            return List.of();
        }
    }

    // Source: EC2 API reference, DescribeLaunchTemplateVersions, ResolveAlias: one version of one template at a time.
    @Override
    public Optional<AmiId> imageOf(LaunchTemplateId template, LaunchTemplateVersion version) {
        return calls
                .paced("DescribeLaunchTemplateVersions", template.value(), () -> clients.ec2()
                        .describeLaunchTemplateVersions(request -> request.launchTemplateId(template.value())
                                .versions(version.toString())
                                .resolveAlias(true)))
                .launchTemplateVersions()
                .stream()
                .map(described -> described.launchTemplateData() == null
                        ? ""
                        : Pages.text(described.launchTemplateData().imageId()))
                .filter(image -> image.startsWith("ami-"))
                .map(AmiId::new)
                .findFirst();
    }

    private List<LaunchTemplateVersionData> described(LaunchTemplateId template, List<String> versions) {
        return answered(template, versions).stream()
                .map(AwsLaunchTemplates::data)
                .toList();
    }

    private List<software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion> answered(
            LaunchTemplateId template, List<String> versions) {
        return calls.paced("DescribeLaunchTemplateVersions", template.value(), () -> clients.ec2()
                        .describeLaunchTemplateVersions(request ->
                                request.launchTemplateId(template.value()).versions(versions)))
                .launchTemplateVersions();
    }

    private static LaunchTemplateVersionData data(
            software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion version) {
        ResponseLaunchTemplateData data = version.launchTemplateData();
        return new LaunchTemplateVersionData(
                new LaunchTemplateId(version.launchTemplateId()),
                new LaunchTemplateName(version.launchTemplateName()),
                new LaunchTemplateVersion(version.versionNumber()),
                Boolean.TRUE.equals(version.defaultVersion()),
                data == null ? "" : Pages.text(data.imageId()),
                data == null ? "" : Pages.text(data.instanceTypeAsString()),
                data == null ? List.of() : networkInterfaces(data),
                Pages.text(version.versionDescription()),
                data == null ? CapacityReservationSpecification.UNSET : capacityReservations(data),
                version.createTime() == null ? Instant.EPOCH : version.createTime(),
                data == null ? LaunchSettings.NONE : LaunchData.settings(data),
                data == null ? BlockDevices.NONE : LaunchData.blockDevices(data),
                data == null ? LaunchResources.NONE : LaunchData.resources(data));
    }

    private static List<String> networkInterfaces(ResponseLaunchTemplateData data) {
        return data.networkInterfaces().stream()
                .map(LaunchTemplateInstanceNetworkInterfaceSpecification::networkInterfaceId)
                .filter(id -> id != null)
                .toList();
    }

    private static CapacityReservationSpecification capacityReservations(ResponseLaunchTemplateData data) {
        var given = data.capacityReservationSpecification();
        if (given == null) {
            return CapacityReservationSpecification.UNSET;
        }
        var target = given.capacityReservationTarget();
        return new CapacityReservationSpecification(
                CapacityReservationPreference.parse(Pages.text(given.capacityReservationPreferenceAsString())),
                target == null ? List.of() : oneOrNone(target.capacityReservationId()),
                target == null ? List.of() : oneOrNone(target.capacityReservationResourceGroupArn()));
    }

    private static List<String> oneOrNone(@Nullable String text) {
        return Pages.text(text).isEmpty() ? List.of() : List.of(Pages.text(text));
    }

    @Override
    public LaunchTemplateVersion createVersion(NewVersion version) {
        List<LaunchTemplateBlockDeviceMappingRequest> mappings = mappings(version);
        CreateLaunchTemplateVersionResponse answer =
                calls.paced("CreateLaunchTemplateVersion", version.template().value(), () -> clients.ec2()
                        .createLaunchTemplateVersion(request -> request.launchTemplateId(
                                        version.template().value())
                                .sourceVersion(version.source().toString())
                                .versionDescription(version.description())
                                .clientToken(version.token().value())
                                .launchTemplateData(data -> {
                                    data.imageId(version.ami().value());
                                    if (!mappings.isEmpty()) {
                                        data.blockDeviceMappings(mappings);
                                    }
                                })));
        if (answer.warning() != null) {
            answer.warning()
                    .errors()
                    .forEach(warning -> LOGGER.log(
                            System.Logger.Level.WARNING,
                            "{0}: AWS doubts the new version: {1}: {2}",
                            version.template(),
                            warning.code(),
                            warning.message()));
        }
        return new LaunchTemplateVersion(answer.launchTemplateVersion().versionNumber());
    }

    /**
     * What AWS copies by itself, the snapshots aside; so where there are some, the mappings are sent. Source: EC2 API
     * Reference, CreateLaunchTemplateVersion, SourceVersion: "Snapshots applied to the block device mapping are ignored when
     * creating a new version unless they are explicitly included".
     */
    private List<LaunchTemplateBlockDeviceMappingRequest> mappings(NewVersion version) {
        if (!version.snapshots().any()) {
            return List.of();
        }
        return answered(version.template(), List.of(version.source().toString())).stream()
                .filter(source -> source.launchTemplateData() != null)
                .flatMap(source ->
                        LaunchData.mappings(
                                source.launchTemplateData(), version.snapshots().following())
                                .stream())
                .toList();
    }

    @Override
    public void setDefaultVersion(LaunchTemplateId template, LaunchTemplateVersion version) {
        calls.paced("ModifyLaunchTemplate", template.value(), () -> clients.ec2()
                .modifyLaunchTemplate(
                        request -> request.launchTemplateId(template.value()).defaultVersion(version.toString())));
    }
}
