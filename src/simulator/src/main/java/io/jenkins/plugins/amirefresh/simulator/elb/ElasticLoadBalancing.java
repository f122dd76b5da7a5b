package io.jenkins.plugins.amirefresh.simulator.elb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountSeeder;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredTargetGroup;
import io.jenkins.plugins.amirefresh.simulator.behavior.Request;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.Addresses;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ProtectedResources;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.StateView;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Elastic Load Balancing v2 as far as fleets need it: target groups in full, load balancers with forwarding listeners. */
public final class ElasticLoadBalancing implements AwsService, AccountSeeder, Addresses, StateView, ProtectedResources {

    private final World world;
    private final Registry registry = new Registry();
    private final Backends backends;
    private final Targets targets;
    private final Sites sites;
    private final TargetGroupOperations groupOperations;
    private final LoadBalancerOperations balancerOperations;

    /** A service without target groups. */
    public ElasticLoadBalancing(World world, Backends backends) {
        this.world = world;
        this.backends = backends;
        this.targets = new Targets(world, registry, backends);
        this.groupOperations = new TargetGroupOperations(world, registry, targets);
        this.sites = new Sites(backends);
        this.balancerOperations = new LoadBalancerOperations(world, registry, targets, sites);
    }

    @Override
    public String name() {
        return "elasticloadbalancingv2";
    }

    @Override
    public Map<String, Operation> operations() {
        Map<String, Operation> operations = new LinkedHashMap<>();
        groupOperations.addTo(operations);
        balancerOperations.addTo(operations);
        return operations;
    }

    /**
     * The ARNs that a call names. Source: Service Authorization Reference, "Elastic Load Balancing V2": Describe calls cannot
     * be limited.
     */
    @Override
    public List<Resource> resources(ServiceCall call) {
        if (call.operation().startsWith("Describe")) {
            return List.of();
        }
        List<String> arns = new ArrayList<>(Json.list(call.input(), "ResourceArns"));
        for (String member : List.of("TargetGroupArn", "LoadBalancerArn", "ListenerArn", "RuleArn")) {
            Json.text(call.input(), member).ifPresent(arns::add);
        }
        AccountRegion at = call.caller().at();
        return arns.stream().map(arn -> new Resource(arn, tags(at, arn))).toList();
    }

    private Map<String, String> tags(AccountRegion at, String arn) {
        return registry.groups(at)
                .find(arn)
                .map(TargetGroup::tags)
                .or(() -> registry.balancers(at).find(arn).map(LoadBalancer::tags))
                .orElse(Map.of());
    }

    /** The older service beside it, with the same instances behind. */
    public ClassicLoadBalancing classic() {
        return new ClassicLoadBalancing(world, registry, backends, targets, sites);
    }

    /** What other services use of it. */
    public Targets targets() {
        return targets;
    }

    /** The ARN of a target group, empty when there is none of that name. */
    public Optional<String> targetGroupArn(AccountRegion at, String name) {
        return registry.groupNamed(at, name).map(TargetGroup::arn);
    }

    @Override
    public void seed(AccountFile file) {
        file.accounts().forEach(account -> account.regions().forEach(region -> {
            AccountRegion at = new AccountRegion(account.id(), region.name());
            region.targetGroups().forEach(declared -> seed(at, declared));
        }));
    }

    private void seed(AccountRegion at, DeclaredTargetGroup declared) {
        ObjectNode input = Json.object();
        input.put("Name", declared.name()).put("Protocol", declared.protocol()).put("Port", declared.port());
        backends.vpc(at, Optional.ofNullable(declared.vpc())).ifPresent(vpc -> input.put("VpcId", vpc));
        input.put("HealthCheckPath", declared.healthCheckPath());
        input.put("HealthCheckIntervalSeconds", declared.healthCheckInterval().toSeconds());
        input.put("HealthCheckTimeoutSeconds", declared.healthCheckTimeout().toSeconds());
        input.put("HealthyThresholdCount", declared.healthyThreshold());
        input.put("UnhealthyThresholdCount", declared.unhealthyThreshold());
        input.putObject("Matcher").put("HttpCode", declared.matcher());
        TargetGroup group = groupOperations.create(at, input);
        group.tags().putAll(declared.tags());
        group.attributes()
                .put(
                        TargetGroup.DELAY,
                        Long.toString(declared.deregistrationDelay().toSeconds()));
        String name = declared.loadBalancer();
        if (name != null) {
            LoadBalancer balancer = registry.balancerNamed(at, name).orElseGet(() -> declare(at, name, group));
            forward(at, balancer, group);
        }
    }

