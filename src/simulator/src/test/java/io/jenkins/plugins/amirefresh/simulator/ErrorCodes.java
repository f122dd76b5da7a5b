package io.jenkins.plugins.amirefresh.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which codes AWS may refuse an operation with: those of its model and those that every service has. */
final class ErrorCodes {

    /** EC2 models no errors. Source: EC2 API Reference, "Error codes": one or two parts, each a name. */
    private static final Pattern EC2 = Pattern.compile("[A-Z][A-Za-z0-9]+(\\.[A-Z][A-Za-z0-9]+)?");

    private static final Set<String> COMMON = Set.of(
            "ValidationError",
            "ValidationException",
            "MalformedInput",
            "SerializationException",
            "AccessDenied",
            "InvalidParameterValue",
            "InvalidParameterCombination",
            "InvalidNextToken",
            "UnsupportedOperation");

    private static final Map<String, JsonNode> MODELS = new HashMap<>();

    private ErrorCodes() {}

    static boolean isOf(String service, String operation, String code) {
        if (service.equals("ec2")) {
            return EC2.matcher(code).matches() && !code.startsWith("Internal");
        }
        return COMMON.contains(code) || modelled(MODELS.computeIfAbsent(service, ErrorCodes::load), operation, code);
    }

    private static boolean modelled(JsonNode model, String operation, String code) {
        for (JsonNode error : model.at("/operations/" + operation + "/errors")) {
            String shape = error.path("shape").asText();
            JsonNode named = model.at("/shapes/" + shape + "/error/code");
            // Clients of the query protocol know some by another name.
            if (code.equals(shape) || code.equals(named.asText())) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode load(String service) {
        String path = "/io/jenkins/plugins/amirefresh/simulator/models/" + service + ".json";
        try (InputStream in = ErrorCodes.class.getResourceAsStream(path)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(service, unreadable);
        }
    }
}
