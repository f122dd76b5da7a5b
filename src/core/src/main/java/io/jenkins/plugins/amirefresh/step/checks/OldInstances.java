package io.jenkins.plugins.amirefresh.step.checks;

import io.jenkins.plugins.amirefresh.smoketest.Subject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * With whom a metric of the new version is compared.
 *
 * @param instances of the old version that serve now
 * @param until when the old version served alone for the last time, null when that is not known: a metric that is not of an
 *     instance is compared with what it was before then
 */
public record OldInstances(List<Subject> instances, @Nullable Instant until) {

    /** Nobody. */
    public static final OldInstances NONE = new OldInstances(List.of(), null);

    /** Copies the list. */
    public OldInstances {
        instances = List.copyOf(instances);
    }
}
