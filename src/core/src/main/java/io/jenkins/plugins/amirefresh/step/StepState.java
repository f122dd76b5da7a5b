package io.jenkins.plugins.amirefresh.step;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a step execution must not forget: JSON documents by key, such as {@code step} and
 * {@code group:111111111111/eu-west-1/web}. Immutable; a host appends the documents that changed to the step's file.
 */
public final class StepState {

    /** Nothing done yet. */
    public static final StepState EMPTY = new StepState(Map.of());

    private final Map<String, String> documents;

    private StepState(Map<String, String> documents) {
        this.documents = documents;
    }

    /** The state with these documents, JSON by key. */
    public static StepState of(Map<String, String> documents) {
        return new StepState(Collections.unmodifiableMap(new LinkedHashMap<>(documents)));
    }

    /** The JSON kept under {@code key}. */
    public Optional<String> document(String key) {
        return Optional.ofNullable(documents.get(key));
    }

    /** This state with {@code json} under {@code key}. */
    public StepState with(String key, String json) {
        if (json.equals(documents.get(key))) {
            return this;
        }
        Map<String, String> changed = new LinkedHashMap<>(documents);
        changed.put(key, json);
        return new StepState(Collections.unmodifiableMap(changed));
    }

    /** This state with all of {@code changes} laid over it; one copy for many documents. */
    public StepState withAll(Map<String, String> changes) {
        Map<String, String> changed = new LinkedHashMap<>(documents);
        changed.putAll(changes);
        return new StepState(Collections.unmodifiableMap(changed));
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
