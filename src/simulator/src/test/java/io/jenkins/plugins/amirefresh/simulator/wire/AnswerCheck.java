package io.jenkins.plugins.amirefresh.simulator.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads an answer off the wire as strictly as nobody does: everything in it must be in the model. */
public final class AnswerCheck {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final ThreadLocal<DocumentBuilder> PARSER = ThreadLocal.withInitial(AnswerCheck::parser);

    private final List<String> problems = new ArrayList<>();

    private AnswerCheck() {}

    /** What in the body of a successful answer the model does not have or has with another type. */
    public static List<String> problems(ServiceModel model, String operation, String body) {
        AnswerCheck check = new AnswerCheck();
        var declared = Checks.operation(model, operation);
        if (model.protocol() == Protocol.JSON) {
            check.json(declared.output(), body);
        } else {
            check.xml(model, declared, document(body).getDocumentElement());
        }
        return check.problems;
    }

    /** The code in the body of a refusal. */
    public static String errorCode(ServiceModel model, String body) {
        return model.protocol() == Protocol.JSON
                ? tree(body).path("__type").asText()
                : document(body).getElementsByTagName("Code").item(0).getTextContent();
    }

    /** The message in the body of a refusal. */
    public static String errorMessage(ServiceModel model, String body) {
        return model.protocol() == Protocol.JSON
                ? tree(body).path("message").asText()
                : document(body).getElementsByTagName("Message").item(0).getTextContent();
    }

    private static JsonNode tree(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            throw new AssertionError("the answer is not JSON: " + body, notJson);
        }
    }

    private static Document document(String body) {
        try {
            return PARSER.get().parse(new InputSource(new StringReader(body)));
        } catch (SAXException | IOException notXml) {
            throw new AssertionError("the answer is not XML: " + body, notXml);
        }
    }

    private static DocumentBuilder parser() {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder();
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void json(@Nullable Shape output, String body) {
        JsonNode answer = tree(body);
        if (output == null) {
            require(answer.isEmpty(), "an operation without output answers " + body);
        } else {
            jsonStructure(output, answer, "");
        }
    }

    private void jsonStructure(Shape shape, JsonNode node, String path) {
        require(node.isObject(), path + " is not an object");
        for (var field : node.properties()) {
            var member = shape.members().stream()
                    .filter(candidate -> candidate.wireName().equals(field.getKey()))
                    .findFirst();
            require(member.isPresent(), path + "/" + field.getKey() + " is not in the model");
            member.ifPresent(found -> jsonValue(found.shape(), field.getValue(), path + "/" + field.getKey()));
        }
    }

    private void jsonValue(Shape shape, JsonNode value, String path) {
        switch (shape.kind()) {
            case STRUCTURE -> jsonStructure(shape, value, path);
            case LIST -> value.forEach(item -> jsonValue(shape.element().shape(), item, path));
            case MAP -> value.forEach(item -> jsonValue(shape.element().shape(), item, path));
            case STRING -> enumeration(shape, value.asText(), path);
            case BLOB -> require(value.isTextual(), path + " is not text");
            case INTEGER, LONG -> require(value.isIntegralNumber(), path + " is not an integer");
            case DOUBLE, FLOAT, TIMESTAMP -> require(value.isNumber(), path + " is not a number");
            case BOOLEAN -> require(value.isBoolean(), path + " is not a boolean");
        }
    }

    private void xml(ServiceModel model, ServiceModel.OperationModel declared, Element root) {
        require(root.getTagName().equals(declared.name() + "Response"), "the root is " + root.getTagName());
        boolean ec2 = model.protocol() == Protocol.EC2;
        Shape output = declared.output();
        for (Element child : children(root)) {
            String name = child.getTagName();
            if (name.equals(ec2 ? "requestId" : "ResponseMetadata")) {
                continue;
            }
            if (output == null) {
                require(ec2 && name.equals("return"), name + " is answered by an operation without output");
            } else if (ec2 || declared.resultWrapper().isEmpty()) {
                xmlStructure(output, List.of(child), "");
            } else {
                require(name.equals(declared.resultWrapper()), name + " is not the result's wrapper");
                xmlStructure(output, children(child), "");
            }
        }
    }

    private void xmlStructure(Shape shape, List<Element> elements, String path) {
        for (Element element : elements) {
            String name = element.getTagName();
            var member = shape.members().stream()
                    .filter(candidate -> candidate.wireName().equals(name))
                    .findFirst();
            require(member.isPresent(), path + "/" + name + " is not in the model");
            member.ifPresent(found -> xmlValue(found, element, path + "/" + name));
        }
    }

    private void xmlValue(Shape.Member member, Element element, String path) {
        Shape shape = member.shape();
        String text = element.getTextContent();
        switch (shape.kind()) {
            case STRUCTURE -> xmlStructure(shape, children(element), path);
            case LIST -> {
                for (Element item : children(element)) {
                    String wanted = shape.element().wireName();
                    require(item.getTagName().equals(wanted), path + "/" + item.getTagName() + " is not " + wanted);
                    xmlValue(shape.element(), item, path + "/" + item.getTagName());
                }
            }
            case STRING -> enumeration(shape, text, path);
            case INTEGER, LONG -> require(text.matches("-?[0-9]+"), path + " is not an integer: " + text);
            case BOOLEAN -> require(text.matches("true|false"), path + " is not a boolean: " + text);
            case TIMESTAMP ->
                require(text.matches("[0-9-]{10}T[0-9:]{8}\\.[0-9]{3}Z"), path + " is not a timestamp: " + text);
            case DOUBLE, FLOAT -> require(text.matches("-?[0-9.]+(E-?[0-9]+)?"), path + " is not a number: " + text);
            case MAP, BLOB -> {}
        }
    }

    private void enumeration(Shape shape, String text, String path) {
        var values = shape.constraints().values();
        require(values.isEmpty() || values.contains(text), path + " is not one of its enum: " + text);
    }

    private static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
