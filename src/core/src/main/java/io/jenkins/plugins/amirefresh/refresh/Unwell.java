package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is not the refresh's doing: instances that their load balancers found wrong before anything was changed.
 *
 * @param before how many; -1 while nobody looked
 * @param bears on the way back, as many may be found wrong as before
 * @param old those to replace that were found wrong at the last look before the group went back, which keeps them as they are;
 *     null in state files of older versions
 */
public record Unwell(int before, boolean bears, @Nullable Set<InstanceId> old) {

    static final int UNKNOWN = -1;

    /** After a look; the first one tells. A way back without a refresh before it looks at the version gone back to. */
    static Unwell after(@Nullable Unwell known, Tick tick) {
        GroupHealth health = tick.health();
        if (known != null && known.bears) {
            int before =
                    known.before == UNKNOWN ? unwell(health, health.current()).size() : known.before;
            return new Unwell(before, true, known.old);
        }
        int before = known == null || known.before == UNKNOWN
                ? unwell(health, health.staying()).size()
                : known.before;
        return new Unwell(before, false, Set.copyOf(Tick.ids(unwell(health, health.outdated()))));
    }

    private static List<InstanceObservation> unwell(GroupHealth health, List<InstanceObservation> instances) {
        return instances.stream()
                .filter(instance -> health.ailment(instance).isPresent())
                .toList();
    }

    /** For the attempt that goes back. */
    Unwell ofWayBack() {
        return new Unwell(before, true, old);
    }

    /** It was wrong already when the group went back, and was there before it came forward. */
    static boolean isKnown(@Nullable Unwell unwell, InstanceId id) {
        return unwell != null && unwell.bears && unwell.old != null && unwell.old.contains(id);
    }

    /** How many may be found wrong. */
    static int borne(@Nullable Unwell unwell) {
        return unwell == null || !unwell.bears ? 0 : Math.max(0, unwell.before);
    }
}
