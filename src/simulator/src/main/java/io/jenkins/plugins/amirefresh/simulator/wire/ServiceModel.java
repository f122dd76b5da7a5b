package io.jenkins.plugins.amirefresh.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * AWS's model of one service: its operations and their shapes. Shapes are built when an operation is first asked for.
 *
 * <p>Thread: confined to the thread that holds the simulator's lock.
 */
public final class ServiceModel {

    private final String name;
    private final JsonNode root;
    private final Protocol protocol;
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<String, OperationModel> operations = new HashMap<>();
    private final Map<Protocol, ServiceModel> others = new EnumMap<>(Protocol.class);

    ServiceModel(String name, JsonNode root) {
        this.name = name;
        this.root = root;
        this.protocol = Protocol.of(metadata("protocol"));
    }

    /** The same service spoken to in another of its protocols. */
    ServiceModel speaking(Protocol other) {
        return other == protocol ? this : others.computeIfAbsent(other, missing -> new ServiceModel(this, other));
    }

    private ServiceModel(ServiceModel same, Protocol other) {
        this.name = same.name;
        this.root = same.root;
        this.protocol = other;
    }

    /** Whether the service answers in this protocol. */
    boolean speaks(Protocol other) {
        for (JsonNode known : root.at("/metadata/protocols")) {
            if (Protocol.of(known.asText()) == other) {
                return true;
            }
        }
        return other == protocol || (other == Protocol.QUERY && isQueryCompatible());
    }

    /** What clients of the query protocol know an error as. */
    String queryCode(String code) {
        return root.path("shapes").path(code).at("/error/code").asText(code);
    }

    /** Whether the service tells clients of JSON what the query protocol calls an error. */
    boolean isQueryCompatible() {
        return root.at("/metadata").has("awsQueryCompatible");
    }

    /** The simulator's name of the service, for example {@code elasticloadbalancingv2}. */
    public String name() {
        return name;
    }

    /** How it speaks. */
    Protocol protocol() {
        return protocol;
    }

    String apiVersion() {
        return metadata("apiVersion");
    }

    /** The service's name in hosts and in credential scopes. */
    String endpointPrefix() {
        return metadata("endpointPrefix");
    }

    /** SQS's model has lost it with the query protocol. Source: botocore 1.29, data/sqs/2012-11-05/service-2.json. */
    String xmlNamespace() {
        String declared = metadata("xmlNamespace");
        return declared.isEmpty() ? "http://queue.amazonaws.com/doc/" + apiVersion() + "/" : declared;
    }

    /** What stands before the dot in {@code X-Amz-Target}; empty for services without it. */
    String targetPrefix() {
        return metadata("targetPrefix");
    }

    String jsonVersion() {
        return metadata("jsonVersion");
    }

    private String metadata(String field) {
        return root.path("metadata").path(field).asText();
    }

    /** Every operation of the model, implemented or not. */
    public Set<String> operationNames() {
        var names = new TreeSet<String>();
        root.path("operations").fieldNames().forEachRemaining(names::add);
        return Collections.unmodifiableSet(names);
    }

    /** One operation, empty when AWS has none of this name. */
    public Optional<OperationModel> operation(String operation) {
        if (!root.path("operations").has(operation)) {
            return Optional.empty();
        }
        return Optional.of(operations.computeIfAbsent(
                operation,
                missing -> readOperation(missing, root.path("operations").path(missing))));
    }

    private OperationModel readOperation(String operation, JsonNode declared) {
        return new OperationModel(
                operation,
                declared.has("input") ? shape(declared.at("/input/shape").asText()) : null,
                declared.has("output") ? shape(declared.at("/output/shape").asText()) : null,
                resultWrapper(operation, declared));
    }

    /** Models of services that once spoke query do not say it any more. */
    private String resultWrapper(String operation, JsonNode declared) {
        String wrapper = declared.at("/output/resultWrapper").asText();
        boolean formerly = protocol == Protocol.QUERY && isQueryCompatible() && wrapper.isEmpty();
        return formerly ? operation + "Result" : wrapper;
    }

    private Shape shape(String shapeName) {
        Shape present = shapes.get(shapeName);
        if (present != null) {
            return present;
        }
        JsonNode declared = root.path("shapes").path(shapeName);
        if (declared.isMissingNode()) {
            throw new IllegalStateException("model " + name + " has no shape " + shapeName);
        }
        Shape.Kind kind = Shape.Kind.valueOf(declared.path("type").asText().toUpperCase(Locale.ROOT));
        Shape shape = new Shape(
                shapeName,
                kind,
                constraints(declared),
                declared.path("flattened").asBoolean());
        shapes.put(shapeName, shape);
        switch (kind) {
            case STRUCTURE -> shape.structure(members(declared));
            case LIST -> shape.list(member("member", declared.path("member"), false));
            case MAP ->
                shape.map(member("key", declared.path("key"), false), member("value", declared.path("value"), false));
            case STRING, INTEGER, LONG, BOOLEAN, DOUBLE, FLOAT, TIMESTAMP, BLOB -> {}
        }
        return shape;
    }

    private List<Shape.Member> members(JsonNode declared) {
        var required = new HashSet<String>();
        declared.path("required").forEach(item -> required.add(item.asText()));
        var members = new ArrayList<Shape.Member>();
        declared.path("members")
                .properties()
                .forEach(entry ->
                        members.add(member(entry.getKey(), entry.getValue(), required.contains(entry.getKey()))));
        return members;
    }

    private Shape.Member member(String memberName, JsonNode declared, boolean required) {
        return new Shape.Member(
                memberName,
                shape(declared.path("shape").asText()),
                protocol == Protocol.QUERY && declared.has("formerName")
                        ? textOrNull(declared, "formerName")
                        : textOrNull(declared, "locationName"),
                textOrNull(declared, "queryName"),
                required,
                declared.path("flattened").asBoolean());
    }

    private static Shape.Constraints constraints(JsonNode declared) {
        var values = new LinkedHashSet<String>();
        StreamSupport.stream(declared.path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .forEach(values::add);
        return new Shape.Constraints(
                Collections.unmodifiableSet(values),
                numberOrNull(declared, "min"),
                numberOrNull(declared, "max"),
                patternOrNull(declared.path("pattern").asText()));
    }

    private static @Nullable Double numberOrNull(JsonNode declared, String field) {
        return declared.has(field) ? Double.valueOf(declared.path(field).asDouble()) : null;
    }

    private static @Nullable String textOrNull(JsonNode declared, String field) {
        return declared.has(field) ? declared.path(field).asText() : null;
    }

    /** AWS writes patterns for its own engines; one that Java cannot read checks nothing. */
    private static @Nullable Pattern patternOrNull(String pattern) {
        if (pattern.isEmpty()) {
            return null;
        }
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException foreign) {
            return null;
        }
    }

    /**
     * One operation.
     *
     * @param input null when it takes nothing
     * @param output null when it answers nothing
     * @param resultWrapper the query protocol's element around the output, empty when there is none
     */
    public record OperationModel(String name, @Nullable Shape input, @Nullable Shape output, String resultWrapper) {}
}
