package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The time in which AWS let instances wait for hooks or drain, as far as the group's allowance goes; limits that nobody gave
 * do not count it.
 *
 * @param inBatch since the batch began
 * @param inAttempt since the attempt began
 * @param since the last look at which something waited, null when nothing did
 * @param leaving since when each instance is seen on its way out
 * @param gaps in which nobody could look, which no limit counts; none in state files of older versions
 */
public record Waited(
        Duration inBatch, Duration inAttempt, @Nullable Instant since, Map<InstanceId, Instant> leaving, Gaps gaps) {

    static final Waited NOTHING = new Waited(Duration.ZERO, Duration.ZERO, null, Map.of(), Gaps.NONE);

    /** Of a group that nobody looked at since then. */
    static Waited unseenSince(Instant last) {
        return new Waited(Duration.ZERO, Duration.ZERO, null, Map.of(), new Gaps(last, Duration.ZERO, Duration.ZERO));
    }

    /** Copies the map. */
    public Waited {
        gaps = gaps == null ? Gaps.NONE : gaps;
        leaving = Collections.unmodifiableMap(new TreeMap<>(leaving));
    }

    /** After one more look. */
    static RefreshState update(Tick tick) {
        RefreshState state = tick.state();
        Instant at = tick.group().at();
        Waited before = state.waited();
        Map<InstanceId, Instant> leaving = new TreeMap<>();
        tick.group().instances().stream()
                .filter(Allowance::isLeaving)
                .forEach(instance -> leaving.put(instance.id(), before.leaving().getOrDefault(instance.id(), at)));
        Duration more = before.since == null
                        || at.isBefore(before.since)
                        || !before.gaps.before(at).isZero()
                ? Duration.ZERO
                : Duration.between(before.since, at);
        boolean waits = tick.group().instances().stream().anyMatch(instance -> isAllowed(tick, instance, leaving));
        return state.with(new Waited(
                before.inBatch.plus(more),
                before.inAttempt.plus(more),
                waits ? at : null,
                leaving,
                before.gaps.after(at)));
    }

    private static boolean isAllowed(Tick tick, InstanceObservation instance, Map<InstanceId, Instant> leaving) {
        Instant at = tick.group().at();
        Allowance allowance = tick.plan().allowance();
        Instant since = leaving.get(instance.id());
        if (since != null) {
            return at.isBefore(since.plus(allowance.leaving()));
        }
        Sighting sighting = tick.state().sightings().get(instance.id());
        return Allowance.waitsToLaunch(instance)
                && sighting != null
                && at.isBefore(sighting.firstSeen().plus(allowance.launching()));
    }

    /** It is people that are waited for, who have the time limit for it whatever drains meanwhile. */
    Waited untilReleased() {
        return new Waited(inBatch, inAttempt, null, leaving, gaps);
    }

    Waited ofNextBatch() {
        return new Waited(Duration.ZERO, inAttempt, since, leaving, gaps.ofNextBatch());
    }

    Waited ofNextAttempt() {
        return new Waited(Duration.ZERO, Duration.ZERO, since, leaving, gaps.ofNextAttempt());
    }

    /** The same when the clock was set back. */
    Waited notAfter(Instant now) {
        Map<InstanceId, Instant> sooner = new TreeMap<>();
        leaving.forEach((id, moment) -> sooner.put(id, moment.isAfter(now) ? now : moment));
        return new Waited(
                inBatch, inAttempt, since == null || since.isBefore(now) ? since : now, sooner, gaps.notAfter(now));
    }
}
