package io.jenkins.plugins.amirefresh.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Requests made from a service's model alone: such as AWS takes, and such as it refuses before looking at anything. */
public final class RequestGenerator {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 5;

    private final ServiceModel model;
    private final SampleTexts texts;
    private final SplittableRandom random;
    private final boolean ec2;

    /** A generator whose requests follow from {@code random} alone. */
    public RequestGenerator(ServiceModel model, SampleTexts texts, SplittableRandom random) {
        this.model = model;
        this.texts = texts;
        this.random = random;
        this.ec2 = model.protocol() == Protocol.EC2;
    }

    /** The model of a service, in a protocol that a test can write by hand. */
    public static ServiceModel model(String service) {
        ServiceModel model = new ServiceModels().of(service);
        return model.protocol() == Protocol.CBOR ? model.speaking(Protocol.JSON) : model;
    }

    /** An input that satisfies the model; optional members come and go. */
    public ObjectNode valid(String operation) {
        Shape input = Checks.operation(model, operation).input();
        if (input == null) {
            return NODES.objectNode();
        }
        ObjectNode node = structure(input, 0);
        if (ec2) {
            node.remove("DryRun");
        }
        return node;
    }

    private ObjectNode structure(Shape shape, int depth) {
        ObjectNode node = NODES.objectNode();
        double chance = depth == 0 ? 0.4 : 0.3;
        for (Shape.Member member : shape.members()) {
            if (member.required() || (depth < MAX_DEPTH && random.nextDouble() < chance)) {
                value(member, depth + 1).ifPresent(value -> node.set(member.name(), value));
            }
        }
        if (node.isEmpty() && depth > 0) {
            shape.members().stream()
                    .filter(member -> member.shape().kind() != Shape.Kind.STRUCTURE)
                    .findFirst()
                    .ifPresent(member -> value(member, depth + 1).ifPresent(value -> node.set(member.name(), value)));
        }
        return node;
    }

    private Optional<JsonNode> value(Shape.Member member, int depth) {
        Shape shape = member.shape();
        return switch (shape.kind()) {
            case STRUCTURE ->
                Optional.of(structure(shape, depth))
                        .filter(node -> !node.isEmpty())
                        .map(node -> node);
            case LIST -> list(member, depth);
            case MAP -> map(shape, depth);
            case STRING -> texts.of(member, shape, random).map(TextNode::valueOf);
            case BLOB -> Optional.of(TextNode.valueOf("c2ltdWxhdG9y"));
            case INTEGER, LONG -> Optional.of(LongNode.valueOf((long) number(shape)));
            case DOUBLE, FLOAT -> Optional.of(DoubleNode.valueOf(number(shape)));
            case BOOLEAN -> Optional.of(BooleanNode.valueOf(random.nextBoolean()));
            case TIMESTAMP -> Optional.of(TextNode.valueOf("2026-11-2" + random.nextInt(10) + "T17:00:00Z"));
        };
    }

    private double number(Shape shape) {
        Double min = shape.constraints().min();
        Double max = shape.constraints().max();
        double low = min == null ? 0 : min;
        double high = Math.min(max == null ? low + 100 : max, low + 10_000);
        return Math.floor(low + random.nextDouble() * random.nextDouble() * (high - low));
    }

    private Optional<JsonNode> list(Shape.Member member, int depth) {
        Double min = member.shape().constraints().min();
        Double max = member.shape().constraints().max();
        int least = Math.max(1, min == null ? 1 : min.intValue());
        int most = Math.max(least, Math.min(max == null ? 3 : max.intValue(), 3));
        ArrayNode node = NODES.arrayNode();
        for (int i = random.nextInt(least, most + 1); i > 0; i--) {
            Shape.Member element = member.shape().element();
            Shape.Member named =
                    element.shape().kind() == Shape.Kind.STRING ? renamed(element, member.name()) : element;
            value(named, depth + 1).ifPresent(node::add);
        }
        return node.size() < least ? Optional.empty() : Optional.of(node);
    }

    /** A list of ids is named for what it holds, its element only "member". */
    private static Shape.Member renamed(Shape.Member element, String name) {
        return new Shape.Member(name, element.shape(), null, null, true, false);
    }

    private Optional<JsonNode> map(Shape shape, int depth) {
        ObjectNode node = NODES.objectNode();
        Optional<String> key = texts.of(shape.key(), shape.key().shape(), random);
        Optional<JsonNode> value = value(shape.element(), depth + 1);
        if (key.isEmpty() || value.isEmpty()) {
            return Optional.empty();
        }
        node.set(key.get(), value.get());
        return Optional.of(node);
    }

    /** Every way in which one member of a valid input can be made wrong, one at a time. */
    public List<Wrong> wrongs(String operation) {
        Shape input = Checks.operation(model, operation).input();
        List<Wrong> wrongs = new ArrayList<>();
        if (input != null) {
            ObjectNode valid = valid(operation);
            new Spoiler(valid, wrongs).structure(input, valid, List.of());
        }
        return wrongs;
    }

    /**
     * A request that AWS refuses.
     *
     * @param what for people who read a failure
     * @param code the refusal's code
     * @param member the wire's name of the member that the refusal must mention, without case; empty: any
     */
    public record Wrong(ObjectNode input, String what, String code, String member) {}

