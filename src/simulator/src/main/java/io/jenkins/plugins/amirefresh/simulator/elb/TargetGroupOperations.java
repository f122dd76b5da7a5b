package io.jenkins.plugins.amirefresh.simulator.elb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.Pages;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The operations on target groups. Source: ELB API Reference 2015-12-01. */
final class TargetGroupOperations {

    private static final Pattern MATCHER = Pattern.compile("[2-5]\\d\\d(-[2-5]\\d\\d)?(,[2-5]\\d\\d(-[2-5]\\d\\d)?)*");

    private static final int PAGE = 400;

    /** Settings that ModifyTargetGroup changes. */
    private static final List<String> CHANGEABLE = List.of(
            "HealthCheckProtocol",
            "HealthCheckPort",
            "HealthCheckPath",
            "HealthCheckEnabled",
            "HealthCheckIntervalSeconds",
            "HealthCheckTimeoutSeconds",
            "HealthyThresholdCount",
            "UnhealthyThresholdCount",
            "Matcher");

    private final World world;
    private final Registry registry;
    private final Targets targets;

    TargetGroupOperations(World world, Registry registry, Targets targets) {
        this.world = world;
        this.registry = registry;
        this.targets = targets;
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("CreateTargetGroup", this::create);
        operations.put("ModifyTargetGroup", this::modify);
        operations.put("DeleteTargetGroup", this::delete);
        operations.put("DescribeTargetGroups", this::describe);
        operations.put("DescribeTargetHealth", this::health);
        operations.put("RegisterTargets", this::register);
        operations.put("DeregisterTargets", this::deregister);
        operations.put("DescribeTargetGroupAttributes", this::attributes);
        operations.put("ModifyTargetGroupAttributes", this::modifyAttributes);
    }

    private ObjectNode create(ServiceCall call) {
        TargetGroup group = create(call.caller().at(), call.input());
        return Json.object().set("TargetGroups", Json.array(List.of(view(group))));
    }

    TargetGroup create(AccountRegion at, ObjectNode input) {
        String name = Json.required(input, "Name");
        Optional<TargetGroup> known = registry.groupNamed(at, name);
        if (known.isPresent()) {
            throw AwsError.client(
                    "DuplicateTargetGroupName", "A target group with the same name '" + name + "' exists");
        }
        String arn = at.arn("elasticloadbalancing", "targetgroup/" + name + "/" + shortId());
        TargetGroup group = new TargetGroup(at, arn, name, settings(input));
        Json.readPairs(input, "Tags", group.tags());
        registry.groups(at).put(arn, group);
        world.events().append(at, arn, "target group created");
        return group;
    }

    private String shortId() {
        return world.ids().next("").substring(1, 17);
    }

    /** Source: API Reference, "Matcher": a code, codes with commas or a range, from 200 to 599. */
    private static void checkMatcher(ObjectNode input) {
        String codes = input.path("Matcher").path("HttpCode").asText("200");
        if (!MATCHER.matcher(codes).matches()) {
            throw AwsError.client("ValidationError", "Health check matcher HTTP code '" + codes + "' is not valid");
        }
    }

    private static ObjectNode settings(ObjectNode input) {
        checkMatcher(input);
        String protocol = Json.text(input, "Protocol").orElse("HTTP");
        boolean http = protocol.startsWith("HTTP");
        ObjectNode settings = Json.object();
        settings.put("TargetType", "instance");
        settings.put("Protocol", protocol);
        if (http) {
            settings.put("ProtocolVersion", "HTTP1");
        }
        settings.put("HealthCheckProtocol", http ? "HTTP" : "TCP");
        settings.put("HealthCheckPort", "traffic-port");
        settings.put("HealthCheckEnabled", true);
        settings.put("HealthCheckIntervalSeconds", 30);
        settings.put("HealthCheckTimeoutSeconds", http ? 5 : 10);
        settings.put("HealthyThresholdCount", 5);
        settings.put("UnhealthyThresholdCount", 2);
        settings.put("IpAddressType", "ipv4");
        String checks = Json.text(input, "HealthCheckProtocol").orElse(http ? "HTTP" : "TCP");
        if (checks.startsWith("HTTP")) {
            settings.put("HealthCheckPath", "/");
            settings.putObject("Matcher").put("HttpCode", http ? "200" : "200-399");
        }
        input.properties().forEach(member -> {
            if (!member.getKey().equals("Name") && !member.getKey().equals("Tags")) {
                settings.set(member.getKey(), member.getValue());
            }
        });
        return settings;
    }

    private ObjectNode modify(ServiceCall call) {
        TargetGroup group = group(call);
        checkMatcher(call.input());
        for (String member : CHANGEABLE) {
            JsonNode value = call.input().get(member);
            if (value != null) {
                group.settings().set(member, value);
            }
        }
        world.events().append(group.at(), group.arn(), "target group modified");
        return Json.object().set("TargetGroups", Json.array(List.of(view(group))));
    }

    private ObjectNode delete(ServiceCall call) {
        AccountRegion at = call.caller().at();
        String arn = Json.required(call.input(), "TargetGroupArn");
        Optional<TargetGroup> group = registry.groups(at).find(arn);
        if (group.isEmpty()) {
            return Json.object();
        }
        if (!group.get().loadBalancers().isEmpty()) {
            throw AwsError.client(
                    "ResourceInUse", "Target group '" + arn + "' is currently in use by a listener or a rule");
        }
        registry.groups(at).remove(arn);
        world.events().append(at, arn, "target group deleted");
        return Json.object();
    }

