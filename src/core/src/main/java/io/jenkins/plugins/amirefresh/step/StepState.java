package io.jenkins.plugins.amirefresh.step;

import io.jenkins.plugins.amirefresh.journal.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everything a step execution must not forget: JSON documents by key, such as {@code step} and
 * {@code group:111111111111/eu-west-1/web}. Immutable; a host appends the documents that changed to the step's file.
 */
public final class StepState {

    /** Nothing done yet. */
    public static final StepState EMPTY = new StepState(Map.of(), new ConcurrentHashMap<>());

    private final Map<String, String> documents;
    private final Map<String, Decoded> decoded;

    private StepState(Map<String, String> documents, Map<String, Decoded> decoded) {
        this.documents = documents;
        this.decoded = decoded;
    }

    /** What a document says, once read; right for as long as the document is the same. */
    private record Decoded(String json, Object value) {}

    /** The state with these documents, JSON by key. */
    public static StepState of(Map<String, String> documents) {
        return new StepState(Collections.unmodifiableMap(new LinkedHashMap<>(documents)), new ConcurrentHashMap<>());
    }

    /** The JSON kept under {@code key}. */
    public Optional<String> document(String key) {
        return Optional.ofNullable(documents.get(key));
    }

    /**
     * The document under {@code key} as the immutable value that it holds; decoded once, however many states later it is
     * asked for again.
     */
    public <T> Optional<T> read(String key, Class<T> type) {
        String json = documents.get(key);
        if (json == null) {
            return Optional.empty();
        }
        Decoded known = decoded.get(key);
        if (known != null && known.json().equals(json) && type.isInstance(known.value())) {
            return Optional.of(type.cast(known.value()));
        }
        T value = Json.read(json, type);
        decoded.put(key, new Decoded(json, value));
        return Optional.of(value);
    }

    /** The documents whose keys begin with {@code prefix}, as {@link #read} gives them, in the order in which the keys came. */
    public <T> List<T> readAll(String prefix, Class<T> type) {
        return documents.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .flatMap(key -> read(key, type).stream())
                .toList();
    }

    /** This state with {@code json} under {@code key}. */
    public StepState with(String key, String json) {
        if (json.equals(documents.get(key))) {
            return this;
        }
        Map<String, String> changed = new LinkedHashMap<>(documents);
        changed.put(key, json);
        return new StepState(Collections.unmodifiableMap(changed), isEmpty() ? new ConcurrentHashMap<>() : decoded);
    }

    /** This state with all of {@code changes} laid over it; one copy for many documents. */
    public StepState withAll(Map<String, String> changes) {
        Map<String, String> changed = new LinkedHashMap<>(documents);
        changed.putAll(changes);
        return new StepState(Collections.unmodifiableMap(changed), isEmpty() ? new ConcurrentHashMap<>() : decoded);
    }

    /** Every document in the order its key first appeared. */
    public Map<String, String> documents() {
        return documents;
    }

    /** Nothing done yet. */
    public boolean isEmpty() {
        return documents.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StepState state && state.documents.equals(documents);
    }

    @Override
    public int hashCode() {
        return documents.hashCode();
    }

    @Override
    public String toString() {
        return documents.toString();
    }
}
