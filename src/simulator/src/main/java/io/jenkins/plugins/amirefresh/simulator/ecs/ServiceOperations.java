package io.jenkins.plugins.amirefresh.simulator.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Services. Source: ECS API Reference, "CreateService", "UpdateService", "DescribeServices", "DeleteService".
 */
final class ServiceOperations {

    private static final int MOST_DESCRIBED = 10;

    /** What UpdateService may change. */
    private static final List<String> CHANGEABLE = List.of(
            "capacityProviderStrategy",
            "deploymentConfiguration",
            "networkConfiguration",
            "placementConstraints",
            "placementStrategy",
            "platformVersion",
            "healthCheckGracePeriodSeconds",
            "enableExecuteCommand",
            "enableECSManagedTags",
            "loadBalancers",
            "propagateTags",
            "serviceRegistries",
            "serviceConnectConfiguration",
            "volumeConfigurations",
            "vpcLatticeConfigurations",
            "availabilityZoneRebalancing");

    /** Those that only new tasks can have, so a deployment begins. */
    private static final List<String> OF_TASKS = List.of(
            "capacityProviderStrategy",
            "networkConfiguration",
            "platformVersion",
            "loadBalancers",
            "serviceRegistries",
            "serviceConnectConfiguration",
            "volumeConfigurations",
            "vpcLatticeConfigurations");

    private final World world;
    private final Clusters clusters;
    private final TaskDefinitions definitions;
    private final Rollout rollout;

    ServiceOperations(World world, Clusters clusters, TaskDefinitions definitions, Rollout rollout) {
        this.world = world;
        this.clusters = clusters;
        this.definitions = definitions;
        this.rollout = rollout;
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("CreateService", this::create);
        operations.put("UpdateService", this::update);
        operations.put("DescribeServices", this::describe);
        operations.put("ListServices", this::list);
        operations.put("DeleteService", this::delete);
    }

    private ObjectNode create(ServiceCall call) {
        Cluster cluster = clusters.named(call);
        ObjectNode request = call.input().deepCopy();
        if (request.at("/deploymentController/type").asText("ECS").equals("EXTERNAL")) {
            throw AwsError.client(
                    "UnsupportedFeatureException",
                    "The simulator has services of external controllers in its account file only: it knows no CreateTaskSet.");
        }
        if (Service.isDaemon(request)) {
            checkDaemon(request);
            // No container instance is in a simulated cluster, unless the account file says how many a daemon runs on.
            request.put("desiredCount", 0);
        }
        Service service = add(cluster, request);
        rollout.deploy(service, definition(cluster, call.input()));
        world.events().append(cluster.at(), service.name(), "service created");
        return answer(service);
    }

    /** A declared one, whose tasks have been serving for long. */
    void declare(Cluster cluster, ObjectNode request) {
        Service service = add(cluster, request);
        rollout.settled(service, definition(cluster, request));
    }

    private Service add(Cluster cluster, ObjectNode request) {
        String name = request.path("serviceName").asText();
        if (!name.matches("[A-Za-z0-9_-]{1,255}")) {
            throw invalid("Service name must be at most 255 letters, numbers, hyphens and underscores.");
        }
        if (cluster.service(name)
                .filter(known -> !known.status().equals("INACTIVE"))
                .isPresent()) {
            throw invalid("Creation of service was not idempotent.");
        }
        checkRolling(request);
        if (!request.has("desiredCount")) {
            throw invalid("Desired count cannot be null.");
        }
        count(request);
        definition(cluster, request);
        Service service = new Service(cluster, name, request, world.time().now());
        cluster.put(service);
        return service;
    }

    private static void checkRolling(JsonNode request) {
        if (!request.at("/deploymentConfiguration/strategy").asText("ROLLING").equals("ROLLING")) {
            throw AwsError.client(
                    "UnsupportedFeatureException", "The simulator does rolling deployments, and no others.");
        }
    }

    /** Source: kayac/ecspresso#20, fabfuel/ecs-deploy#59. */
    private static void checkDaemon(JsonNode request) {
        if (request.has("desiredCount")) {
            throw invalid(
                    "The daemon scheduling strategy does not support a desired count for services. Remove the desired"
                            + " count value and try again");
        }
    }

    private TaskDefinition definition(Cluster cluster, JsonNode request) {
        return definitions.usable(cluster.at(), request.path("taskDefinition").asText());
    }

    private static int count(JsonNode request) {
        int count = request.path("desiredCount").asInt();
        if (count < 0 || count > 5000) {
            throw invalid("desiredCount must be between 0 and 5000.");
        }
        return count;
    }

    private static AwsError invalid(String text) {
        return AwsError.client("InvalidParameterException", text);
    }

