package io.jenkins.plugins.amirefresh.step.storage;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.io.IOException;
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

    /** Most lines are older states of their document: they are passed over without being read whole. */
    private static StepState load(Path path, List<String> lines) {
        Map<String, Integer> last = new LinkedHashMap<>();
        for (int index = 0; index < lines.size(); index++) {
            last.put(key(path, lines.get(index), index + 1), index);
        }
        Map<String, String> documents = new LinkedHashMap<>();
        last.forEach((key, index) -> documents.put(key, document(path, lines.get(index), index + 1)));
        return StepState.of(documents);
    }

    /** The start of the line, as {@link Line} writes it: version and key come before the document. */
    private static String key(Path path, String line, int number) {
        try (JsonParser parser = Json.mapper().createParser(line)) {
            int version = 0;
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                if (field.equals("v")) {
                    version = parser.getValueAsInt();
                } else if (field.equals("key")) {
                    checkVersion(path, version, number);
                    return parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
            checkVersion(path, version, number);
            return "";
        } catch (IOException e) {
            throw notAState(path, number, e);
        }
    }

    private static String document(Path path, String line, int number) {
        try {
            return Json.mapper().readTree(line).path("state").toString();
        } catch (JsonProcessingException e) {
            throw notAState(path, number, e);
        }
    }

    private static void checkVersion(Path path, int version, int number) {
        if (version < 1 || version > SCHEMA_VERSION) {
            throw new IllegalStateException(path + ", line " + number + ": state of version " + version
                    + ", this release reads 1 to " + SCHEMA_VERSION + "; update the plugin");
        }
    }

    private static IllegalStateException notAState(Path path, int number, IOException cause) {
        return new IllegalStateException(path + ", line " + number + " is not a saved state", cause);
    }

    private record Line(int v, String key, @JsonRawValue String state) {}
}
