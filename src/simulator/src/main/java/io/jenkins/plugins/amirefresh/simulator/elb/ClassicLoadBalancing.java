package io.jenkins.plugins.amirefresh.simulator.elb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountSeeder;
import io.jenkins.plugins.amirefresh.simulator.behavior.Asked;
import io.jenkins.plugins.amirefresh.simulator.behavior.Request;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.Addresses;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.Pages;
import io.jenkins.plugins.amirefresh.simulator.kernel.ProtectedResources;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Classic Elastic Load Balancing as far as fleets need it. Source: ELB API Reference 2012-06-01. */
public final class ClassicLoadBalancing implements AwsService, AccountSeeder, Addresses, ProtectedResources {

    private static final int PAGE = 400;
    private static final String NAME = "LoadBalancerName";
    private static final List<String> PROTOCOLS = List.of("HTTP", "HTTPS", "SSL", "TCP");

    private final World world;
    private final Registry registry;
    private final Sites sites;
    private final Backends backends;
    private final Targets targets;

    ClassicLoadBalancing(World world, Registry registry, Backends backends, Targets targets, Sites sites) {
        this.sites = sites;
        this.world = world;
        this.registry = registry;
        this.backends = backends;
        this.targets = targets;
    }

    @Override
    public String name() {
        return "elasticloadbalancing";
    }

    @Override
    public Map<String, Operation> operations() {
        Map<String, Operation> operations = new LinkedHashMap<>();
        operations.put("CreateLoadBalancer", this::create);
        operations.put("DeleteLoadBalancer", this::delete);
        operations.put("DescribeLoadBalancers", this::describe);
        operations.put("ConfigureHealthCheck", this::configure);
        operations.put("DescribeInstanceHealth", this::health);
        operations.put("RegisterInstancesWithLoadBalancer", this::register);
        operations.put("DeregisterInstancesFromLoadBalancer", this::deregister);
        operations.put("DescribeLoadBalancerAttributes", call -> attributes(balancer(call)));
        operations.put("ModifyLoadBalancerAttributes", this::modify);
        operations.put("AddTags", this::addTags);
        operations.put("RemoveTags", this::removeTags);
        operations.put("DescribeTags", this::describeTags);
        return operations;
    }

    /** Source: Service Authorization Reference, "Elastic Load Balancing": Describe calls cannot be limited. */
    @Override
    public List<Resource> resources(ServiceCall call) {
        List<String> names = new ArrayList<>(Json.list(call.input(), "LoadBalancerNames"));
        Json.text(call.input(), NAME).ifPresent(names::add);
        AccountRegion at = call.caller().at();
        return call.operation().startsWith("Describe")
                ? List.of()
                : names.stream()
                        .map(name -> new Resource(
                                at.arn("elasticloadbalancing", "loadbalancer/" + name),
                                registry.classics(at)
                                        .find(name)
                                        .map(ClassicBalancer::tags)
                                        .orElse(Map.of())))
                        .toList();
    }

    private ClassicBalancer balancer(ServiceCall call) {
        return balancer(call.caller().at(), Json.required(call.input(), NAME));
    }

    private ClassicBalancer balancer(AccountRegion at, String name) {
        return registry.classics(at)
                .find(name)
                .orElseThrow(() -> AwsError.client(
                        "LoadBalancerNotFound", "There is no ACTIVE Load Balancer named '" + name + "'"));
    }

    private ObjectNode create(ServiceCall call) {
        ClassicBalancer made = create(call.caller().at(), call.input());
        return Json.object().put("DNSName", made.dnsName());
    }

    private ClassicBalancer create(AccountRegion at, ObjectNode input) {
        String name = Json.required(input, NAME);
        if (registry.classics(at).has(name)) {
            throw AwsError.client(
                    "DuplicateLoadBalancerName",
                    "Load balancer '" + name + "' already exists with a different configuration");
        }
        List<ObjectNode> listeners = new ArrayList<>();
        for (JsonNode listener : input.path("Listeners")) {
            checkProtocol(listener.path("Protocol").asText());
            Json.text(listener, "InstanceProtocol").ifPresent(ClassicLoadBalancing::checkProtocol);
            ObjectNode description = Json.object();
            ObjectNode shown = ((ObjectNode) listener).deepCopy();
            shown.put(
                    "InstanceProtocol",
                    Json.text(listener, "InstanceProtocol")
                            .orElse(listener.path("Protocol").asText()));
            description.set("Listener", shown);
            description.putArray("PolicyNames");
            listeners.add(description);
        }
        if (listeners.isEmpty()) {
            throw AwsError.client("ValidationError", "Listeners cannot be empty");
        }
        ObjectNode settings = Json.object();
        settings.set("ListenerDescriptions", Json.array(listeners));
        sites.settleClassic(at, input, settings);
        settings.putArray("BackendServerDescriptions");
        settings.put("Scheme", Json.text(input, "Scheme").orElse("internet-facing"));
        ClassicBalancer balancer = new ClassicBalancer(at, name, world.time().now(), settings);
        balancer.check(Json.object()
                .put(
                        "Target",
                        "TCP:" + listeners.get(0).at("/Listener/InstancePort").asInt())
                .put("Interval", 30)
                .put("Timeout", 5)
                .put("UnhealthyThreshold", 2)
                .put("HealthyThreshold", 10));
        Json.readPairs(input, "Tags", balancer.tags());
        registry.classics(at).put(name, balancer);
        world.events().append(at, name, "load balancer created");
        return balancer;
    }

