package io.jenkins.plugins.amirefresh.simulator.elb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.Pages;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The operations on load balancers, listeners and tags. Source: ELB API Reference 2015-12-01. */
final class LoadBalancerOperations {

    private static final int PAGE = 400;

    /** How long AWS provisions is not documented. */
    private static final Duration PROVISIONING = Duration.ofMinutes(1);

    private static final String ZONE_ID = "Z32O12XQLNTSW2";

    private final World world;
    private final Registry registry;
    private final Targets targets;
    private final Sites sites;

    LoadBalancerOperations(World world, Registry registry, Targets targets, Sites sites) {
        this.sites = sites;
        this.world = world;
        this.registry = registry;
        this.targets = targets;
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("CreateLoadBalancer", this::create);
        operations.put("DeleteLoadBalancer", this::delete);
        operations.put("DescribeLoadBalancers", this::describe);
        operations.put("DescribeLoadBalancerAttributes", this::attributes);
        operations.put("ModifyLoadBalancerAttributes", this::modifyAttributes);
        operations.put("CreateListener", this::createListener);
        operations.put("DeleteListener", this::deleteListener);
        operations.put("DescribeListeners", this::describeListeners);
        operations.put("AddTags", this::addTags);
        operations.put("RemoveTags", this::removeTags);
        operations.put("DescribeTags", this::describeTags);
    }

    private ObjectNode create(ServiceCall call) {
        AccountRegion at = call.caller().at();
        LoadBalancer balancer = create(at, call.input());
        sites.settle(at, call.input(), isApplication(call.input()), balancer.described());
        add(balancer);
        balancer.become("provisioning");
        world.time().after(PROVISIONING, () -> balancer.become("active"));
        return Json.object().set("LoadBalancers", Json.array(List.of(balancer.described())));
    }

    private static boolean isApplication(ObjectNode input) {
        return Json.text(input, "Type").orElse("application").equals("application");
    }

    /** One that has been there for long. */
    LoadBalancer declare(AccountRegion at, ObjectNode input) {
        LoadBalancer balancer = create(at, input);
        sites.settleDeclared(at, input, balancer.described());
        balancer.become("active");
        add(balancer);
        return balancer;
    }

    private void add(LoadBalancer balancer) {
        registry.balancers(balancer.at()).put(balancer.arn(), balancer);
        world.events().append(balancer.at(), balancer.arn(), "load balancer created");
    }

    private LoadBalancer create(AccountRegion at, ObjectNode input) {
        String name = Json.required(input, "Name");
        if (registry.balancerNamed(at, name).isPresent()) {
            throw AwsError.client(
                    "DuplicateLoadBalancerName", "A load balancer with the same name '" + name + "' exists");
        }
        String type = Json.text(input, "Type").orElse("application");
        String scheme = Json.text(input, "Scheme").orElse("internet-facing");
        String id = world.ids().next("").substring(1, 17);
        String kind = type.equals("network") ? "net" : "app";
        String arn = at.arn("elasticloadbalancing", "loadbalancer/" + kind + "/" + name + "/" + id);
        String number = Long.toString(Long.parseUnsignedLong(id, 16) % 1_000_000_000L);
        String prefix = scheme.equals("internal") ? "internal-" : "";
        String dns = (prefix + name + "-" + number.replace("-", "") + "." + at.region() + ".elb.amazonaws.com")
                .toLowerCase(Locale.ROOT);
        ObjectNode view = Json.object();
        view.put("LoadBalancerArn", arn).put("DNSName", dns).put("CanonicalHostedZoneId", ZONE_ID);
        view.put("CreatedTime", world.time().now().toString()).put("LoadBalancerName", name);
        view.put("Scheme", scheme)
                .put("Type", type)
                .put("IpAddressType", Json.text(input, "IpAddressType").orElse("ipv4"));
        LoadBalancer balancer = new LoadBalancer(at, arn, name, view);
        Json.readPairs(input, "Tags", balancer.tags());
        return balancer;
    }

