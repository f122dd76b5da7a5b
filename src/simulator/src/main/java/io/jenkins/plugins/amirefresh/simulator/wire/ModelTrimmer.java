package io.jenkins.plugins.amirefresh.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Runs in the build: takes AWS's service models from {@code aws-java-sdk-models}, drops their documentation, adds the
 * overlays and writes what {@link ServiceModel} reads.
 */
public final class ModelTrimmer {

    private static final Set<String> DROPPED =
            Set.of("documentation", "documentationUrl", "deprecatedMessage", "examples");
    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelTrimmer() {}

    /** Arguments: the overlays' folder, the class output folder, then {@code name=model} for each service. */
    public static void main(String[] arguments) throws IOException {
        List<String> all = List.of(arguments);
        Path overlays = Path.of(all.get(0));
        Path output = Path.of(all.get(1)).resolve(ServiceModels.FOLDER.substring(1));
        Files.createDirectories(output);
        for (String service : all.subList(2, all.size())) {
            String name = service.substring(0, service.indexOf('='));
            String model = service.substring(service.indexOf('=') + 1);
            Files.write(output.resolve(name + ".json"), JSON.writeValueAsBytes(merged(overlays, name, model)));
        }
    }

    private static ObjectNode merged(Path overlays, String name, String model) throws IOException {
        ObjectNode root;
        try (InputStream in = ModelTrimmer.class.getResourceAsStream("/models/" + model + "-model.json")) {
            if (in == null) {
                throw new IOException("no model " + model + " in aws-java-sdk-models");
            }
            root = (ObjectNode) JSON.readTree(in);
        }
        trim(root.path("operations"));
        trim(root.path("shapes"));
        root.remove(List.of("documentation", "examples", "authorizers"));
        Path overlay = overlays.resolve(name + ".json");
        if (Files.exists(overlay)) {
            JsonNode additions = JSON.readTree(overlay.toFile());
            merge(root.withObject("/operations"), additions.path("operations"));
            merge(root.withObject("/shapes"), additions.path("shapes"));
        }
        return root;
    }

    /** Each value is an operation or a shape; a member may itself be called "documentation", so only what is not a member is dropped by name. */
    private static void trim(JsonNode named) {
        for (JsonNode value : named) {
            ((ObjectNode) value).remove(DROPPED);
            for (String part : List.of("input", "output", "member", "key", "value")) {
                if (value.path(part) instanceof ObjectNode use) {
                    use.remove(DROPPED);
                }
            }
            for (JsonNode member : value.path("members")) {
                ((ObjectNode) member).remove(DROPPED);
            }
        }
    }

    /** Objects are merged by key, lists (enums, required) are extended, anything else is replaced. */
    private static void merge(ObjectNode into, JsonNode additions) {
        additions.properties().forEach(entry -> {
            JsonNode present = into.get(entry.getKey());
            if (present instanceof ObjectNode object && entry.getValue().isObject()) {
                merge(object, entry.getValue());
            } else if (present instanceof ArrayNode list && entry.getValue().isArray()) {
                entry.getValue().forEach(list::add);
            } else {
                into.set(entry.getKey(), entry.getValue());
            }
        });
    }
}
