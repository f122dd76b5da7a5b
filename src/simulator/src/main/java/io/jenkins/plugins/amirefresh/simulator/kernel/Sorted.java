package io.jenkins.plugins.amirefresh.simulator.kernel;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Values by key: found by hash, since a search through an order costs more the more there are, and listed in the order of
 * their keys.
 */
public final class Sorted<V> {

    private final Map<String, V> byKey = new HashMap<>();
    private final NavigableMap<String, V> ordered = new TreeMap<>();

    /** Takes a value in, in the place of one with the same key. */
    public void put(String key, V value) {
        byKey.put(key, value);
        ordered.put(key, value);
    }

    /** Takes a value out, if it is there. */
    public void remove(String key) {
        byKey.remove(key);
        ordered.remove(key);
    }

    /** The value of this key. */
    public Optional<V> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** Whether there is one. */
    public boolean has(String key) {
        return byKey.containsKey(key);
    }

    /** All, in the order of their keys; a view. */
    public Collection<V> values() {
        return Collections.unmodifiableCollection(ordered.values());
    }

    /** The first from this key on, in order. */
    public Optional<V> firstFrom(String key) {
        return Optional.ofNullable(ordered.ceilingEntry(key)).map(Map.Entry::getValue);
    }
}
