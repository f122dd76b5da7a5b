package io.jenkins.plugins.amirefresh.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.Json;
import java.util.List;

/** The run's record without the moments, which an outage moves. */
final class Facts {

    private Facts() {}

    static List<String> of(Scenario scenario) {
        return of(scenario.journal());
    }

    static List<String> of(List<JournalEvent> journal) {
        return journal.stream()
                .filter(event -> !isOfItsMoment(event.fact()))
                .map(Facts::timeless)
                .sorted()
                .toList();
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

    /** A host that was killed looks, speaks and calls again, at other moments: that is no other outcome. */
    private static boolean isOfItsMoment(JournalFact fact) {
        return fact instanceof JournalFact.CallMade
                || fact instanceof JournalFact.GroupSaid
                || fact instanceof JournalFact.GroupSeen;
    }
}
