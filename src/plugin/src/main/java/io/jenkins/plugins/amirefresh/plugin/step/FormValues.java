package io.jenkins.plugins.amirefresh.plugin.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.journal.Json;

/** Values as a form sends them: a form has no maps, so it writes them as JSON. */
final class FormValues {

    private FormValues() {}

    /** A map or list for a text that is a JSON object or array of objects; anything else as it is. */
    static Object read(Object value) {
        if (!(value instanceof String text) || !text.strip().matches("(?s)(\\{.*}|\\[\\s*\\{.*])")) {
            return value;
        }
        try {
            JsonNode node = Json.mapper().readTree(text);
            return Json.mapper().convertValue(node, Object.class);
        } catch (JsonProcessingException e) {
            // Not JSON: the parameter's own check refuses it and says what is allowed.
            return value;
        }
    }
}
