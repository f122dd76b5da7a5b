package io.jenkins.plugins.amirefresh.simulator.account;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.jenkins.plugins.amirefresh.simulator.kernel.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Reads account files: YAML by {@code account.schema.json}, generators expanded, every reference checked. */
public final class AccountReader {

    /** The moment at which a file begins that does not say. */
    public static final Instant DEFAULT_START = Instant.parse("2026-01-01T00:00:00Z");

    private static final String SCHEMA = "account.schema.json";
    private static final String SAMPLE = "sample-account.yaml";

    private final ObjectMapper mapper = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .registerModule(new SimpleModule()
                    .addDeserializer(Duration.class, new DurationReader())
                    .addDeserializer(Instant.class, new InstantReader()));
    private final JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                    resource(SCHEMA),
                    SchemaValidatorsConfig.builder()
                            .pathType(PathType.JSON_POINTER)
                            .build());

    /**
     * An account file from disk.
     *
     * @throws AccountFileException when it is not readable or not right
     */
    public AccountFile read(Path file) {
        try {
            return read(Objects.toString(file.getFileName()), Files.readString(file));
        } catch (NoSuchFileException missing) {
            throw new AccountFileException(file.toString(), 0, "no such file");
        } catch (IOException unreadable) {
            throw new AccountFileException(file.toString(), 0, "cannot be read: " + unreadable.getMessage());
        }
    }

    /** The JSON schema of account files, for editors and other checkers. */
    public static String schemaText() {
        return resource(SCHEMA);
    }

    /** The account that the simulator shows when nobody names one. */
    public AccountFile sample() {
        return read(SAMPLE, resource(SAMPLE));
    }

    /**
     * An account file from its text.
     *
     * @param source its name, for messages
     * @throws AccountFileException when it is not right
     */
    public AccountFile read(String source, String text) {
        YamlTree yaml = YamlTree.parse(source, text);
        refuseWhatTheSchemaRefuses(source, yaml);
        ObjectNode root = Expansion.of(source, yaml);
        AccountFile file;
        try {
            file = mapper.treeToValue(root, AccountFile.class);
        } catch (JsonProcessingException wrong) {
            // The schema let it pass, so this is a value whose text does not parse: a duration, a moment.
            throw new AccountFileException(source, line(wrong, yaml, root), wrong.getOriginalMessage());
        }
        AccountCheck.check(file);
        return file;
    }

    /** Of the nearest part around the value that knows its line; copies that the file's generators made know it too. */
    private static int line(JsonProcessingException wrong, YamlTree yaml, JsonNode root) {
        if (!(wrong instanceof JsonMappingException mapping)) {
            return 0;
        }
        int line = 0;
        JsonNode part = root;
        for (JsonMappingException.Reference step : mapping.getPath()) {
            part = step.getFieldName() == null ? part.path(step.getIndex()) : part.path(step.getFieldName());
            line = part.path("line").asInt(line);
        }
        boolean top = line == 0 && !mapping.getPath().isEmpty();
        return top ? yaml.line("/" + mapping.getPath().get(0).getFieldName()) : line;
    }

    private void refuseWhatTheSchemaRefuses(String source, YamlTree yaml) {
        // A copy's text is what AWS would see.
        schema.validate(Expansion.numbered(yaml.root(), "1")).stream()
                .map(message -> problem(yaml, message))
                .min(Comparator.comparingInt(Problem::line)
                        .thenComparing(Problem::isMissing)
                        .thenComparing(Problem::text))
                .ifPresent(problem -> {
                    throw new AccountFileException(source, problem.line(), problem.text());
                });
    }

    private record Problem(int line, String text) {
        /** A misspelt field is why another one is missing. */
        boolean isMissing() {
            return text.contains("' is missing in ");
        }
    }

    private Problem problem(YamlTree yaml, ValidationMessage message) {
        String at = message.getInstanceLocation().toString();
        String where = at.isEmpty() ? "the file" : at;
        String property = message.getProperty();
        if ("required".equals(message.getType())) {
            return new Problem(yaml.line(at), "'" + property + "' is missing in " + where);
        }
        if ("additionalProperties".equals(message.getType())) {
            return new Problem(
                    yaml.line(at + "/" + property),
                    "'" + property + "' is not a field of " + where + "; " + cure(property, allowed(message)));
        }
        if ("enum".equals(message.getType()) && message.getInstanceNode() != null) {
            String given = message.getInstanceNode().asText();
            List<String> values = texts(message.getSchemaNode());
            return new Problem(yaml.line(at), "'" + given + "' is no value of " + where + "; " + cure(given, values));
        }
        return new Problem(yaml.line(at), message.getMessage());
    }

    /** What is allowed, and of it what was probably meant. */
    private static String cure(String given, List<String> allowed) {
        String nearest = Nearest.of(given, allowed)
                .map(other -> "did you mean '" + other + "'? ")
                .orElse("");
        return nearest + "there are: " + String.join(", ", allowed);
    }

    private List<String> allowed(ValidationMessage message) {
        String declared = message.getSchemaLocation().getFragment().getParent().toString();
        var names = new ArrayList<String>();
        schema.getSchemaNode().at(declared).path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode schemaNode) {
        JsonNode values = schemaNode.has("enum") ? schemaNode.get("enum") : schemaNode;
        var texts = new ArrayList<String>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    private static String resource(String name) {
        try (InputStream in =
                AccountReader.class.getResourceAsStream("/io/jenkins/plugins/amirefresh/simulator/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(name, unreadable);
        }
    }

    private static final class DurationReader extends StdDeserializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationReader() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode value = parser.readValueAsTree();
            return Durations.parse(value.asText())
                    .orElseThrow(() -> context.weirdStringException(
                            value.asText(), Duration.class, "not a duration: seconds, 90s, 15m, 2h or 7d"));
        }
    }

    private static final class InstantReader extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getText();
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException notAMoment) {
                throw context.weirdStringException(text, Instant.class, "not a moment like 2026-11-22T17:00:00Z");
            }
        }
    }
}
