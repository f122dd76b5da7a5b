package io.jenkins.plugins.amirefresh.simulator.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Clusters by place and name. Source: ECS API Reference, "CreateCluster", "DescribeClusters", "DeleteCluster"; who names none
 * means {@code default}.
 */
final class Clusters {

    private static final List<String> ECHOED = List.of(
            "settings",
            "configuration",
            "capacityProviders",
            "defaultCapacityProviderStrategy",
            "serviceConnectDefaults");

    private final World world;
    private final Map<AccountRegion, NavigableMap<String, Cluster>> clusters = new HashMap<>();

    Clusters(World world) {
        this.world = world;
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("CreateCluster", this::create);
        operations.put("DescribeClusters", this::describe);
        operations.put("ListClusters", this::list);
        operations.put("DeleteCluster", this::delete);
    }

    private NavigableMap<String, Cluster> in(AccountRegion at) {
        return clusters.computeIfAbsent(at, place -> new TreeMap<>());
    }

    Collection<Cluster> all(AccountRegion at) {
        return in(at).values();
    }

    Cluster add(AccountRegion at, String name, ObjectNode request) {
        Cluster cluster = new Cluster(at, name, request);
        in(at).put(name, cluster);
        return cluster;
    }

    Optional<Cluster> find(AccountRegion at, String nameOrArn) {
        return Optional.ofNullable(in(at).get(Json.name(nameOrArn)));
    }

    /** The cluster that a call names. */
    Cluster named(ServiceCall call) {
        AccountRegion at = call.caller().at();
        String named = call.input().path("cluster").asText("default");
        checkPlace(at, named);
        return find(at, named).filter(Cluster::isActive).orElseThrow(Clusters::missing);
    }

    /** An ARN of another region or account is refused. Source: aws/aws-cli#3175; the words about accounts are ours. */
    static void checkPlace(AccountRegion at, String nameOrArn) {
        String[] parts = nameOrArn.split(":", -1);
        if (parts.length < 6) {
            return;
        }
        if (!parts[3].equals(at.region())) {
            throw AwsError.client("InvalidParameterException", "Invalid Region in ARN");
        }
        if (!parts[4].equals(at.accountId())) {
            throw AwsError.client("InvalidParameterException", "Invalid account in ARN");
        }
    }

    static AwsError missing() {
        return AwsError.client("ClusterNotFoundException", "Cluster not found.");
    }

    private ObjectNode create(ServiceCall call) {
        AccountRegion at = call.caller().at();
        String name = call.input().path("clusterName").asText("default");
        if (!name.matches("[A-Za-z0-9_-]{1,255}")) {
            throw AwsError.client(
                    "InvalidParameterException", "Cluster name should match pattern [a-zA-Z][a-zA-Z0-9-_]{1,255}");
        }
        Cluster cluster = find(at, name).filter(Cluster::isActive).orElseGet(() -> {
            world.events().append(at, name, "cluster created");
            return add(at, name, call.input().deepCopy());
        });
        return Json.object().set("cluster", view(cluster, true));
    }

    private ObjectNode describe(ServiceCall call) {
        AccountRegion at = call.caller().at();
        List<String> names = Json.texts(call.input(), "clusters");
        boolean withTags = Json.texts(call.input(), "include").contains("TAGS");
        ObjectNode answer = Json.object();
        ArrayNode rows = answer.putArray("clusters");
        ArrayNode failures = answer.putArray("failures");
        for (String name : names.isEmpty() ? List.of("default") : names) {
            find(at, name)
                    .ifPresentOrElse(
                            cluster -> rows.add(view(cluster, withTags)),
                            () -> Json.missing(failures, at.arn("ecs", "cluster/" + Json.name(name))));
        }
        return answer;
    }

    private ObjectNode list(ServiceCall call) {
        return Json.page(
                call,
                "clusterArns",
                all(call.caller().at()).stream()
                        .filter(Cluster::isActive)
                        .map(Cluster::arn)
                        .toList());
    }

    private ObjectNode delete(ServiceCall call) {
        Cluster cluster = named(call);
        if (cluster.services().stream().anyMatch(Service::isActive)) {
            throw AwsError.client(
                    "ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.");
        }
        cluster.delete();
        world.events().append(call.caller().at(), cluster.name(), "cluster deleted");
        return Json.object().set("cluster", view(cluster, false));
    }

    private static ObjectNode view(Cluster cluster, boolean withTags) {
        ObjectNode view = Json.object();
        Json.copy(cluster.request(), view, ECHOED);
        view.put("clusterArn", cluster.arn())
                .put("clusterName", cluster.name())
                .put("status", cluster.isActive() ? "ACTIVE" : "INACTIVE")
                .put("registeredContainerInstancesCount", 0)
                .put("runningTasksCount", count(cluster, true))
                .put("pendingTasksCount", count(cluster, false))
                .put(
                        "activeServicesCount",
                        cluster.services().stream().filter(Service::isActive).count());
        if (withTags) {
            Json.showTags(cluster.tags(), view);
        }
        return view;
    }

    private static long count(Cluster cluster, boolean isRunning) {
        return cluster.services().stream()
                .flatMap(service -> service.tasks().stream())
                .filter(task -> task.isRunning() == isRunning)
                .count();
    }

    /** For people and tests. */
    JsonNode state(AccountRegion at) {
        ArrayNode rows = Json.object().putArray("clusters");
        for (Cluster cluster : all(at)) {
            ObjectNode row = view(cluster, true);
            ArrayNode services = row.putArray("services");
            cluster.services().forEach(service -> services.add(service.view(true)));
            rows.add(row);
        }
        return rows;
    }
}
