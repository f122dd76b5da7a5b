package io.jenkins.plugins.amirefresh.ecs;

import io.jenkins.plugins.amirefresh.model.TaskDefinition;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be changed of one service.
 *
 * @param images by container, of those whose image becomes another one
 * @param named by container, of all that were asked for
 * @param tagsToSet those that are missing or have another value
 * @param tagsToTake keys of those that go
 */
public record ServiceChange(
        Map<String, String> images, Map<String, String> named, Map<String, String> tagsToSet, List<String> tagsToTake) {

    /** Tags that AWS sets itself: nobody may change them. */
    private static final String AWS = "aws:";

    /** So many tags may a service have. */
    public static final int MOST_TAGS = 50;

    /** Copies the collections, in their order. */
    public ServiceChange {
        images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
        named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
        tagsToSet = Collections.unmodifiableMap(new LinkedHashMap<>(tagsToSet));
        tagsToTake = List.copyOf(tagsToTake);
    }

    /** Tags change. */
    public boolean changesTags() {
        return !tagsToSet.isEmpty() || !tagsToTake.isEmpty();
    }

    /** The change that a request means. Ask {@link #problem} first. */
    public static ServiceChange of(ServiceRequest request, TaskDefinition definition, Map<String, String> tags) {
        Map<String, String> named = named(request, definition);
        Map<String, String> images = new LinkedHashMap<>();
        named.forEach((container, image) -> {
            boolean isOther = definition
                    .container(container)
                    .filter(known -> !known.image().equals(image))
                    .isPresent();
            if (isOther) {
                images.put(container, image);
            }
        });
        Map<String, String> toSet = new LinkedHashMap<>(request.tags());
        tags.forEach(toSet::remove);
        List<String> toTake = request.tagMode() == ServiceRequest.TagMode.MERGE
                ? List.of()
                : tags.keySet().stream()
                        .filter(key -> !request.tags().containsKey(key) && !key.startsWith(AWS))
                        .toList();
        return new ServiceChange(images, named, toSet, toTake);
    }

    private static Map<String, String> named(ServiceRequest request, TaskDefinition definition) {
        Map<String, String> named = new LinkedHashMap<>(request.images());
        if (!request.image().isEmpty()) {
            String container = request.container().isEmpty()
                    ? definition.containers().get(0).name()
                    : request.container();
            named.put(container, request.image());
        }
        return named;
    }

    /**
     * Why AWS would refuse the tags after everything else is done, empty when it would not. Source: ECS Developer Guide, "Tag
     * restrictions"; tags of AWS itself do not count.
     */
    public Optional<String> tooManyTags(Map<String, String> tags) {
        Set<String> keys = new HashSet<>(tags.keySet());
        tagsToTake.forEach(keys::remove);
        keys.addAll(tagsToSet.keySet());
        keys.removeIf(key -> key.startsWith(AWS));
        return tagsToSet.isEmpty() || keys.size() <= MOST_TAGS
                ? Optional.empty()
                : Optional.of("it would have " + keys.size() + " tags, and AWS takes " + MOST_TAGS
                        + "; take some away, or set fewer");
    }

    /** Why a request cannot be meant for this task definition, empty when it can. */
    public static Optional<String> problem(ServiceRequest request, TaskDefinition definition) {
        List<String> known = definition.containers().stream()
                .map(TaskDefinition.Container::name)
                .toList();
        if (!request.image().isEmpty() && request.container().isEmpty() && known.size() > 1) {
            return Optional.of(definition.text() + " has the containers " + String.join(", ", known)
                    + "; say which one gets " + request.image());
        }
        return named(request, definition).keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .map(name ->
                        definition.text() + " has no container '" + name + "'; it has " + String.join(", ", known));
    }
}
