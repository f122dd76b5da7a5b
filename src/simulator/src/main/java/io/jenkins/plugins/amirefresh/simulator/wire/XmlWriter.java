package io.jenkins.plugins.amirefresh.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;

/** Writes answers of the ec2 and query protocols, members in the model's order. */
final class XmlWriter {

    private static final String HEADER = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private final StringBuilder xml = new StringBuilder(1024);

    private XmlWriter() {}

    static String answer(
            ServiceModel model, ServiceModel.OperationModel operation, ObjectNode output, String requestId) {
        XmlWriter writer = new XmlWriter();
        String root = operation.name() + "Response";
        writer.xml.append(HEADER).append('<').append(root).append(" xmlns=\"").append(model.xmlNamespace());
        // EC2's documents carry a slash that its model does not.
        writer.xml.append(
                model.protocol() == Protocol.EC2 && !model.xmlNamespace().endsWith("/") ? "/\">" : "\">");
        if (model.protocol() == Protocol.EC2) {
            writer.text("requestId", requestId);
            writer.ec2Body(operation, output);
        } else {
            writer.queryBody(operation, output, requestId);
        }
        return writer.close(root).xml.toString();
    }

    static String error(ServiceModel model, AwsError error, String requestId) {
        return model.protocol() == Protocol.EC2
                ? ec2Error(error, requestId)
                : queryError(model.xmlNamespace(), error, requestId);
    }

    private static String ec2Error(AwsError error, String requestId) {
        XmlWriter writer = new XmlWriter();
        writer.xml.append(HEADER).append("<Response><Errors><Error>");
        writer.text("Code", error.code()).text("Message", String.valueOf(error.getMessage()));
        writer.xml.append("</Error></Errors>");
        writer.text("RequestID", requestId).close("Response");
        return writer.xml.toString();
    }

    static String queryError(String namespace, AwsError error, String requestId) {
        XmlWriter writer = new XmlWriter();
        writer.xml
                .append(HEADER)
                .append("<ErrorResponse xmlns=\"")
                .append(namespace)
                .append("\"><Error>");
        writer.text("Type", error.httpStatus() < 500 ? "Sender" : "Receiver")
                .text("Code", error.code())
                .text("Message", String.valueOf(error.getMessage()));
        writer.xml.append("</Error>");
        writer.text("RequestId", requestId).close("ErrorResponse");
        return writer.xml.toString();
    }

    /** An operation without an output says that it worked. */
    private void ec2Body(ServiceModel.OperationModel operation, ObjectNode output) {
        if (operation.output() == null) {
            text("return", "true");
        } else {
            members(operation.output(), output);
        }
    }

    private void queryBody(ServiceModel.OperationModel operation, ObjectNode output, String requestId) {
        if (operation.output() != null) {
            if (operation.resultWrapper().isEmpty()) {
                members(operation.output(), output);
            } else {
                open(operation.resultWrapper());
                members(operation.output(), output);
                close(operation.resultWrapper());
            }
        }
        open("ResponseMetadata").text("RequestId", requestId).close("ResponseMetadata");
    }

    private void members(Shape shape, JsonNode value) {
        for (Shape.Member member : shape.members()) {
            JsonNode present = value.get(member.name());
            if (present != null && !present.isNull()) {
                value(member.wireName(), member, present);
            }
        }
    }

    private void value(String name, Shape.Member member, JsonNode value) {
        Shape shape = member.shape();
        switch (shape.kind()) {
            case STRUCTURE -> {
                open(name);
                members(shape, value);
                close(name);
            }
            case LIST -> list(name, member, value);
            case MAP -> map(name, member, value);
            case TIMESTAMP -> text(name, Scalars.withMilliseconds(value.asText()));
            case STRING, BLOB, INTEGER, LONG, BOOLEAN, DOUBLE, FLOAT -> text(name, value.asText());
        }
    }

    private void list(String name, Shape.Member member, JsonNode items) {
        Shape.Member element = member.shape().element();
        if (member.flattened()) {
            String itemName = element.locationName() == null ? name : element.locationName();
            items.forEach(item -> value(itemName, element, item));
        } else if (items.isEmpty()) {
            xml.append('<').append(name).append("/>");
        } else {
            open(name);
            items.forEach(item -> value(element.wireName(), element, item));
            close(name);
        }
    }

    private void map(String name, Shape.Member member, JsonNode entries) {
        Shape shape = member.shape();
        String entryName = member.flattened() ? name : "entry";
        if (!member.flattened()) {
            open(name);
        }
        entries.properties().forEach(entry -> {
            open(entryName);
            text(shape.key().wireName(), entry.getKey());
            value(shape.element().wireName(), shape.element(), entry.getValue());
            close(entryName);
        });
        if (!member.flattened()) {
            close(name);
        }
    }

    private XmlWriter open(String name) {
        xml.append('<').append(name).append('>');
        return this;
    }

    private XmlWriter close(String name) {
        xml.append("</").append(name).append('>');
        return this;
    }

    private XmlWriter text(String name, String text) {
        open(name);
        escape(text);
        return close(name);
    }

    /** What XML 1.0 cannot hold at all becomes a replacement character. */
    private void escape(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '"' -> xml.append("&quot;");
                case '\r' -> xml.append("&#xD;");
                case '\t', '\n' -> xml.append(c);
                default -> xml.append(c < ' ' || c == '\uFFFE' || c == '\uFFFF' ? '\uFFFD' : c);
            }
        }
    }
}
