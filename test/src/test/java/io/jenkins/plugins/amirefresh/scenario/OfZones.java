package io.jenkins.plugins.amirefresh.scenario;

import java.util.List;
import java.util.function.UnaryOperator;

/** The group of {@code fleet.yaml} once for each zone, with one instance and no room for a second. */
final class OfZones {

    private OfZones() {}

    static Scenario scenario(List<String> names, UnaryOperator<String> change) {
        return Scenario.of("fleet.yaml", text -> {
            String group = text.substring(text.indexOf("          - name: web"), text.indexOf("behaviours:"));
            StringBuilder groups = new StringBuilder();
            for (String name : names) {
                groups.append(group.replace("name: web\n", "name: " + name + "\n")
                        .replace("min: 2", "min: 1")
                        .replace("desired: 3", "desired: 1")
                        .replace("max: 4", "max: 1"));
            }
            return change.apply(text.replace(group, groups.toString()));
        });
    }
}
