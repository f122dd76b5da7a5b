package io.jenkins.plugins.amirefresh.simulator.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Families of task definitions. Source: ECS API Reference, "RegisterTaskDefinition", "DescribeTaskDefinition",
 * "DeregisterTaskDefinition", "ListTaskDefinitions".
 */
final class TaskDefinitions {

    private final World world;
    private final Map<AccountRegion, NavigableMap<String, List<TaskDefinition>>> families = new HashMap<>();

    TaskDefinitions(World world) {
        this.world = world;
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("RegisterTaskDefinition", this::register);
        operations.put("DescribeTaskDefinition", this::describe);
        operations.put("DeregisterTaskDefinition", this::deregister);
        operations.put("ListTaskDefinitions", this::list);
        operations.put("ListTaskDefinitionFamilies", this::listFamilies);
    }

    private NavigableMap<String, List<TaskDefinition>> in(AccountRegion at) {
        return families.computeIfAbsent(at, place -> new TreeMap<>());
    }

    /**
     * The revision of this ARN or {@code family:revision}; of a family alone the newest that is active.
     */
    Optional<TaskDefinition> find(AccountRegion at, String reference) {
        String name = Json.name(reference);
        int colon = name.lastIndexOf(':');
        List<TaskDefinition> revisions = in(at).getOrDefault(colon < 0 ? name : name.substring(0, colon), List.of());
        if (colon < 0) {
            List<TaskDefinition> newestFirst = new ArrayList<>(revisions);
            Collections.reverse(newestFirst);
            return newestFirst.stream().filter(TaskDefinition::isActive).findFirst();
        }
        String revision = name.substring(colon + 1);
        return revisions.stream()
                .filter(one -> Integer.toString(one.revision()).equals(revision))
                .findFirst();
    }

    /** The same, for new tasks. */
    TaskDefinition usable(AccountRegion at, String reference) {
        TaskDefinition found =
                find(at, reference).orElseThrow(() -> AwsError.client("ClientException", "TaskDefinition not found."));
        if (!found.isActive()) {
            throw AwsError.client("ClientException", "TaskDefinition is inactive");
        }
        return found;
    }

    private ObjectNode register(ServiceCall call) {
        TaskDefinition registered = add(call.caller(), call.input().deepCopy());
        world.events()
                .append(
                        call.caller().at(),
                        registered.family() + ":" + registered.revision(),
                        "task definition registered");
        ObjectNode answer = Json.object();
        answer.set("taskDefinition", registered.view());
        Json.showTags(registered.tags(), answer);
        return answer;
    }

    TaskDefinition add(Caller caller, ObjectNode request) {
        check(request);
        AccountRegion at = caller.at();
        List<TaskDefinition> revisions =
                in(at).computeIfAbsent(request.path("family").asText(), family -> new ArrayList<>());
        TaskDefinition definition = new TaskDefinition(
                at, revisions.size() + 1, request, world.time().now(), caller.arn());
        revisions.add(definition);
        return definition;
    }

    private static void check(ObjectNode request) {
        require(
                request.path("family").asText().matches("[A-Za-z0-9_-]{1,255}"),
                "Family contains invalid characters when it should only contain letters, numbers, hyphens, and"
                        + " underscores, and be at most 255 long.");
        require(!request.path("containerDefinitions").isEmpty(), "Container list cannot be empty.");
        Set<String> names = new HashSet<>();
        boolean isFargate = Json.texts(request, "requiresCompatibilities").contains("FARGATE");
        boolean anyEssential = false;
        for (JsonNode container : request.path("containerDefinitions")) {
            String name = container.path("name").asText();
            require(!name.isEmpty(), "Container.name should not be null or empty.");
            require(names.add(name), "Duplicate container name " + name + ".");
            image(container.path("image").asText());
            boolean hasMemory = container.has("memory") || container.has("memoryReservation") || request.has("memory");
            require(
                    hasMemory,
                    "Invalid setting for container '" + name
                            + "'. At least one of 'memory' or 'memoryReservation' must be specified.");
            anyEssential |= container.path("essential").asBoolean(true);
        }
        require(anyEssential, "A task definition must have at least one essential container.");
        require(
                !isFargate || request.path("networkMode").asText().equals("awsvpc"),
                "Fargate only supports network mode ‘awsvpc’.");
        require(
                !isFargate || (request.has("cpu") && request.has("memory")),
                "Fargate requires task definition to have execution role ARN, cpu and memory at the task level.");
    }

