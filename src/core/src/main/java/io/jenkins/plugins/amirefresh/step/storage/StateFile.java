package io.jenkins.plugins.amirefresh.step.storage;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The append-only file of one step execution: one line a document that changed, the last line of a key counts. One force
 * covers all documents of a save.
 *
 * <p>Thread: one at a time, the one that drives the step.
 */
public final class StateFile {

    private static final int SCHEMA_VERSION = 1;

    private final AppendOnlyFile file;
    private StepState saved;

    private StateFile(Path path) {
        this.file = new AppendOnlyFile(path);
        this.saved = load(path, file.read());
    }

    /**
     * Opens the file, which need not exist yet.
     *
     * @throws IllegalStateException when a line is not a state of this or an older version
     */
    public static StateFile open(Path path) {
        return new StateFile(path);
    }

    /** What is on the disk. */
    public StepState saved() {
        return saved;
    }

    /** Appends the documents of {@code state} that changed; they are on the disk when it returns. */
    public void save(StepState state) {
        List<String> lines = new ArrayList<>();
        state.documents().forEach((key, json) -> {
            if (!json.equals(saved.document(key).orElse(""))) {
                lines.add(Json.write(new Line(SCHEMA_VERSION, key, json)));
            }
        });
        file.append(lines);
        saved = state;
    }

    private static StepState load(Path path, List<String> lines) {
        Map<String, String> documents = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines) {
            number++;
            try {
                JsonNode node = Json.mapper().readTree(line);
                int version = node.path("v").asInt();
                if (version < 1 || version > SCHEMA_VERSION) {
                    throw new IllegalStateException(path + ", line " + number + ": state of version " + version
                            + ", this release reads 1 to " + SCHEMA_VERSION + "; update the plugin");
                }
                documents.put(node.path("key").asText(), node.path("state").toString());
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(path + ", line " + number + " is not a saved state", e);
            }
        }
        return StepState.of(documents);
    }

    private record Line(int v, String key, @JsonRawValue String state) {}
}
