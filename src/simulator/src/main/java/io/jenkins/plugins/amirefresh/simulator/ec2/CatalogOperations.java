package io.jenkins.plugins.amirefresh.simulator.ec2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.InstanceTypes;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.InstanceTypes.InstanceType;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Filters;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Handler;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Paging;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** EC2's operations on what AWS offers: regions, instance types, account attributes. */
final class CatalogOperations {

    /** The regions that every account has without opting in. Source: Account Management Reference Guide, "Regions". */
    private static final List<String> REGIONS = List.of(
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ca-central-1",
            "eu-central-1",
            "eu-north-1",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2");

    private static final Paging TYPES = new Paging("DescribeInstanceTypes", 5, 100, 100);
    private static final Paging OFFERINGS = new Paging("DescribeInstanceTypeOfferings", 5, 1000, 1000);

    private final InstanceTypes types;
    private final Function<Caller, Collection<String>> zones;
    private final Filters<String> regionFilters = Filters.<String>byTags(region -> Map.of())
            .with("region-name", region -> region)
            .with("endpoint", CatalogOperations::endpoint)
            .with("opt-in-status", region -> "opt-in-not-required");
    private final Filters<InstanceType> typeFilters = Filters.<InstanceType>byTags(type -> Map.of())
            .with("instance-type", InstanceType::name)
            .with("current-generation", type -> Boolean.toString(!type.name().startsWith("t2.")))
            .with("processor-info.supported-architecture", InstanceType::architecture)
            .with("vcpu-info.default-vcpus", type -> Integer.toString(type.vcpus()))
            .with("memory-info.size-in-mib", type -> Integer.toString(type.memory()))
            .with("burstable-performance-supported", type -> Boolean.toString(type.burstable()))
            .with("bare-metal", type -> "false")
            .with("supported-virtualization-type", type -> "hvm")
            .withAll("supported-usage-class", type -> Stream.of("on-demand", "spot"));
    private final Filters<Offering> offeringFilters = Filters.<Offering>byTags(offering -> Map.of())
            .with("instance-type", Offering::type)
            .with("location", Offering::location);

    CatalogOperations(InstanceTypes types, Function<Caller, Collection<String>> zones) {
        this.types = types;
        this.zones = zones;
    }

    private record Offering(String type, String locationType, String location) {

        String key() {
            return location + " " + type;
        }
    }

    Map<String, Handler> operations() {
        return Map.of(
                "DescribeRegions", this::regions,
                "DescribeAccountAttributes", this::accountAttributes,
                "DescribeInstanceTypes", this::instanceTypes,
                "DescribeInstanceTypeOfferings", this::offerings);
    }

    private static String endpoint(String region) {
        return "ec2." + region + ".amazonaws.com";
    }

    private ObjectNode regions(Input request, Caller caller) {
        List<String> names = request.texts("RegionNames");
        names.stream().filter(name -> !REGIONS.contains(name)).findFirst().ifPresent(name -> {
            throw AwsError.client("InvalidParameterValue", "Invalid region: [" + name + "]");
        });
        List<String> found = REGIONS.stream()
                .filter(region -> names.isEmpty() || names.contains(region))
                .filter(regionFilters.of(request))
                .toList();
        return Nodes.of("Regions", Nodes.array(found, region -> Nodes.object()
                .put("RegionName", region)
                .put("Endpoint", endpoint(region))
                .put("OptInStatus", "opt-in-not-required")));
    }

    private ObjectNode accountAttributes(Input request, Caller caller) {
        Map<String, List<String>> values = Map.of(
                "supported-platforms", List.of("VPC"),
                "default-vpc", List.of("none"),
                "max-instances", List.of("1152"),
                "vpc-max-security-groups-per-interface", List.of("5"),
                "max-elastic-ips", List.of("5"),
                "vpc-max-elastic-ips", List.of("5"));
        List<String> names = request.texts("AttributeNames");
        List<String> found = values.keySet().stream()
                .filter(name -> names.isEmpty() || names.contains(name))
                .sorted()
                .toList();
        return Nodes.of("AccountAttributes", Nodes.array(found, name -> {
            ObjectNode attribute = Nodes.of("AttributeName", name);
            List<String> texts = values.getOrDefault(name, List.of());
            attribute.set("AttributeValues", Nodes.array(texts, text -> Nodes.of("AttributeValue", text)));
            return attribute;
        }));
    }

    private ObjectNode instanceTypes(Input request, Caller caller) {
        List<String> names = request.texts("InstanceTypes");
        List<String> unknown = names.stream()
                .filter(name ->
                        types.all().stream().noneMatch(type -> type.name().equals(name)))
                .toList();
        if (!unknown.isEmpty()) {
            throw AwsError.client(
                    "InvalidInstanceType",
                    "The following supplied instance types do not exist: [" + String.join(", ", unknown) + "]");
        }
        List<InstanceType> found = types.all().stream()
                .filter(type -> names.isEmpty() || names.contains(type.name()))
                .filter(typeFilters.of(request))
                .toList();
        return TYPES.answer(request, "InstanceTypes", found, InstanceType::name, CatalogOperations::view);
    }

    private static ObjectNode view(InstanceType type) {
        ObjectNode view = Nodes.object()
                .put("InstanceType", type.name())
                .put("CurrentGeneration", !type.name().startsWith("t2."))
                .put(
                        "FreeTierEligible",
                        type.name().equals("t3.micro") || type.name().equals("t2.micro"))
                .put("BareMetal", false)
                .put("Hypervisor", type.name().startsWith("t2.") ? "xen" : "nitro")
                .put("InstanceStorageSupported", false)
                .put("BurstablePerformanceSupported", type.burstable());
        view.set("SupportedUsageClasses", Nodes.texts(List.of("on-demand", "spot")));
        view.set("SupportedRootDeviceTypes", Nodes.texts(List.of("ebs")));
        view.set("SupportedVirtualizationTypes", Nodes.texts(List.of("hvm")));
        view.set("ProcessorInfo", Nodes.of("SupportedArchitectures", Nodes.texts(List.of(type.architecture()))));
        view.set("VCpuInfo", Nodes.object().put("DefaultVCpus", type.vcpus()));
        view.set("MemoryInfo", Nodes.object().put("SizeInMiB", type.memory()));
        view.set(
                "NetworkInfo",
                Nodes.object().put("EnaSupport", type.name().startsWith("t2.") ? "unsupported" : "required"));
        List<String> modes = type.architecture().equals("arm64") ? List.of("uefi") : List.of("legacy-bios", "uefi");
        view.set("SupportedBootModes", Nodes.texts(modes));
        return view;
    }

    private ObjectNode offerings(Input request, Caller caller) {
        String locationType = request.text("LocationType", "region");
        Collection<String> locations =
                locationType.startsWith("availability-zone") ? zones.apply(caller) : List.of(caller.region());
        List<Offering> found = locations.stream()
                .flatMap(
                        location -> types.all().stream().map(type -> new Offering(type.name(), locationType, location)))
                .filter(offeringFilters.of(request))
                .sorted((left, right) -> left.key().compareTo(right.key()))
                .toList();
        return OFFERINGS.answer(request, "InstanceTypeOfferings", found, Offering::key, offering -> Nodes.object()
                .put("InstanceType", offering.type())
                .put("LocationType", offering.locationType())
                .put("Location", offering.location()));
    }
}
