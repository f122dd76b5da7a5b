package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is not the refresh's doing: instances that their load balancers found wrong before anything was changed.
 *
 * @param before how many; -1 while nobody looked
 * @param bears on the way back, as many may be found wrong as before
 * @param old those to replace that were found wrong at the last look before the group went back, which keeps them as they are;
 *     null in state files of older versions
 * @param there at the first look: what AWS launches of the old version since, in a refresh that ends, is yet to start; null in
 *     state files of older versions
 */
public record Unwell(int before, boolean bears, @Nullable Set<InstanceId> old, @Nullable Set<InstanceId> there) {

    static final int UNKNOWN = -1;

    /** After a look; the first one tells. A way back without a refresh before it looks at the version gone back to. */
    static Unwell after(@Nullable Unwell known, Tick tick) {
        GroupHealth health = tick.health();
        if (known != null && known.bears) {
            int before =
                    known.before == UNKNOWN ? unwell(health, health.current()).size() : known.before;
            return new Unwell(before, true, known.old, known.there);
        }
        int before = known == null || known.before == UNKNOWN
                ? unwell(health, health.staying()).size()
                : known.before;
        Set<InstanceId> there = known == null ? Set.copyOf(Tick.ids(health.staying())) : known.there;
        Set<InstanceId> old = unwell(health, health.outdated()).stream()
                .map(InstanceObservation::id)
                .filter(id -> there == null || there.contains(id))
                .collect(Collectors.toUnmodifiableSet());
        return new Unwell(before, false, old, there);
    }

    private static List<InstanceObservation> unwell(GroupHealth health, List<InstanceObservation> instances) {
        return instances.stream()
                .filter(instance -> health.ailment(instance).isPresent())
                .toList();
    }

    /** For the attempt that goes back. */
    Unwell ofWayBack() {
        return new Unwell(before, true, old, there);
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
