package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Ids by tag, so that one group's instances are found without a look at the others. */
final class TagIndex {

    private final Map<String, Map<String, TreeSet<String>>> idsByKey = new HashMap<>();

    void add(String id, Map<String, String> tags) {
        tags.forEach((key, value) -> idsByKey.computeIfAbsent(key, absent -> new HashMap<>())
                .computeIfAbsent(value, absent -> new TreeSet<>())
                .add(id));
    }

    void remove(String id, Map<String, String> tags) {
        tags.forEach((key, value) -> {
            Map<String, TreeSet<String>> byValue = idsByKey.getOrDefault(key, new HashMap<>());
            TreeSet<String> ids = byValue.getOrDefault(value, new TreeSet<>());
            ids.remove(id);
            if (ids.isEmpty()) {
                byValue.remove(value);
            }
        });
    }

    SortedSet<String> ids(String key, String value) {
        Map<String, TreeSet<String>> byValue = idsByKey.getOrDefault(key, Map.of());
        return Collections.unmodifiableSortedSet(byValue.getOrDefault(value, new TreeSet<>()));
    }
}
