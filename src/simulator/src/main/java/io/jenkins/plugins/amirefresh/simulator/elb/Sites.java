package io.jenkins.plugins.amirefresh.simulator.elb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.elb.Backends.Site;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where load balancers stand: their subnets, the zones and VPC of these, the security groups they get. */
final class Sites {

    private static final int LEAST_ZONES = 2;

    private final Backends backends;

    Sites(Backends backends) {
        this.backends = backends;
    }

    /** Subnets by id, in the order they are named. */
    List<Site> named(AccountRegion at, List<String> subnetIds) {
        Map<String, Site> known = new LinkedHashMap<>();
        backends.sites(at).forEach(site -> known.put(site.subnetId(), site));
        List<Site> sites = new ArrayList<>();
        for (String id : subnetIds) {
            Site site = known.get(id);
            if (site == null) {
                throw AwsError.client("SubnetNotFound", "The subnet ID '" + id + "' does not exist");
            }
            sites.add(site);
        }
        if (sites.stream().map(Site::vpcId).distinct().count() > 1) {
            String vpcs = sites.stream().map(Site::vpcId).distinct().collect(Collectors.joining(", "));
            throw AwsError.client(
                    "InvalidConfigurationRequest", "All subnets must belong to the same VPC: '" + vpcs + "'");
        }
        return sites;
    }

    /** The first subnet of each zone of a VPC. */
    List<String> onePerZone(AccountRegion at, String vpcId) {
        Set<String> zones = new HashSet<>();
        return backends.sites(at).stream()
                .filter(site -> site.vpcId().equals(vpcId) && zones.add(site.zone()))
                .map(Site::subnetId)
                .toList();
    }

    /** The default VPC's subnets in these zones. */
    private List<Site> inZones(AccountRegion at, List<String> zones) {
        return backends.sites(at).stream()
                .filter(site -> site.isDefault() && zones.contains(site.zone()))
                .toList();
    }

    /**
     * Puts a load balancer of version 2 where a request wants it. Source: ELB API Reference 2015-12-01, CreateLoadBalancer.
     *
     * @throws AwsError when an Application Load Balancer gets less than two zones, or any a zone twice
     */
    void settle(AccountRegion at, ObjectNode input, boolean isApplication, ObjectNode view) {
        List<String> ids = new ArrayList<>(Json.list(input, "Subnets"));
        Map<String, JsonNode> mappings = new LinkedHashMap<>();
        for (JsonNode mapping : input.path("SubnetMappings")) {
            ids.add(mapping.path("SubnetId").asText());
            mappings.put(mapping.path("SubnetId").asText(), mapping);
        }
        List<Site> sites = named(at, ids);
        Set<String> zones = sites.stream().map(Site::zone).collect(Collectors.toSet());
        if (zones.size() < (isApplication ? LEAST_ZONES : 1)) {
            throw AwsError.client(
                    "ValidationError",
                    isApplication
                            ? "At least two subnets in two different Availability Zones must be specified"
                            : "You must specify at least one subnet");
        }
        if (zones.size() < sites.size()) {
            throw AwsError.client(
                    "InvalidConfigurationRequest",
                    "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
        }
        place(at, input, isApplication, view, sites, mappings);
    }

    /** The same for one that an account file declares, which may have a single zone. */
    void settleDeclared(AccountRegion at, ObjectNode input, ObjectNode view) {
        place(at, input, true, view, named(at, Json.list(input, "Subnets")), Map.of());
    }

    /** Its subnets' zones and VPC; of zones, the default VPC's subnets. Source: API Reference, "LoadBalancerDescription". */
    void settleClassic(AccountRegion at, ObjectNode input, ObjectNode settings) {
        List<String> subnets = Json.list(input, "Subnets");
        List<String> zones = Json.list(input, "AvailabilityZones");
        if (!subnets.isEmpty() && !zones.isEmpty()) {
            throw AwsError.client("ValidationError", "Only one of SubnetIds or AvailabilityZones may be specified");
        }
        List<Site> stands = subnets.isEmpty() ? inZones(at, zones) : named(at, subnets);
        settings.set(
                "AvailabilityZones",
                Json.texts(
                        stands.isEmpty()
                                ? zones
                                : stands.stream().map(Site::zone).distinct().toList()));
        settings.set("Subnets", Json.texts(stands.stream().map(Site::subnetId).toList()));
        Optional<String> vpc =
                stands.stream().map(Site::vpcId).findFirst().or(() -> backends.vpc(at, Optional.empty()));
        vpc.ifPresent(id -> settings.put("VPCId", id));
        List<String> groups = vpc.map(id -> groups(at, input, id, true)).orElse(List.of());
        settings.set("SecurityGroups", Json.texts(groups));
        settings.putObject("SourceSecurityGroup")
                .put("OwnerAlias", at.accountId())
                .put("GroupName", "default");
        ObjectNode policies = settings.putObject("Policies");
        policies.putArray("AppCookieStickinessPolicies");
        policies.putArray("LBCookieStickinessPolicies");
        policies.putArray("OtherPolicies");
    }

    private void place(
            AccountRegion at,
            ObjectNode input,
            boolean isApplication,
            ObjectNode view,
            List<Site> sites,
            Map<String, JsonNode> mappings) {
        List<ObjectNode> zones = new ArrayList<>();
        for (Site site : sites) {
            ObjectNode zone = Json.object().put("ZoneName", site.zone()).put("SubnetId", site.subnetId());
            List<ObjectNode> addresses = new ArrayList<>();
            JsonNode mapping = mappings.get(site.subnetId());
            if (mapping != null && (mapping.has("AllocationId") || mapping.has("PrivateIPv4Address"))) {
                ObjectNode address = Json.object();
                Json.text(mapping, "AllocationId").ifPresent(id -> address.put("AllocationId", id));
                Json.text(mapping, "PrivateIPv4Address").ifPresent(ip -> address.put("PrivateIPv4Address", ip));
                addresses.add(address);
            }
            zone.set("LoadBalancerAddresses", Json.array(addresses));
            zones.add(zone);
        }
        view.set("AvailabilityZones", Json.array(zones));
        if (sites.isEmpty()) {
            return;
        }
        view.put("VpcId", sites.get(0).vpcId());
        List<String> groups = groups(at, input, sites.get(0).vpcId(), isApplication);
        if (!groups.isEmpty()) {
            view.set("SecurityGroups", Json.texts(groups));
        }
    }

    /** Those of the request, else the VPC's own when it has to have one. */
    List<String> groups(AccountRegion at, ObjectNode input, String vpcId, boolean needsOne) {
        List<String> given = Json.list(input, "SecurityGroups");
        return given.isEmpty() && needsOne
                ? backends.ownGroup(at, vpcId).map(List::of).orElse(List.of())
                : given;
    }
}