    private ObjectNode describe(ServiceCall call) {
        AccountRegion at = call.caller().at();
        List<String> arns = Json.list(call.input(), "TargetGroupArns");
        List<String> names = Json.list(call.input(), "Names");
        Optional<String> balancer = Json.text(call.input(), "LoadBalancerArn");
        arns.forEach(arn -> registry.group(at, arn));
        if (!names.stream().allMatch(name -> registry.groupNamed(at, name).isPresent())) {
            throw AwsError.client("TargetGroupNotFound", "One or more target groups not found");
        }
        balancer.ifPresent(arn -> registry.balancer(at, arn));
        List<TargetGroup> found = registry.groups(at).values().stream()
                .filter(group -> arns.isEmpty() || arns.contains(group.arn()))
                .filter(group -> names.isEmpty() || names.contains(group.name()))
                .filter(group -> balancer.isEmpty() || group.loadBalancers().contains(balancer.get()))
                .toList();
        Pages.Page<TargetGroup> page = Pages.page(
                "DescribeTargetGroups" + arns + names + balancer,
                found,
                TargetGroup::arn,
                Json.text(call.input(), "Marker"),
                call.input().path("PageSize").asInt(PAGE),
                () -> AwsError.client("ValidationError", "Invalid marker"));
        ObjectNode answer = Json.object();
        answer.set(
                "TargetGroups", Json.array(page.items().stream().map(this::view).toList()));
        page.next().ifPresent(next -> answer.put("NextMarker", next));
        return answer;
    }

    ObjectNode view(TargetGroup group) {
        ObjectNode view = group.settings().deepCopy();
        view.put("TargetGroupArn", group.arn());
        view.put("TargetGroupName", group.name());
        view.set("LoadBalancerArns", Json.texts(group.loadBalancers()));
        return view;
    }

    private ObjectNode health(ServiceCall call) {
        TargetGroup group = group(call);
        List<ObjectNode> rows = new ArrayList<>();
        JsonNode asked = call.input().path("Targets");
        if (asked.isEmpty()) {
            group.targets().values().forEach(target -> rows.add(row(group, target)));
        }
        for (JsonNode wanted : asked) {
            String id = wanted.path("Id").asText();
            int port = wanted.path("Port").asInt(group.port());
            Target target = group.targets().get(id + ":" + port);
            rows.add(target == null ? unregistered(id, port) : row(group, target));
        }
        return Json.object().set("TargetHealthDescriptions", Json.array(rows));
    }

    private static ObjectNode row(TargetGroup group, Target target) {
        ObjectNode row = described(target.id(), target.port(), target.health(), target.description());
        row.put("HealthCheckPort", Integer.toString(group.healthCheckPort(target)));
        return row;
    }

    private static ObjectNode unregistered(String id, int port) {
        TargetHealth none = TargetHealth.NOT_REGISTERED;
        return described(id, port, none, none.description());
    }

    private static ObjectNode described(String id, int port, TargetHealth health, String description) {
        ObjectNode row = Json.object();
        row.putObject("Target").put("Id", id).put("Port", port);
        ObjectNode view = row.putObject("TargetHealth").put("State", health.state());
        if (!health.reason().isEmpty()) {
            view.put("Reason", health.reason()).put("Description", description);
        }
        return row;
    }

    private ObjectNode register(ServiceCall call) {
        TargetGroup group = group(call);
        Map<String, Integer> wanted = new LinkedHashMap<>();
        for (JsonNode target : call.input().path("Targets")) {
            String id = target.path("Id").asText();
            if (!targets.isInstance(group.at(), id)) {
                throw AwsError.client("InvalidTarget", "The following targets are not valid instances: '" + id + "'");
            }
            wanted.put(id, target.path("Port").asInt(group.port()));
        }
        wanted.forEach((id, port) -> targets.register(group, id, port));
        return Json.object();
    }

    private ObjectNode deregister(ServiceCall call) {
        TargetGroup group = group(call);
        for (JsonNode wanted : call.input().path("Targets")) {
            String id = wanted.path("Id").asText();
            boolean anyPort = !wanted.has("Port");
            for (Target target : List.copyOf(group.targets().values())) {
                if (target.id().equals(id)
                        && (anyPort || target.port() == wanted.path("Port").asInt())) {
                    targets.deregister(group, target, () -> {});
                }
            }
        }
        return Json.object();
    }

    private ObjectNode attributes(ServiceCall call) {
        return Json.object().set("Attributes", Json.pairs(group(call).attributes()));
    }

    private ObjectNode modifyAttributes(ServiceCall call) {
        TargetGroup group = group(call);
        Map<String, String> given = new LinkedHashMap<>();
        Json.readPairs(call.input(), "Attributes", given);
        String delay = given.getOrDefault(TargetGroup.DELAY, "0");
        if (!delay.matches("\\d{1,4}") || Integer.parseInt(delay) > 3600) {
            throw AwsError.client(
                    "ValidationError", "Target group attribute value '" + delay + "' must be between 0 and 3600");
        }
        group.attributes().putAll(given);
        world.events().append(group.at(), group.arn(), "target group attributes " + given);
        return attributes(call);
    }

    private TargetGroup group(ServiceCall call) {
        return registry.group(call.caller().at(), Json.required(call.input(), "TargetGroupArn"));
    }
}