    /** Source: the words that enmata/ecs-updater's tests expect of AWS for {@code @#...}. */
    private static void image(String image) {
        int end = (int) Stream.of(image.indexOf('@'), image.lastIndexOf(':'))
                .filter(at -> at >= 0)
                .mapToLong(at -> at)
                .min()
                .orElse(image.length());
        require(!image.isEmpty() && end > 0, "Container.image repository should not be null or empty.");
        require(
                image.matches("[A-Za-z0-9][A-Za-z0-9._:/-]*(@sha256:[0-9a-f]{64})?"),
                "Container.image contains invalid characters.");
    }

    private static void require(boolean holds, String text) {
        if (!holds) {
            throw AwsError.client("ClientException", text);
        }
    }

    private ObjectNode describe(ServiceCall call) {
        TaskDefinition found = known(call, "describe");
        ObjectNode answer = Json.object();
        answer.set("taskDefinition", found.view());
        if (Json.texts(call.input(), "include").contains("TAGS")) {
            Json.showTags(found.tags(), answer);
        }
        return answer;
    }

    private TaskDefinition known(ServiceCall call, String verb) {
        return find(call.caller().at(), call.input().path("taskDefinition").asText())
                .orElseThrow(() -> AwsError.client("ClientException", "Unable to " + verb + " task definition."));
    }

    private ObjectNode deregister(ServiceCall call) {
        TaskDefinition found = known(call, "deregister");
        if (found.isActive()) {
            found.deregister(world.time().now());
            world.events()
                    .append(
                            call.caller().at(),
                            found.family() + ":" + found.revision(),
                            "task definition deregistered");
        }
        return Json.object().set("taskDefinition", found.view());
    }

    private ObjectNode list(ServiceCall call) {
        String prefix = call.input().path("familyPrefix").asText();
        boolean isActive = !call.input().path("status").asText("ACTIVE").equals("INACTIVE");
        boolean isDescending = call.input().path("sort").asText().equals("DESC");
        List<String> arns = new ArrayList<>();
        in(call.caller().at()).forEach((family, revisions) -> {
            if (prefix.isEmpty() || family.equals(prefix)) {
                revisions.stream().filter(one -> one.isActive() == isActive).forEach(one -> arns.add(one.arn()));
            }
        });
        if (isDescending) {
            Collections.reverse(arns);
        }
        return offsetPage(call, arns);
    }

    /** Revisions are in the order of their numbers, which is not that of their texts: tokens count. */
    private static ObjectNode offsetPage(ServiceCall call, List<String> arns) {
        String token = call.input().path("nextToken").asText("0");
        if (!token.matches("[0-9]{1,9}")) {
            throw AwsError.client("InvalidParameterException", "Invalid token");
        }
        int from = Math.min(Integer.parseInt(token), arns.size());
        int most = Math.max(1, Math.min(call.input().path("maxResults").asInt(100), 100));
        int to = Math.min(arns.size(), from + most);
        ObjectNode answer = Json.object();
        arns.subList(from, to).forEach(answer.putArray("taskDefinitionArns")::add);
        return to < arns.size() ? answer.put("nextToken", Integer.toString(to)) : answer;
    }

    private ObjectNode listFamilies(ServiceCall call) {
        String prefix = call.input().path("familyPrefix").asText();
        String status = call.input().path("status").asText("ALL");
        List<String> names = new ArrayList<>();
        in(call.caller().at()).forEach((family, revisions) -> {
            boolean isActive = revisions.stream().anyMatch(TaskDefinition::isActive);
            if (family.startsWith(prefix) && (status.equals("ALL") || isActive == status.equals("ACTIVE"))) {
                names.add(family);
            }
        });
        return Json.page(call, "families", names);
    }

    /** For people and tests. */
    Stream<TaskDefinition> all(AccountRegion at) {
        return in(at).values().stream().flatMap(List::stream);
    }
}
