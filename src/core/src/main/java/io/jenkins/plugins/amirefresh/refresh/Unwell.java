package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is not the refresh's doing: instances that their load balancers found wrong before anything was changed.
 *
 * @param before how many; -1 while nobody looked
 * @param bears on the way back, as many may be found wrong as before
 */
public record Unwell(int before, boolean bears) {

    static final int UNKNOWN = -1;

    /** After a look; the first one tells. A way back without a refresh before it looks at the version gone back to. */
    static Unwell after(@Nullable Unwell known, Tick tick) {
        if (known != null && known.before != UNKNOWN) {
            return known;
        }
        GroupHealth health = tick.health();
        boolean bears = known != null && known.bears;
        List<InstanceObservation> looked = bears ? health.current() : health.staying();
        int found = (int) looked.stream()
                .filter(instance -> health.ailment(instance).isPresent())
                .count();
        return new Unwell(found, bears);
    }

    /** For the attempt that goes back. */
    Unwell ofWayBack() {
        return new Unwell(before, true);
    }

    /** How many may be found wrong. */
    static int borne(@Nullable Unwell unwell) {
        return unwell == null || !unwell.bears ? 0 : Math.max(0, unwell.before);
    }
}
