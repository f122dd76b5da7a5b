package io.jenkins.plugins.amirefresh.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.Json;
import java.util.List;

/** The run's record without the moments, which an outage moves. */
final class Facts {

    private Facts() {}

    static List<String> of(Scenario scenario) {
        return scenario.journal().stream().map(Facts::timeless).sorted().toList();
    }

    private static String timeless(JournalEvent event) {
        JsonNode node = Json.mapper().valueToTree(event);
        strip(node);
        return node.toString();
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(List.of("at", "startedAt", "endedAt", "took"));
        }
        node.forEach(Facts::strip);
    }
}
