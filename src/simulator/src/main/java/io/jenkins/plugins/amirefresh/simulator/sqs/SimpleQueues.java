package io.jenkins.plugins.amirefresh.simulator.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountSeeder;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredQueue;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ProtectedResources;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The service {@code sqs}. Source: SQS API Reference, "CreateQueue", "GetQueueAttributes", "SetQueueAttributes". */
public final class SimpleQueues implements AwsService, AccountSeeder, ProtectedResources {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}|[A-Za-z0-9_-]{1,75}\\.fifo");

    /** Least and most of each. Source: SQS API Reference, "SetQueueAttributes". */
    private static final Map<String, List<Integer>> NUMBERS = Map.of(
            "DelaySeconds", List.of(0, 900),
            "MaximumMessageSize", List.of(1024, 1_048_576),
            "MessageRetentionPeriod", List.of(60, 1_209_600),
            "ReceiveMessageWaitTimeSeconds", List.of(0, 20),
            "VisibilityTimeout", List.of(0, 43_200));

    /** Taken as they are given and shown. */
    private static final Set<String> OTHERS = Set.of(
            "Policy",
            "RedrivePolicy",
            "RedriveAllowPolicy",
            "KmsMasterKeyId",
            "KmsDataKeyReusePeriodSeconds",
            "SqsManagedSseEnabled",
            "FifoQueue",
            "ContentBasedDeduplication",
            "DeduplicationScope",
            "FifoThroughputLimit");

    private final World world;
    private final Map<AccountRegion, NavigableMap<String, Queue>> queues = new HashMap<>();
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    /** Without queues yet. */
    public SimpleQueues(World world) {
        this.world = world;
        operations.put("CreateQueue", this::create);
        operations.put("DeleteQueue", this::delete);
        operations.put("GetQueueUrl", this::url);
        operations.put("ListQueues", this::list);
        operations.put("GetQueueAttributes", this::attributes);
        operations.put("SetQueueAttributes", this::setAttributes);
        operations.put("PurgeQueue", this::purge);
        new Messages(world, this, this::named).addTo(operations);
    }

    @Override
    public String name() {
        return "sqs";
    }

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    /** Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon SQS". */
    @Override
    public List<Resource> resources(ServiceCall call) {
        if (call.operation().equals("ListQueues")) {
            return List.of();
        }
        String[] parts = call.input().path("QueueUrl").asText().split("/", -1);
        String name = call.input().path("QueueName").asText(parts[parts.length - 1]);
        return List.of(new Resource(call.caller().at().arn("sqs", name), Map.of()));
    }

    @Override
    public void seed(AccountFile file) {
        file.accounts().forEach(account -> account.regions().forEach(region -> region.queues()
                .forEach(declared -> declare(new AccountRegion(account.id(), region.name()), declared))));
    }

    private void declare(AccountRegion at, DeclaredQueue declared) {
        Queue queue = new Queue(declared.name(), world.time().now());
        queue.attributes()
                .put(
                        "VisibilityTimeout",
                        Long.toString(declared.visibilityTimeout().toSeconds()));
        if (!declared.deadLetterQueue().isEmpty()) {
            ObjectNode redrive = object().put("deadLetterTargetArn", at.arn("sqs", declared.deadLetterQueue()))
                    .put("maxReceiveCount", declared.maxReceiveCount());
            queue.attributes().put("RedrivePolicy", redrive.toString());
        }
        in(at).put(queue.name(), queue);
    }

    /** EventBridge delivers an event; nothing happens when the queue was deleted. */
    public void deliver(AccountRegion at, String queueName, ObjectNode event) {
        Optional.ofNullable(in(at).get(queueName)).ifPresent(queue -> {
            ObjectNode request = object().put("MessageBody", event.toString());
            String sequence = queue.isFifo() ? queue.nextSequence() : "";
            queue.add(new Queue.Message(
                    world.ids().uuid(),
                    request,
                    "events",
                    world.time().now(),
                    world.time().now(),
                    sequence));
        });
    }

    private NavigableMap<String, Queue> in(AccountRegion at) {
        return queues.computeIfAbsent(at, place -> new TreeMap<>());
    }

    /** By its URL, whatever host it names: the last two parts are account and name. */
    private Queue named(ServiceCall call) {
        String[] parts = call.input().path("QueueUrl").asText().split("/", -1);
        String name = parts[parts.length - 1];
        return Optional.ofNullable(in(call.caller().at()).get(name)).orElseThrow(SimpleQueues::missing);
    }

    /** Another queue beside the one that is called. */
    Optional<Queue> named(ServiceCall call, String name) {
        return Optional.ofNullable(in(call.caller().at()).get(name));
    }

    private static AwsError missing() {
        return AwsError.client("QueueDoesNotExist", "The specified queue does not exist.");
    }

    /** Clients send to the host that the address names: whoever called another host than AWS's own gets that one. */
    private static String url(ServiceCall call, Queue queue) {
        AccountRegion at = call.caller().at();
        String own = call.host();
        boolean isAws = own.isEmpty() || own.endsWith(".amazonaws.com") || own.endsWith(".amazonaws.com.cn");
        String host = isAws ? "https://sqs." + at.region() + ".amazonaws.com" : "http://" + own;
        return host + "/" + at.accountId() + "/" + queue.name();
    }

    private ObjectNode create(ServiceCall call) {
        AccountRegion at = call.caller().at();
        String name = call.input().path("QueueName").asText();
        Map<String, String> wanted = pairs(call.input().path("Attributes"));
        boolean fifo = Boolean.parseBoolean(wanted.getOrDefault("FifoQueue", "false"));
        if (!NAME.matcher(name).matches() || fifo != name.endsWith(".fifo")) {
            throw AwsError.client(
                    "InvalidParameterValue",
                    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length; the name of"
                            + " a FIFO queue ends with .fifo");
        }
        check(wanted);
        Queue known = in(at).get(name);
        if (known != null) {
            boolean same = wanted.entrySet().stream().allMatch(entry -> entry.getValue()
                    .equals(known.attributes().get(entry.getKey())));
            if (!same) {
                throw AwsError.client(
                        "QueueNameExists", "A queue already exists with the same name and a different value.");
            }
            return object().put("QueueUrl", url(call, known));
        }
        Queue queue = new Queue(name, world.time().now());
        queue.attributes().putAll(wanted);
        in(at).put(name, queue);
        world.events().append(at, name, "queue created");
        return object().put("QueueUrl", url(call, queue));
    }

    private static Map<String, String> pairs(JsonNode given) {
        Map<String, String> pairs = new TreeMap<>();
        given.properties()
                .forEach(entry -> pairs.put(entry.getKey(), entry.getValue().asText()));
        return pairs;
    }

    private static void check(Map<String, String> attributes) {
        Redrive.check(attributes.getOrDefault("RedrivePolicy", ""));
        attributes.forEach((name, value) -> {
            if (!NUMBERS.containsKey(name) && !OTHERS.contains(name)) {
                throw AwsError.client("InvalidAttributeName", "Unknown Attribute " + name + ".");
            }
            if (NUMBERS.containsKey(name) && !isWithin(value, NUMBERS.get(name))) {
                throw AwsError.client("InvalidAttributeValue", "Invalid value for the parameter " + name + ".");
            }
        });
    }

    private static boolean isWithin(String value, List<Integer> range) {
        if (!value.matches("[0-9]{1,8}")) {
            return false;
        }
        int number = Integer.parseInt(value);
        return number >= range.get(0) && number <= range.get(1);
    }

    private ObjectNode delete(ServiceCall call) {
        Queue queue = named(call);
        in(call.caller().at()).remove(queue.name());
        world.events().append(call.caller().at(), queue.name(), "queue deleted");
        return object();
    }

    private ObjectNode url(ServiceCall call) {
        Queue queue = Optional.ofNullable(in(call.caller().at())
                        .get(call.input().path("QueueName").asText()))
                .orElseThrow(SimpleQueues::missing);
        return object().put("QueueUrl", url(call, queue));
    }

    private ObjectNode list(ServiceCall call) {
        String prefix = call.input().path("QueueNamePrefix").asText();
        ObjectNode answer = object();
        ArrayNode urls = answer.putArray("QueueUrls");
        in(call.caller().at()).values().stream()
                .filter(queue -> queue.name().startsWith(prefix))
                .limit(1000)
                .forEach(queue -> urls.add(url(call, queue)));
        return answer;
    }

    private ObjectNode attributes(ServiceCall call) {
        Queue queue = named(call);
        Map<String, String> all = new TreeMap<>(Map.of(
                "DelaySeconds", "0",
                "SqsManagedSseEnabled", "true",
                "MaximumMessageSize", "262144",
                "MessageRetentionPeriod", "345600",
                "ReceiveMessageWaitTimeSeconds", "0",
                "VisibilityTimeout", "30"));
        all.putAll(queue.attributes());
        all.put("QueueArn", call.caller().at().arn("sqs", queue.name()));
        all.put("CreatedTimestamp", Long.toString(queue.created().getEpochSecond()));
        all.put(
                "ApproximateNumberOfMessages",
                Integer.toString(queue.waiting(world.time().now())));
        all.put(
                "ApproximateNumberOfMessagesNotVisible",
                Integer.toString(queue.inFlight(world.time().now())));
        all.put("LastModifiedTimestamp", Long.toString(queue.modified().getEpochSecond()));
        all.put(
                "ApproximateNumberOfMessagesDelayed",
                Integer.toString(queue.delayed(world.time().now())));
        List<String> names = new ArrayList<>();
        call.input().path("AttributeNames").forEach(name -> names.add(name.asText()));
        ObjectNode answer = object();
        ObjectNode shown = answer.putObject("Attributes");
        all.forEach((name, value) -> {
            if (names.contains("All") || names.contains(name)) {
                shown.put(name, value);
            }
        });
        return answer;
    }

    private ObjectNode setAttributes(ServiceCall call) {
        Queue queue = named(call);
        Map<String, String> wanted = pairs(call.input().path("Attributes"));
        check(wanted);
        queue.attributes().putAll(wanted);
        queue.modifiedAt(world.time().now());
        world.events().append(call.caller().at(), queue.name(), "queue attributes set: " + wanted);
        return object();
    }

    private ObjectNode purge(ServiceCall call) {
        Queue queue = named(call);
        queue.purge();
        world.events().append(call.caller().at(), queue.name(), "queue purged");
        return object();
    }

    static Duration seconds(JsonNode input, String member, Duration otherwise) {
        return input.has(member) ? Duration.ofSeconds(input.path(member).asLong()) : otherwise;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
