package io.jenkins.plugins.amirefresh.simulator.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountSeeder;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredAccount;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredCluster;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredRegion;
import io.jenkins.plugins.amirefresh.simulator.account.TaskBehaviour;
import io.jenkins.plugins.amirefresh.simulator.account.TaskBehaviours;
import io.jenkins.plugins.amirefresh.simulator.ecr.ContainerRegistry;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.simulator.kernel.FleetView;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ProtectedResources;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.StateView;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** The service {@code ecs}. */
public final class ContainerServices implements AwsService, AccountSeeder, StateView, FleetView, ProtectedResources {

    private static final Set<String> OF_SERVICES =
            Set.of("UpdateService", "DeleteService", "DescribeServices", "CreateService");

    private final TaskBehaviours behaviours;
    private final Clusters clusters;
    private final TaskDefinitions definitions;
    private final ServiceOperations services;
    private final TagOperations tags;
    private final Rollout rollout;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private BiPredicate<AccountRegion, String> isInAlarm = (at, alarm) -> false;

    /**
     * Without clusters yet.
     *
     * @param registry where tasks pull images of ECR from
     */
    public ContainerServices(World world, AccountFile file, ContainerRegistry registry) {
        Set<String> accounts =
                file.accounts().stream().map(DeclaredAccount::id).collect(Collectors.toUnmodifiableSet());
        this.behaviours = new TaskBehaviours(file.taskBehaviours());
        TaskLife life = new TaskLife(world, behaviours, new Pulls(registry, accounts));
        this.clusters = new Clusters(world);
        this.definitions = new TaskDefinitions(world);
        this.rollout = new Rollout(world, life, (at, alarm) -> isInAlarm.test(at, alarm));
        this.services = new ServiceOperations(world, clusters, definitions, rollout);
        this.tags = new TagOperations(world, clusters, definitions);
        clusters.addTo(operations);
        definitions.addTo(operations);
        services.addTo(operations);
        new TaskOperations(clusters, life, rollout).addTo(operations);
        tags.addTo(operations);
    }

    @Override
    public String name() {
        return "ecs";
    }

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    /** From now on deployments ask this whether an alarm rings as they begin. */
    public void watch(BiPredicate<AccountRegion, String> alarms) {
        isInAlarm = alarms;
    }

    /** Declared behaviours that no task has met so far. */
    public List<TaskBehaviour> unmatched() {
        return behaviours.unmatched();
    }

    /** The tags of a cluster, service or task definition, which may be changed; empty when there is none of this ARN. */
    public Optional<Map<String, String>> tags(AccountRegion at, String arn) {
        return tags.of(at, arn);
    }

    /** An alarm went into ALARM. */
    public void alarmed(AccountRegion at, String alarm) {
        clusters.all(at).forEach(cluster -> cluster.services().forEach(service -> rollout.alarmed(service, alarm)));
    }

    @Override
    public void seed(AccountFile file) {
        file.accounts().forEach(account -> account.regions()
                .forEach(region -> seed(new AccountRegion(account.id(), region.name()), region)));
    }

    private void seed(AccountRegion at, DeclaredRegion region) {
        String arn = "arn:aws:iam::" + at.accountId() + ":user/default";
        region.taskDefinitions().forEach(declared -> declared.revisions().forEach(revision -> {
            ObjectNode request = revision.request().deepCopy();
            request.put("family", declared.family());
            put(request, declared.tags());
            definitions.add(new Caller(at.accountId(), at.region(), arn, ""), request);
        }));
        for (DeclaredCluster declared : region.clusters()) {
            ObjectNode request = Json.object();
            put(request, declared.tags());
            Cluster cluster = clusters.add(at, declared.name(), request);
            declared.services().forEach(service -> services.declare(cluster, request(service)));
        }
    }

    private static void put(ObjectNode request, Map<String, String> tags) {
        if (!tags.isEmpty()) {
            Json.showTags(tags, request);
        }
    }