    private ObjectNode delete(ServiceCall call) {
        AccountRegion at = call.caller().at();
        registry.balancers(at)
                .find(Json.required(call.input(), "LoadBalancerArn"))
                .ifPresent(balancer -> {
                    registry.balancers(at).remove(balancer.arn());
                    List.copyOf(balancer.listeners().values()).forEach(listener -> detach(at, balancer, listener));
                    world.events().append(at, balancer.arn(), "load balancer deleted");
                });
        return Json.object();
    }

    private ObjectNode describe(ServiceCall call) {
        AccountRegion at = call.caller().at();
        List<String> arns = Json.list(call.input(), "LoadBalancerArns");
        List<String> names = Json.list(call.input(), "Names");
        arns.forEach(arn -> registry.balancer(at, arn));
        for (String name : names) {
            if (registry.balancerNamed(at, name).isEmpty()) {
                throw AwsError.client("LoadBalancerNotFound", "Load balancers '[" + name + "]' not found");
            }
        }
        List<LoadBalancer> found = registry.balancers(at).values().stream()
                .filter(balancer -> arns.isEmpty() || arns.contains(balancer.arn()))
                .filter(balancer -> names.isEmpty() || names.contains(balancer.name()))
                .toList();
        Pages.Page<LoadBalancer> page = Pages.page(
                "DescribeLoadBalancers" + arns + names,
                found,
                LoadBalancer::arn,
                Json.text(call.input(), "Marker"),
                call.input().path("PageSize").asInt(PAGE),
                () -> AwsError.client("ValidationError", "Invalid marker"));
        ObjectNode answer = Json.object();
        answer.set(
                "LoadBalancers",
                Json.array(page.items().stream().map(LoadBalancer::described).toList()));
        page.next().ifPresent(next -> answer.put("NextMarker", next));
        return answer;
    }

    private ObjectNode attributes(ServiceCall call) {
        return Json.object().set("Attributes", Json.pairs(balancer(call).attributes()));
    }

    private ObjectNode modifyAttributes(ServiceCall call) {
        Json.readPairs(call.input(), "Attributes", balancer(call).attributes());
        world.events().append(call.caller().at(), balancer(call).arn(), "load balancer attributes changed");
        return attributes(call);
    }

    private ObjectNode createListener(ServiceCall call) {
        ObjectNode listener = createListener(call.caller().at(), call.input());
        return Json.object().set("Listeners", Json.array(List.of(listener)));
    }

    ObjectNode createListener(AccountRegion at, ObjectNode input) {
        LoadBalancer balancer = registry.balancer(at, Json.required(input, "LoadBalancerArn"));
        forwards(input).forEach(arn -> registry.group(at, arn));
        int port = input.path("Port").asInt(80);
        if (balancer.listeners().values().stream()
                .anyMatch(known -> known.path("Port").asInt() == port)) {
            throw AwsError.client("DuplicateListener", "A listener already exists on this port for this load balancer");
        }
        ObjectNode listener = Json.object();
        String arn = balancer.arn().replace(":loadbalancer/", ":listener/") + "/"
                + world.ids().next("").substring(1, 17);
        listener.put("ListenerArn", arn).put("LoadBalancerArn", balancer.arn()).put("Port", port);
        listener.put("Protocol", Json.text(input, "Protocol").orElse("HTTP"));
        listener.set("DefaultActions", input.path("DefaultActions").deepCopy());
        balancer.listeners().put(arn, listener);
        Json.readPairs(input, "Tags", balancer.tagsOfListener(arn));
        for (String forward : forwards(listener)) {
            TargetGroup group = registry.group(at, forward);
            if (group.loadBalancers().add(balancer.arn())
                    && group.loadBalancers().size() == 1) {
                targets.comeIntoUse(group);
            }
        }
        world.events().append(at, arn, "listener created");
        return listener;
    }