    /** In one subnet of each zone of the target group's VPC, where there are two, and in use already. */
    private LoadBalancer declare(AccountRegion at, String name, TargetGroup group) {
        ObjectNode input = Json.object().put("Name", name);
        List<String> subnets =
                sites.onePerZone(at, group.settings().path("VpcId").asText());
        input.set("Subnets", Json.texts(subnets));
        return balancerOperations.declare(at, input);
    }

    /** On the target group's port, or the next one that is free when several groups share a load balancer. */
    private void forward(AccountRegion at, LoadBalancer balancer, TargetGroup group) {
        Set<Integer> taken = new HashSet<>();
        balancer.listeners()
                .values()
                .forEach(listener -> taken.add(listener.path("Port").asInt()));
        int port = group.port();
        while (taken.contains(port)) {
            port++;
        }
        ObjectNode listener =
                Json.object().put("LoadBalancerArn", balancer.arn()).put("Port", port);
        listener.putArray("DefaultActions").addObject().put("Type", "forward").put("TargetGroupArn", group.arn());
        balancerOperations.createListener(at, listener);
    }

    /**
     * A healthy target's answer, in turn; 503 without any registered target. When all are unhealthy they are all asked.
     * Source: Application Load Balancer User Guide, "Health checks for your target groups" (fail open).
     */
    @Override
    public Optional<ProbeAnswer> probe(String host, int port, String path) {
        String name = host.toLowerCase(Locale.ROOT);
        return registry.allBalancers().stream()
                .filter(balancer -> balancer.dnsName().equals(name))
                .findFirst()
                .map(balancer -> route(balancer, port, path));
    }

    private ProbeAnswer route(LoadBalancer balancer, int port, String path) {
        Optional<TargetGroup> group = balancer.listeners().values().stream()
                .filter(listener -> listener.path("Port").asInt() == port)
                .flatMap(listener -> LoadBalancerOperations.forwards(listener).stream())
                .findFirst()
                .flatMap(registry::groupAnywhere);
        List<String> groupIds = Json.list(balancer.described(), "SecurityGroups");
        Optional<ProbeAnswer> unheard =
                Unheard.answer(backends.admit(balancer.at(), groupIds, port), group.isPresent());
        if (unheard.isPresent() || group.isEmpty()) {
            return unheard.orElseGet(ProbeAnswer::refused);
        }
        List<Target> candidates = candidates(group.get());
        if (candidates.isEmpty()) {
            return ProbeAnswer.http(503, "Service Temporarily Unavailable");
        }
        Target chosen = candidates.get(balancer.nextOf(candidates.size()));
        var request = new Request(chosen.port(), path, group.get().asks(chosen), groupIds);
        ProbeAnswer answer =
                backends.answer(group.get().at(), chosen.id(), request).orElseGet(ProbeAnswer::silence);
        return answer.connected() ? answer : ProbeAnswer.http(502, "Bad Gateway");
    }

    private static List<Target> candidates(TargetGroup group) {
        List<Target> healthy = new ArrayList<>();
        List<Target> unhealthy = new ArrayList<>();
        for (Target target : group.targets().values()) {
            if (target.health() == TargetHealth.HEALTHY) {
                healthy.add(target);
            } else if (target.health().isUnhealthy()) {
                unhealthy.add(target);
            }
        }
        return healthy.isEmpty() ? unhealthy : healthy;
    }

    @Override
    public ObjectNode state(AccountRegion at) {
        ObjectNode state = Json.object();
        registry.groups(at).values().forEach(group -> {
            ObjectNode targetStates = state.putObject(group.name());
            group.targets()
                    .values()
                    .forEach(target ->
                            targetStates.put(target.id(), target.health().state()));
        });
        return state;
    }
}
