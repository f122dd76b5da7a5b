package io.jenkins.plugins.amirefresh.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Writes an input as a client would send it: the other side of {@link FormReader} and {@link JsonCodec}. */
public final class RequestWriter {

    private final ServiceModel model;
    private final StringBuilder form = new StringBuilder();

    private RequestWriter(ServiceModel model) {
        this.model = model;
    }

    /** The HTTP request, signed for {@code region} with a key of the default account. */
    public static WireRequest write(ServiceModel model, String operation, ObjectNode input, String region) {
        Map<String, String> headers = new HashMap<>();
        headers.put(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDPROPERTY/20261122/" + region + "/" + model.endpointPrefix()
                        + "/aws4_request, SignedHeaders=host, Signature=0");
        String body;
        if (model.protocol() == Protocol.JSON) {
            headers.put("x-amz-target", model.targetPrefix() + "." + operation);
            body = input.toString();
        } else {
            body = new RequestWriter(model).form(operation, input);
        }
        return new WireRequest("POST", "127.0.0.1", "", headers, body);
    }

    private String form(String operation, ObjectNode input) {
        form.append("Action=").append(operation).append("&Version=").append(model.apiVersion());
        Shape shape = Checks.operation(model, operation).input();
        if (shape != null) {
            structure(shape, input, "");
        }
        return form.toString();
    }

    private boolean ec2() {
        return model.protocol() == Protocol.EC2;
    }

    private void structure(Shape shape, JsonNode node, String prefix) {
        for (Shape.Member member : shape.members()) {
            JsonNode given = node.get(member.name());
            if (given != null) {
                value(member, given, prefix + name(member));
            }
        }
    }

    private String name(Shape.Member member) {
        if (ec2()) {
            return member.ec2RequestName();
        }
        boolean flatList = member.shape().kind() == Shape.Kind.LIST && member.flattened();
        String element = flatList ? member.shape().element().locationName() : null;
        return element == null ? member.wireName() : element;
    }

    private void value(Shape.Member member, JsonNode given, String name) {
        switch (member.shape().kind()) {
            case STRUCTURE -> structure(member.shape(), given, name + ".");
            case LIST -> {
                boolean flat = ec2() || member.flattened();
                String items =
                        flat ? name : name + "." + member.shape().element().wireName();
                for (int i = 0; i < given.size(); i++) {
                    value(member.shape().element(), given.get(i), items + "." + (i + 1));
                }
            }
            case MAP -> map(member, given, name);
            case STRING, BLOB, INTEGER, LONG, DOUBLE, FLOAT, BOOLEAN, TIMESTAMP ->
                form.append('&').append(encoded(name)).append('=').append(encoded(given.asText()));
        }
    }

    private void map(Shape.Member member, JsonNode given, String name) {
        int position = 1;
        for (var entry : given.properties()) {
            String at = name + (member.flattened() ? "." : ".entry.") + position++ + ".";
            form.append('&').append(encoded(at + member.shape().key().wireName()));
            form.append('=').append(encoded(entry.getKey()));
            value(
                    member.shape().element(),
                    entry.getValue(),
                    at + member.shape().element().wireName());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