    /** Target groups that a listener's default actions forward to. */
    static List<String> forwards(JsonNode listener) {
        List<String> arns = new ArrayList<>();
        for (JsonNode action : listener.path("DefaultActions")) {
            Json.text(action, "TargetGroupArn").ifPresent(arns::add);
            for (JsonNode tuple : action.path("ForwardConfig").path("TargetGroups")) {
                Json.text(tuple, "TargetGroupArn")
                        .filter(arn -> !arns.contains(arn))
                        .ifPresent(arns::add);
            }
        }
        return arns;
    }

    private void detach(AccountRegion at, LoadBalancer balancer, ObjectNode listener) {
        String listenerArn = listener.path("ListenerArn").asText();
        balancer.listeners().remove(listenerArn);
        balancer.tagsOfListener(listenerArn).clear();
        for (String arn : forwards(listener)) {
            boolean still = balancer.listeners().values().stream()
                    .anyMatch(other -> forwards(other).contains(arn));
            registry.groups(at)
                    .find(arn)
                    .filter(group -> !still && group.loadBalancers().remove(balancer.arn()))
                    .ifPresent(targets::comeIntoUse);
        }
    }

    private ObjectNode deleteListener(ServiceCall call) {
        AccountRegion at = call.caller().at();
        String arn = Json.required(call.input(), "ListenerArn");
        LoadBalancer balancer = ofListener(at, arn);
        Optional.ofNullable(balancer.listeners().get(arn)).ifPresent(listener -> detach(at, balancer, listener));
        world.events().append(at, arn, "listener deleted");
        return Json.object();
    }

    private LoadBalancer ofListener(AccountRegion at, String arn) {
        return registry.balancers(at).values().stream()
                .filter(balancer -> balancer.listeners().containsKey(arn))
                .findFirst()
                .orElseThrow(() -> AwsError.client("ListenerNotFound", "One or more listeners not found"));
    }

    private ObjectNode describeListeners(ServiceCall call) {
        AccountRegion at = call.caller().at();
        List<String> arns = Json.list(call.input(), "ListenerArns");
        List<ObjectNode> found = new ArrayList<>();
        if (arns.isEmpty()) {
            found.addAll(balancer(call).listeners().values());
        }
        for (String arn : arns) {
            Optional.ofNullable(ofListener(at, arn).listeners().get(arn)).ifPresent(found::add);
        }
        return Json.object().set("Listeners", Json.array(found));
    }

    private ObjectNode addTags(ServiceCall call) {
        for (String arn : Json.list(call.input(), "ResourceArns")) {
            Json.readPairs(call.input(), "Tags", tagsOf(call.caller().at(), arn));
            world.events().append(call.caller().at(), arn, "tags changed");
        }
        return Json.object();
    }

    private ObjectNode removeTags(ServiceCall call) {
        for (String arn : Json.list(call.input(), "ResourceArns")) {
            tagsOf(call.caller().at(), arn).keySet().removeAll(Json.list(call.input(), "TagKeys"));
            world.events().append(call.caller().at(), arn, "tags changed");
        }
        return Json.object();
    }

    private ObjectNode describeTags(ServiceCall call) {
        List<ObjectNode> rows = new ArrayList<>();
        for (String arn : Json.list(call.input(), "ResourceArns")) {
            ObjectNode row = Json.object().put("ResourceArn", arn);
            row.set("Tags", Json.pairs(tagsOf(call.caller().at(), arn)));
            rows.add(row);
        }
        return Json.object().set("TagDescriptions", Json.array(rows));
    }

    private Map<String, String> tagsOf(AccountRegion at, String arn) {
        if (arn.contains(":targetgroup/")) {
            return registry.group(at, arn).tags();
        }
        if (arn.contains(":listener/")) {
            return ofListener(at, arn).tagsOfListener(arn);
        }
        return registry.balancer(at, arn).tags();
    }

    private LoadBalancer balancer(ServiceCall call) {
        return registry.balancer(call.caller().at(), Json.required(call.input(), "LoadBalancerArn"));
    }
}