    private static void checkProtocol(String protocol) {
        if (!PROTOCOLS.contains(protocol.toUpperCase(Locale.ROOT))) {
            throw AwsError.client(
                    "ValidationError", "Protocol '" + protocol + "' is not one of " + String.join(", ", PROTOCOLS));
        }
    }

    /** One that is not there is no error. Source: API Reference, "DeleteLoadBalancer". */
    private ObjectNode delete(ServiceCall call) {
        AccountRegion at = call.caller().at();
        String name = Json.required(call.input(), NAME);
        registry.classics(at).find(name).ifPresent(gone -> {
            gone.instances().attributes().put(TargetGroup.DELAY, "0");
            List.copyOf(gone.instances().targets().values())
                    .forEach(target -> targets.deregister(gone.instances(), target, () -> {}));
            registry.classics(at).remove(name);
            world.events().append(at, name, "load balancer deleted");
        });
        return Json.object();
    }

    private ObjectNode describe(ServiceCall call) {
        AccountRegion at = call.caller().at();
        List<String> names = Json.list(call.input(), "LoadBalancerNames");
        List<ClassicBalancer> found = names.isEmpty()
                ? List.copyOf(registry.classics(at).values())
                : names.stream()
                        .distinct()
                        .sorted()
                        .map(name -> balancer(at, name))
                        .toList();
        Pages.Page<ClassicBalancer> page = Pages.page(
                "DescribeLoadBalancers" + names,
                found,
                ClassicBalancer::name,
                Json.text(call.input(), "Marker"),
                call.input().path("PageSize").asInt(PAGE),
                () -> AwsError.client("ValidationError", "Invalid marker"));
        ObjectNode answer = Json.object();
        answer.set(
                "LoadBalancerDescriptions",
                Json.array(page.items().stream().map(ClassicBalancer::view).toList()));
        page.next().ifPresent(next -> answer.put("NextMarker", next));
        return answer;
    }

    private ObjectNode configure(ServiceCall call) {
        ClassicBalancer balancer = balancer(call);
        ObjectNode check = ((ObjectNode) call.input().path("HealthCheck")).deepCopy();
        if (!ClassicBalancer.isTarget(check.path("Target").asText())) {
            throw AwsError.client(
                    "ValidationError",
                    "HealthCheck Target must be like TCP:80 or HTTP:80/path, not '"
                            + check.path("Target").asText() + "'");
        }
        if (check.path("Timeout").asInt() >= check.path("Interval").asInt()) {
            throw AwsError.client("ValidationError", "HealthCheck timeout must be less than interval");
        }
        balancer.check(check);
        world.events()
                .append(
                        balancer.at(),
                        balancer.name(),
                        "health check " + check.path("Target").asText());
        targets.comeIntoUse(balancer.instances());
        return Json.object().set("HealthCheck", check);
    }

    private static List<String> ids(ServiceCall call) {
        List<String> ids = new ArrayList<>();
        call.input()
                .path("Instances")
                .forEach(instance -> ids.add(instance.path("InstanceId").asText()));
        return ids;
    }

    private AwsError unknown(String id) {
        return AwsError.client("InvalidInstance", "Could not find EC2 instance " + id + ".");
    }

    private ObjectNode health(ServiceCall call) {
        ClassicBalancer balancer = balancer(call);
        List<String> asked = ids(call);
        Map<String, Target> known = new LinkedHashMap<>();
        balancer.instances().targets().values().forEach(target -> known.put(target.id(), target));
        List<ObjectNode> rows = new ArrayList<>();
        for (String id : asked.isEmpty() ? known.keySet() : asked) {
            if (!known.containsKey(id) && !backends.exists(balancer.at(), id)) {
                throw unknown(id);
            }
            rows.add(ClassicHealth.of(Optional.ofNullable(known.get(id))).view(id));
        }
        return Json.object().set("InstanceStates", Json.array(rows));
    }

    private ObjectNode register(ServiceCall call) {
        ClassicBalancer balancer = balancer(call);
        List<String> ids = ids(call);
        for (String id : ids) {
            if (!backends.exists(balancer.at(), id)) {
                throw unknown(id);
            }
        }
        ids.forEach(id ->
                targets.register(balancer.instances(), id, balancer.instances().port()));
        return instances(balancer);
    }

