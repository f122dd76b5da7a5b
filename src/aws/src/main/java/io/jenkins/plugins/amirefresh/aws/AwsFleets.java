package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.AmiUses;
import io.jenkins.plugins.amirefresh.model.AmiId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.BatchState;
import software.amazon.awssdk.services.ec2.model.DescribeFleetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSpotFleetRequestsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.FleetData;
import software.amazon.awssdk.services.ec2.model.SpotFleetRequestConfig;

/** What EC2 Fleet and Spot Fleet launch, over the AWS SDK. */
final class AwsFleets {

    private static final List<String> STAYING = List.of("submitted", "active", "modifying");

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsFleets(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    AmiUses.Fleets read() {
        Map<AmiId, List<String>> images = new HashMap<>();
        Map<String, String> templates = new HashMap<>();
        Filter staying = Filter.builder().name("fleet-state").values(STAYING).build();
        Pages.all(
                        token -> calls.paced("DescribeFleets", "", () -> clients.ec2()
                                .describeFleets(
                                        request -> request.filters(staying).nextToken(token))),
                        DescribeFleetsResponse::nextToken)
                .stream()
                .flatMap(page -> page.fleets().stream())
                .forEach(fleet -> add(fleet, images, templates));
        Pages.all(
                        token -> calls.paced("DescribeSpotFleetRequests", "", () -> clients.ec2()
                                .describeSpotFleetRequests(request -> request.nextToken(token))),
                        DescribeSpotFleetRequestsResponse::nextToken)
                .stream()
                .flatMap(page -> page.spotFleetRequestConfigs().stream())
                .filter(request -> stays(request.spotFleetRequestState()))
                .forEach(request -> add(request, images, templates));
        return new AmiUses.Fleets(images, templates);
    }

    private static boolean stays(@Nullable BatchState state) {
        return state == null || STAYING.contains(state.toString());
    }

    private static void add(FleetData fleet, Map<AmiId, List<String>> images, Map<String, String> templates) {
        String who = "fleet " + fleet.fleetId();
        fleet.launchTemplateConfigs().forEach(config -> {
            var named = config.launchTemplateSpecification();
            if (named != null) {
                version(templates, named.launchTemplateId(), named.version(), who);
            }
            config.overrides().forEach(override -> AwsAmiUses.add(images, Pages.text(override.imageId()), who));
        });
    }

    private static void add(
            SpotFleetRequestConfig request, Map<AmiId, List<String>> images, Map<String, String> templates) {
        String who = "spot fleet " + request.spotFleetRequestId();
        var config = request.spotFleetRequestConfig();
        if (config != null) {
            config.launchSpecifications()
                    .forEach(launched -> AwsAmiUses.add(images, Pages.text(launched.imageId()), who));
            config.launchTemplateConfigs().forEach(launched -> {
                var named = launched.launchTemplateSpecification();
                if (named != null) {
                    version(templates, named.launchTemplateId(), named.version(), who);
                }
            });
        }
    }

    private static void version(
            Map<String, String> templates, @Nullable String template, @Nullable String version, String who) {
        if (template != null && Pages.text(version).matches("[0-9]+")) {
            templates.put(template + " " + version, who);
        }
    }
}