    private static ObjectNode answer(Service service) {
        return Json.object().set("service", service.view(true));
    }

    /** Source: docker-archive/compose-cli#2086 for the words about another cluster. */
    private static Optional<Service> found(Cluster cluster, String nameOrArn) {
        Clusters.checkPlace(cluster.at(), nameOrArn);
        String[] parts = nameOrArn.split("/", -1);
        if (parts.length == 3 && !parts[1].equals(cluster.name())) {
            throw invalid("Identifier is for cluster " + parts[1] + ". Your cluster is " + cluster.name());
        }
        return cluster.service(Json.name(nameOrArn));
    }

    private ObjectNode update(ServiceCall call) {
        ObjectNode input = call.input();
        Cluster cluster = clusters.named(call);
        Service service = found(cluster, input.path("service").asText())
                .orElseThrow(() -> AwsError.client("ServiceNotFoundException", "Service not found."));
        if (!service.isActive()) {
            throw AwsError.client("ServiceNotActiveException", "Service was not ACTIVE.");
        }
        checkRolling(input);
        checkController(service, input);
        if (service.isDaemon()) {
            checkDaemon(input);
        }
        TaskDefinition before = service.primary().definition();
        TaskDefinition wanted = input.has("taskDefinition") ? definition(cluster, input) : before;
        boolean isNew = wanted != before || input.path("forceNewDeployment").asBoolean();
        for (String member : OF_TASKS) {
            isNew |= input.has(member)
                    && !input.get(member).equals(service.request().get(member));
        }
        int desired = input.has("desiredCount") ? count(input) : service.desired();
        boolean isOther = desired != service.desired();
        for (String member : CHANGEABLE) {
            isOther |= input.has(member)
                    && !input.get(member).equals(service.request().get(member));
        }
        Json.copy(input, service.request(), CHANGEABLE);
        service.want(desired);
        if (isNew) {
            rollout.deploy(service, wanted);
        } else if (isOther) {
            world.events().append(cluster.at(), service.name(), "service updated, desired count " + desired);
            rollout.react(service);
        }
        return answer(service);
    }

    /** Source: boto/boto3#1936 for the words about CODE_DEPLOY; those about EXTERNAL are ours. */
    private static void checkController(Service service, JsonNode input) {
        String controller = service.controller();
        boolean isForced = input.path("forceNewDeployment").asBoolean();
        if (controller.equals("ECS") || (!input.has("taskDefinition") && !isForced)) {
            return;
        }
        String what =
                input.has("taskDefinition") ? "Unable to update task definition" : "Cannot force a new deployment";
        throw invalid(what + " on services with a " + controller + " deployment controller. "
                + (controller.equals("CODE_DEPLOY")
                        ? "Use AWS CodeDeploy to trigger a new deployment."
                        : "Create a task set instead."));
    }

    private ObjectNode describe(ServiceCall call) {
        Cluster cluster = clusters.named(call);
        List<String> names = Json.texts(call.input(), "services");
        if (names.isEmpty()) {
            throw invalid("Services cannot be empty.");
        }
        if (names.size() > MOST_DESCRIBED) {
            throw invalid("Number of services must be at most " + MOST_DESCRIBED + ".");
        }
        boolean withTags = Json.texts(call.input(), "include").contains("TAGS");
        ObjectNode answer = Json.object();
        ArrayNode rows = answer.putArray("services");
        ArrayNode failures = answer.putArray("failures");
        for (String name : names) {
            AccountRegion at = cluster.at();
            found(cluster, name)
                    .ifPresentOrElse(
                            service -> rows.add(service.view(withTags)),
                            () -> Json.missing(
                                    failures, at.arn("ecs", "service/" + cluster.name() + "/" + Json.name(name))));
        }
        return answer;
    }

    private ObjectNode list(ServiceCall call) {
        Cluster cluster = clusters.named(call);
        return Json.page(
                call,
                "serviceArns",
                cluster.services().stream()
                        .filter(Service::isActive)
                        .map(Service::arn)
                        .toList());
    }

    private ObjectNode delete(ServiceCall call) {
        Cluster cluster = clusters.named(call);
        Service service = found(cluster, call.input().path("service").asText())
                .filter(Service::isActive)
                .orElseThrow(() -> AwsError.client("ServiceNotFoundException", "Service not found."));
        if (service.desired() > 0 && !call.input().path("force").asBoolean()) {
            throw invalid("The service cannot be stopped while it is scaled above 0.");
        }
        service.want(0);
        service.turn("DRAINING");
        world.events().append(cluster.at(), service.name(), "service deleted");
        rollout.react(service);
        return answer(service);
    }
}