    private final class Spoiler {
        private final ObjectNode valid;
        private final List<Wrong> wrongs;

        Spoiler(ObjectNode valid, List<Wrong> wrongs) {
            this.valid = valid;
            this.wrongs = wrongs;
        }

        void structure(Shape shape, ObjectNode node, List<Object> path) {
            for (Shape.Member member : shape.members()) {
                JsonNode given = node.get(member.name());
                if (given != null) {
                    missing(member, node, path);
                    value(member, given, with(path, member.name()));
                }
            }
        }

        /** In a form a structure without members is not there at all. */
        private void missing(Shape.Member member, ObjectNode node, List<Object> path) {
            if (member.required() && (path.isEmpty() || node.size() > 1)) {
                add(path, at -> ((ObjectNode) at).remove(member.name()), "without", missingCode(), member);
            }
        }

        private void value(Shape.Member member, JsonNode given, List<Object> path) {
            Shape shape = member.shape();
            Shape.Constraints limits = shape.constraints();
            switch (shape.kind()) {
                case STRUCTURE -> structure(shape, (ObjectNode) given, path);
                case LIST -> {
                    if (!given.isEmpty()) {
                        Shape.Member element = shape.element();
                        value(renamedUnlessStructure(element, member), given.get(0), with(path, 0));
                    }
                }
                case STRING -> text(member, limits, path);
                case INTEGER, LONG -> {
                    range(member, limits, path);
                    set(path, TextNode.valueOf("many"), typeCode(), member);
                }
                case BOOLEAN -> set(path, TextNode.valueOf("perhaps"), typeCode(), member);
                case TIMESTAMP -> set(path, TextNode.valueOf("yesterday"), typeCode(), member);
                case MAP, BLOB, DOUBLE, FLOAT -> {}
            }
        }

        private Shape.Member renamedUnlessStructure(Shape.Member element, Shape.Member list) {
            return element.shape().kind() == Shape.Kind.STRUCTURE
                    ? element
                    : new Shape.Member("", element.shape(), list.locationName(), list.queryName(), true, false);
        }

        private void text(Shape.Member member, Shape.Constraints limits, List<Object> path) {
            if (!limits.values().isEmpty()) {
                set(path, TextNode.valueOf("NoSuchValue"), valueCode(), member);
                return;
            }
            if (limits.max() != null && limits.max() < 100_000) {
                set(path, TextNode.valueOf("x".repeat(limits.max().intValue() + 1)), valueCode(), member);
            }
            if (limits.min() != null && limits.min() > 1) {
                set(path, TextNode.valueOf("x"), valueCode(), member);
            }
            String odd = "\t~?*";
            if (limits.pattern() != null && !limits.pattern().matcher(odd).matches()) {
                set(path, TextNode.valueOf(odd), valueCode(), member);
            }
            if (model.protocol() == Protocol.JSON) {
                set(path, LongNode.valueOf(3), typeCode(), member);
            }
        }

        private void range(Shape.Member member, Shape.Constraints limits, List<Object> path) {
            if (limits.min() != null) {
                set(path, LongNode.valueOf(limits.min().longValue() - 1), valueCode(), member);
            }
            if (limits.max() != null && limits.max() < Integer.MAX_VALUE) {
                set(path, LongNode.valueOf(limits.max().longValue() + 1), valueCode(), member);
            }
        }

        private void set(List<Object> path, JsonNode wrong, String code, Shape.Member member) {
            Object last = path.get(path.size() - 1);
            Consumer<JsonNode> change = at -> {
                if (last instanceof Integer index) {
                    ((ArrayNode) at).set(index, wrong);
                } else {
                    ((ObjectNode) at).set((String) last, wrong);
                }
            };
            String text = wrong.asText();
            String shown = text.length() > 30 ? text.length() + " characters" : text;
            add(path.subList(0, path.size() - 1), change, shown + " in", code, member);
        }

        private void add(List<Object> path, Consumer<JsonNode> change, String what, String code, Shape.Member member) {
            ObjectNode copy = valid.deepCopy();
            JsonNode at = copy;
            for (Object part : path) {
                at = part instanceof Integer index ? at.get(index) : at.get((String) part);
            }
            change.accept(at);
            String name = ec2 ? member.ec2RequestName() : member.name();
            wrongs.add(new Wrong(copy, what + " " + member.name() + " at " + path, code, name));
        }

        private static List<Object> with(List<Object> path, Object part) {
            List<Object> longer = new ArrayList<>(path);
            longer.add(part);
            return longer;
        }
    }

    private String missingCode() {
        return switch (model.protocol()) {
            case EC2 -> "MissingParameter";
            case QUERY -> "ValidationError";
            case JSON, CBOR -> "ValidationException";
        };
    }

    private String valueCode() {
        return ec2 ? "InvalidParameterValue" : missingCode();
    }

    private String typeCode() {
        return switch (model.protocol()) {
            case EC2 -> "InvalidParameterValue";
            case QUERY -> "MalformedInput";
            case JSON, CBOR -> "SerializationException";
        };
    }
}