    /** CreateService, as the file says it. */
    public static ObjectNode request(DeclaredCluster.Service declared) {
        ObjectNode request = Json.object();
        if (declared.request() instanceof ObjectNode given) {
            request.setAll(given.deepCopy());
        }
        request.put("serviceName", declared.name());
        request.put("taskDefinition", declared.taskDefinition());
        request.put("desiredCount", declared.desired() == null ? 1 : declared.desired());
        put(request, declared.tags());
        ObjectNode configuration = request.withObject("/deploymentConfiguration");
        if (declared.minimumHealthyPercent() != null) {
            configuration.put("minimumHealthyPercent", declared.minimumHealthyPercent());
        }
        if (declared.maximumPercent() != null) {
            configuration.put("maximumPercent", declared.maximumPercent());
        }
        if (!declared.circuitBreaker().equals("off")) {
            configuration
                    .putObject("deploymentCircuitBreaker")
                    .put("enable", true)
                    .put("rollback", declared.circuitBreaker().equals("rollback"));
        }
        if (!declared.alarms().isEmpty()) {
            ObjectNode alarms = configuration.putObject("alarms").put("enable", true);
            alarms.put("rollback", declared.onAlarm().equals("rollback"));
            declared.alarms().forEach(alarms.putArray("alarmNames")::add);
        }
        return request;
    }

    @Override
    public ObjectNode state(AccountRegion at) {
        ObjectNode state = Json.object();
        state.set("clusters", clusters.state(at));
        ArrayNode rows = state.putArray("taskDefinitions");
        definitions.all(at).forEach(definition -> rows.add(definition.view()));
        return state;
    }

    @Override
    public void show(Kind kind, AccountRegion at, ArrayNode rows) {
        if (kind != Kind.SERVICES) {
            return;
        }
        clusters.all(at).forEach(cluster -> cluster.services().stream()
                .filter(Service::isActive)
                .forEach(service -> row(service, rows.addObject())));
    }

    private static void row(Service service, ObjectNode row) {
        Cluster cluster = service.cluster();
        TaskDefinition definition = service.primary().definition();
        row.put("account", cluster.at().accountId())
                .put("region", cluster.at().region())
                .put("cluster", cluster.name())
                .put("name", service.name())
                .put("taskDefinition", definition.family() + ":" + definition.revision())
                .put("rolloutState", service.primary().state().name())
                .put("desired", service.desired())
                .put(
                        "running",
                        service.tasks().stream().filter(EcsTask::isRunning).count());
        ObjectNode images = row.putObject("images");
        definition
                .containers()
                .forEach(container -> images.put(
                        container.path("name").asText(), container.path("image").asText()));
        ObjectNode shown = row.putObject("tags");
        service.tags().forEach(shown::put);
    }

    /**
     * The services and task definitions that a call names. Source: Service Authorization Reference, "Amazon Elastic Container
     * Service".
     */
    @Override
    public List<Resource> resources(ServiceCall call) {
        AccountRegion at = call.caller().at();
        JsonNode input = call.input();
        if (OF_SERVICES.contains(call.operation())) {
            String cluster = Json.name(input.path("cluster").asText("default"));
            List<String> names = call.operation().equals("DescribeServices")
                    ? Json.texts(input, "services")
                    : List.of(input.path("service")
                            .asText(input.path("serviceName").asText()));
            return names.stream()
                    .map(name -> resource(at, at.arn("ecs", "service/" + cluster + "/" + Json.name(name))))
                    .toList();
        }
        if (input.has("resourceArn")) {
            return List.of(resource(at, input.path("resourceArn").asText()));
        }
        return call.operation().equals("RegisterTaskDefinition")
                ? List.of(new Resource(
                        at.arn("ecs", "task-definition/" + input.path("family").asText() + ":*"), Map.of()))
                : List.of();
    }

    private Resource resource(AccountRegion at, String arn) {
        return new Resource(arn, tags.of(at, arn).orElse(Map.of()));
    }

    /**
     * Who registers a task definition gives its roles to tasks, and tags it. Source: ECS Developer Guide, "Amazon ECS task IAM
     * role", "Grant permission to tag resources on creation".
     */
    @Override
    public List<Need> needs(ServiceCall call) {
        if (!call.operation().equals("RegisterTaskDefinition")) {
            return List.of();
        }
        List<Need> needs = new ArrayList<>();
        TaskDefinition.roles(call.input()).forEach(role -> needs.add(need(call, "iam:PassRole", role)));
        if (!call.input().path("tags").isEmpty()) {
            needs.add(need(call, "ecs:TagResource", resources(call).get(0).arn()));
        }
        return needs;
    }

    private static Need need(ServiceCall call, String action, String arn) {
        return new Need(
                action,
                arn,
                "User: " + call.caller().arn() + " is not authorized to perform: " + action + " on resource: " + arn
                        + " because no identity-based policy allows the " + action + " action");
    }
}
