package io.jenkins.plugins.amirefresh.ecs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The JSON event of ecs-updater, one or a list of them, held against its schema. What is wrong is said in the words of
 * Python's {@code jsonschema}, which the original answered.
 *
 * @param requests one a service
 * @param unknown members that the schema does not name: taken, as the original took them, and without effect
 */
public record UpdateEvent(List<ServiceRequest> requests, List<String> unknown) {

    private static final String OURS = "ecs_";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the lists. */
    public UpdateEvent {
        requests = List.copyOf(requests);
        unknown = List.copyOf(unknown);
    }

    /**
     * Reads an event.
     *
     * @throws IllegalArgumentException with the error's text when it is not one
     */
    public static UpdateEvent parse(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw wrong("it is not JSON: " + notJson.getOriginalMessage());
        }
        JsonNode schema = schema();
        JsonSchema validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
        List<JsonNode> events = new ArrayList<>();
        if (root.isArray()) {
            root.forEach(events::add);
        } else {
            events.add(root);
        }
        if (events.isEmpty()) {
            throw wrong("[] is too short");
        }
        List<ServiceRequest> requests = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (JsonNode event : events) {
            problem(validator, schema, event).ifPresent(problem -> {
                throw wrong(problem);
            });
            event.fieldNames().forEachRemaining(name -> {
                if (!schema.path("properties").has(name)) {
                    unknown.add(known(name, schema));
                }
            });
            requests.add(request(event));
        }
        return new UpdateEvent(requests, unknown);
    }

    private static IllegalArgumentException wrong(String problem) {
        return new IllegalArgumentException(UpdaterTexts.wrongEvent(problem));
    }

    /** A member that looks like one of the schema's is a slip of the pen, which must not come to mean nothing. */
    private static String known(String name, JsonNode schema) {
        if (name.startsWith(OURS)) {
            List<String> names = new ArrayList<>();
            schema.path("properties").fieldNames().forEachRemaining(names::add);
            throw wrong("'" + name + "' is none of " + String.join(", ", names));
        }
        return name;
    }

    private static JsonNode schema() {
        try (InputStream in = UpdateEvent.class.getResourceAsStream("event.schema.json")) {
            return JSON.readTree(Objects.requireNonNull(in));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Optional<String> problem(JsonSchema validator, JsonNode schema, JsonNode event) {
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        return validator.validate(event).stream()
                .min(Comparator.comparingInt(UpdateEvent::depth)
                        .thenComparing(message -> required.indexOf(String.valueOf(message.getProperty()))))
                .map(message -> python(message, event));
    }

    private static int depth(ValidationMessage message) {
        return message.getInstanceLocation().getNameCount();
    }

    private static String python(ValidationMessage message, JsonNode event) {
        JsonNode given = message.getInstanceNode() == null ? event : message.getInstanceNode();
        JsonNode allowed = message.getSchemaNode() == null ? given : message.getSchemaNode();
        return switch (message.getType()) {
            case "required" -> "'" + message.getProperty() + "' is a required property";
            case "type" -> PythonText.of(given) + " is not of type " + PythonText.of(allowed);
            case "enum" -> PythonText.of(given) + " is not one of " + PythonText.of(allowed);
            case "minLength" -> PythonText.of(given) + " is too short";
            default -> message.getMessage();
        };
    }

    private static ServiceRequest request(JsonNode event) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> tag : event.path("ecs_tag").properties()) {
            if (!tag.getValue().isTextual()) {
                throw new IllegalArgumentException(UpdaterTexts.notTags(PythonText.of(event.path("ecs_tag"))));
            }
            tags.put(tag.getKey(), tag.getValue().textValue());
        }
        tags.forEach((key, value) -> ServiceRequest.problemOfKey(key)
                .or(() -> ServiceRequest.problemOfValue(value))
                .ifPresent(allowed -> {
                    throw new IllegalArgumentException(
                            UpdaterTexts.notTagged(tags) + ": " + key + " is refused; give " + allowed);
                }));
        String image = event.path("ecs_image_name").asText();
        ImageReference.problem(image).ifPresent(problem -> {
            throw new IllegalArgumentException(UpdaterTexts.notRegistered(problem));
        });
        boolean isMerge = event.path("ecs_tag_mode").asText().equals("merge");
        return new ServiceRequest(
                event.path("ecs_cluster_name").asText(),
                event.path("ecs_service_name").asText(),
                image,
                event.path("ecs_container_name").asText(),
                Map.of(),
                tags,
                isMerge ? ServiceRequest.TagMode.MERGE : ServiceRequest.TagMode.REPLACE);
    }
}
