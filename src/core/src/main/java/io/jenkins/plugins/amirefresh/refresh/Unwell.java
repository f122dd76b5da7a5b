package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is not the refresh's doing: instances that their load balancers found wrong before anything was changed.
 *
 * @param before how many; -1 while nobody looked
 * @param bears on the way back, as many may be found wrong as before
 * @param old how many of those to replace were found wrong at the last look, which the way back keeps as they are; 0 in state
 *     files of older versions
 */
public record Unwell(int before, boolean bears, int old) {

    static final int UNKNOWN = -1;

    /** After a look; the first one tells. A way back without a refresh before it looks at the version gone back to. */
    static Unwell after(@Nullable Unwell known, Tick tick) {
        GroupHealth health = tick.health();
        boolean bears = known != null && known.bears;
        int old = bears ? 0 : unwell(health, health.outdated());
        if (known != null && known.before != UNKNOWN) {
            return new Unwell(known.before, bears, old);
        }
        return new Unwell(unwell(health, bears ? health.current() : health.staying()), bears, old);
    }

    private static int unwell(GroupHealth health, List<InstanceObservation> instances) {
        return (int) instances.stream()
                .filter(instance -> health.ailment(instance).isPresent())
                .count();
    }

    /** For the attempt that goes back. */
    Unwell ofWayBack() {
        return new Unwell(Math.max(before, old), true, 0);
    }

    /** How many may be found wrong. */
    static int borne(@Nullable Unwell unwell) {
        return unwell == null || !unwell.bears ? 0 : Math.max(0, unwell.before);
    }
}
