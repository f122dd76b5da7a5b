package io.jenkins.plugins.amirefresh.step.observe;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.FleetObservation;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.Observer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * Reads groups when somebody asks, {@code ceil(groups/100)} calls at most each interval for each identity and region: who
 * asks in between gets what was read. It has no thread of its own, so nothing is read while every step waits.
 *
 * <p>Thread: any; who asks while a read of the same identity and region is under way waits for its answer.
 */
public final class SharedObserver implements Observer {

    /** The shortest time between two reads of a page. */
    public static final Duration INTERVAL = Duration.ofSeconds(15);

    private final BiFunction<AccountAccess, AwsRegion, Cloud> clouds;
    private final Clock clock;
    private final Map<Place, PlaceObserver> places = new ConcurrentHashMap<>();

    /** @param clouds how the host reaches an account and region, asked anew at each read */
    public SharedObserver(BiFunction<AccountAccess, AwsRegion, Cloud> clouds, Clock clock) {
        this.clouds = clouds;
        this.clock = clock;
    }

    @Override
    public FleetObservation all(AccountAccess access, AwsRegion region) {
        return at(access, region).all(clock.instant());
    }

    @Override
    public FleetObservation outlines(AccountAccess access, AwsRegion region) {
        return at(access, region).outlines(clock.instant());
    }

    @Override
    public FleetObservation groups(AccountAccess access, AwsRegion region, Set<GroupKey> groups) {
        return groups.isEmpty()
                ? new FleetObservation(Map.of())
                : at(access, region).groups(groups, clock.instant());
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    private PlaceObserver at(AccountAccess access, AwsRegion region) {
        return places.computeIfAbsent(
                new Place(access, region),
                place -> new PlaceObserver(() -> clouds.apply(access, region).autoScalingGroups(), INTERVAL));
    }
}
