package io.jenkins.plugins.amirefresh.ecs;

import io.jenkins.plugins.amirefresh.model.ServiceObservation;
import io.jenkins.plugins.amirefresh.model.TaskDefinition;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service before or after its update, in the shape and the words of ecs-updater's answer, which its callers read.
 *
 * @param taskDefinitionName the container that was asked about, else the first one
 * @param serviceMemory of that container, else of the task, in MiB; null when neither says one
 * @param tags in AWS's order
 * @param updatedOn of the newest deployment
 */
public record ServiceDetails(
        String clusterArn,
        String serviceArn,
        String taskDefinitionName,
        String taskDefinitionFamily,
        String serviceImage,
        @Nullable Integer serviceMemory,
        List<Tag> tags,
        String updatedOn) {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    /** Copies the list. */
    public ServiceDetails {
        tags = List.copyOf(tags);
    }

    /** A tag. */
    public record Tag(String key, String value) {}

    /** What was observed. */
    public static ServiceDetails of(ServiceObservation service, TaskDefinition definition, String container) {
        TaskDefinition.Container shown =
                definition.container(container).orElse(definition.containers().get(0));
        List<Tag> tags = new ArrayList<>();
        service.tags().forEach((key, value) -> tags.add(new Tag(key, value)));
        Instant updated = service.deployments().isEmpty()
                ? null
                : service.deployments().get(0).updatedAt();
        return new ServiceDetails(
                service.clusterArn(),
                service.serviceArn(),
                shown.name(),
                definition.family(),
                shown.image(),
                shown.memory() == null ? definition.memory() : shown.memory(),
                tags,
                updated == null ? "" : pythonText(updated));
    }

    /** As Python writes a moment: {@code 2026-11-22 17:00:00+00:00}, with microseconds when there are any. */
    static String pythonText(Instant moment) {
        Instant whole = moment.truncatedTo(ChronoUnit.SECONDS);
        DateTimeFormatter form = moment.truncatedTo(ChronoUnit.MICROS).equals(whole) ? SECONDS : MICROSECONDS;
        return form.format(moment.atOffset(ZoneOffset.UTC)) + "+00:00";
    }

    /** As steps return it. */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("clusterArn", clusterArn);
        map.put("serviceArn", serviceArn);
        map.put("taskDefinitionName", taskDefinitionName);
        map.put("taskDefinitionFamily", taskDefinitionFamily);
        map.put("serviceImage", serviceImage);
        map.put("serviceMemory", serviceMemory == null ? "" : serviceMemory);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Tag tag : tags) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("key", tag.key());
            row.put("value", tag.value());
            rows.add(row);
        }
        map.put("tags", rows);
        map.put("updatedOn", updatedOn);
        return map;
    }
}
