package io.jenkins.plugins.amirefresh.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A revision of a task definition of Amazon ECS, as far as decisions need it; copies are made of the whole.
 *
 * @param memory of the task in MiB; null when only its containers say one
 */
public record TaskDefinition(
        String arn,
        String family,
        int revision,
        boolean isActive,
        List<Container> containers,
        @Nullable Integer memory) {

    /** Copies the list. */
    public TaskDefinition {
        containers = List.copyOf(containers);
    }

    /**
     * A container of it.
     *
     * @param memory hard limit in MiB; null without one
     */
    public record Container(String name, String image, @Nullable Integer memory) {}

    /** {@code app:7}. */
    public String text() {
        return family + ":" + revision;
    }

    /** The container of this name. */
    public Optional<Container> container(String name) {
        return containers.stream()
                .filter(container -> container.name().equals(name))
                .findFirst();
    }

    /** {@code app:7} of its ARN. */
    public static String text(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
