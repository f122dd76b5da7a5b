package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.powercycle.PowerOutcome;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of a resource, for the step's result and the console. */
record PowerRow(
        String account,
        String region,
        String kind,
        String id,
        String label,
        String environment,
        PowerOutcome outcome,
        String reason) {

    static PowerRow of(PowerItem item) {
        return new PowerRow(
                item.account(),
                item.place().region().toString(),
                item.kind().text(),
                item.id(),
                item.label(),
                item.environment(),
                item.outcome(),
                item.reason());
    }

    /** As pipelines get it: texts only. */
    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("account", account);
        map.put("region", region);
        map.put("kind", kind);
        map.put("id", id);
        map.put("name", label);
        map.put("environment", environment);
        map.put("outcome", outcome.text());
        map.put("reason", reason);
        return map;
    }

    String line() {
        return label + ": " + outcome.text() + ": " + reason;
    }
}