    private ObjectNode deregister(ServiceCall call) {
        ClassicBalancer balancer = balancer(call);
        ids(call).forEach(id -> targets.deregister(balancer.at(), ClassicBalancer.key(balancer.name()), id, () -> {}));
        return instances(balancer);
    }

    private static ObjectNode instances(ClassicBalancer balancer) {
        return Json.object().set("Instances", balancer.view().get("Instances"));
    }

    private static ObjectNode attributes(ClassicBalancer balancer) {
        return Json.object().set("LoadBalancerAttributes", balancer.attributes().deepCopy());
    }

    private ObjectNode modify(ServiceCall call) {
        ClassicBalancer balancer = balancer(call);
        call.input().path("LoadBalancerAttributes").properties().forEach(attribute -> {
            if (attribute.getValue() instanceof ObjectNode members) {
                balancer.attributes().withObject("/" + attribute.getKey()).setAll(members.deepCopy());
            } else {
                balancer.attributes()
                        .set(attribute.getKey(), attribute.getValue().deepCopy());
            }
        });
        balancer.drainAsSet();
        world.events().append(balancer.at(), balancer.name(), "load balancer attributes changed");
        return attributes(balancer).put(NAME, balancer.name());
    }

    private ObjectNode addTags(ServiceCall call) {
        for (String name : Json.list(call.input(), "LoadBalancerNames")) {
            Json.readPairs(
                    call.input(), "Tags", balancer(call.caller().at(), name).tags());
        }
        return Json.object();
    }

    private ObjectNode removeTags(ServiceCall call) {
        for (String name : Json.list(call.input(), "LoadBalancerNames")) {
            Map<String, String> tags = balancer(call.caller().at(), name).tags();
            call.input().path("Tags").forEach(tag -> tags.remove(tag.path("Key").asText()));
        }
        return Json.object();
    }

    private ObjectNode describeTags(ServiceCall call) {
        List<ObjectNode> rows = new ArrayList<>();
        for (String name : Json.list(call.input(), "LoadBalancerNames")) {
            ObjectNode row = Json.object().put(NAME, name);
            row.set("Tags", Json.pairs(balancer(call.caller().at(), name).tags()));
            rows.add(row);
        }
        return Json.object().set("TagDescriptions", Json.array(rows));
    }

    @Override
    public void seed(AccountFile file) {
        file.accounts().forEach(account -> account.regions()
                .forEach(region -> region.loadBalancers().forEach(declared -> {
                    ObjectNode input = Json.object().put(NAME, declared.name());
                    input.putArray("Listeners")
                            .addObject()
                            .put("Protocol", "HTTP")
                            .put("LoadBalancerPort", declared.port())
                            .put("InstancePort", declared.instancePort());
                    ClassicBalancer made = create(new AccountRegion(account.id(), region.name()), input);
                    made.tags().putAll(declared.tags());
                    made.check(Json.object()
                            .put("Target", declared.healthCheck())
                            .put("Interval", declared.healthCheckInterval().toSeconds())
                            .put("Timeout", 2)
                            .put("UnhealthyThreshold", declared.unhealthyThreshold())
                            .put("HealthyThreshold", declared.healthyThreshold()));
                    made.attributes()
                            .putObject("ConnectionDraining")
                            .put("Enabled", !declared.connectionDraining().isZero())
                            .put("Timeout", declared.connectionDraining().toSeconds());
                    made.drainAsSet();
                })));
    }

    /** An instance in service answers, in turn; without any it is 503. Source: Classic Load Balancers guide, "Troubleshoot". */
    @Override
    public Optional<ProbeAnswer> probe(String host, int port, String path) {
        String name = host.toLowerCase(Locale.ROOT);
        return registry.allClassics().stream()
                .filter(balancer -> balancer.dnsName().equals(name))
                .findFirst()
                .map(balancer -> route(balancer, port, path));
    }

    private ProbeAnswer route(ClassicBalancer balancer, int port, String path) {
        List<String> groupIds = Json.list(balancer.settings(), "SecurityGroups");
        int instancePort = balancer.instancePort(port);
        Optional<ProbeAnswer> unheard = Unheard.answer(backends.admit(balancer.at(), groupIds, port), instancePort > 0);
        if (unheard.isPresent()) {
            return unheard.get();
        }
        List<Target> healthy = balancer.instances().targets().values().stream()
                .filter(target -> target.health() == TargetHealth.HEALTHY)
                .toList();
        if (healthy.isEmpty()) {
            return ProbeAnswer.http(503, "Service Unavailable: Back-end server is at capacity");
        }
        Target chosen = healthy.get(balancer.nextOf(healthy.size()));
        Asked asked = balancer.instances().asks(chosen).and(Asked.of(instancePort));
        return backends.answer(balancer.at(), chosen.id(), new Request(instancePort, path, asked, groupIds))
                .filter(ProbeAnswer::connected)
                .orElseGet(() -> ProbeAnswer.http(504, "Gateway Timeout"));
    }
}
