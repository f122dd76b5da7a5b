package io.jenkins.plugins.amirefresh.step.fleetreport;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one group runs.
 *
 * @param environment empty without one
 * @param family empty when no refresh by families selects it
 * @param images what its instances run, the oldest first; those whose age nobody can tell before all others
 * @param launches the AMI id that it would launch now, empty when that is not known
 * @param outdated instances that run another image than that
 * @param version of its launch template, as it is named now; 0 when there is none
 * @param versionsBehind how many newer versions its launch template has
 * @param windows when it may be changed, for people; why never, when it has none
 * @param nextWindow when its window opens next, or opened when it is open; null without
 * @param hold what holds later waves, empty for nothing
 * @param worker the run that works on it now, empty for none
 * @param lastRun the run that refreshed it last, by its record; empty when there is none
 * @param problem why nothing can be launched from what it names now, empty when there is nothing to say
 */
record FleetRow(
        String account,
        String region,
        String group,
        String environment,
        String family,
        List<Image> images,
        String launches,
        int outdated,
        long version,
        long versionsBehind,
        String windows,
        @Nullable Instant nextWindow,
        String hold,
        String worker,
        String lastRun,
        String problem) {

    /**
     * An image that instances run.
     *
     * @param name empty when it is gone, or not to be seen
     * @param createdAt when it was made; null when it is gone, or not to be seen
     * @param firstLaunch of the instances that run it, the oldest's launch: it is no younger than that
     */
    record Image(String id, String name, @Nullable Instant createdAt, @Nullable Instant firstLaunch, int instances) {

        /** It is this old at the least. */
        Optional<Duration> age(Instant now) {
            Instant since = createdAt != null ? createdAt : firstLaunch;
            return Optional.ofNullable(since).map(at -> Duration.between(at, now));
        }

        /** How old it is, is known. */
        boolean isDated() {
            return createdAt != null;
        }
    }

    /** Copies the list. */
    FleetRow {
        images = List.copyOf(images);
    }

    int instances() {
        return images.stream().mapToInt(Image::instances).sum();
    }

    /** The greatest age of an image that an instance runs, at the least; empty for a group that runs nothing. */
    Optional<Duration> age(Instant now) {
        return images.stream().flatMap(image -> image.age(now).stream()).max(Comparator.naturalOrder());
    }

    /** Something runs that is older than this. */
    boolean isOlderThan(Duration oldest, Instant now) {
        return age(now).filter(age -> age.compareTo(oldest) > 0).isPresent();
    }

    /** Something runs of which nobody can tell how old it is. */
    boolean isUndated() {
        return !images.stream().allMatch(Image::isDated);
    }

    /** The image that is the oldest as far as anybody can tell. */
    Optional<Image> oldest(Instant now) {
        return images.stream()
                .max(Comparator.comparing(
                        image -> Objects.requireNonNullElse(image.age(now).orElse(null), Duration.ZERO)));
    }
}
