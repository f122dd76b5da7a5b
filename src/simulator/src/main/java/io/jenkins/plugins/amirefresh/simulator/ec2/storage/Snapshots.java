package io.jenkins.plugins.amirefresh.simulator.ec2.storage;

import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Place;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every account's snapshots in one region: they can be shared. */
public final class Snapshots {

    /** How long the simulator's snapshots take; AWS promises nothing. */
    static final Duration DURATION = Duration.ofSeconds(30);

    private final Map<String, Snapshot> snapshots = new TreeMap<>();

    /** A snapshot that completes after a while. */
    public Snapshot start(Place place, Snapshot.Source source, Tags tags) {
        return start(place, source, tags, DURATION);
    }

    /** A snapshot that completes after {@code duration}. */
    public Snapshot start(Place place, Snapshot.Source source, Tags tags, Duration duration) {
        Snapshot snapshot = add(place, source, tags, place.now());
        place.log(snapshot.id(), "snapshot of " + source.volumeId() + " started");
        place.after(duration, () -> snapshot.become(Snapshot.State.COMPLETED));
        return snapshot;
    }

    /** A snapshot that was completed before the simulation began. */
    public Snapshot addCompleted(Place place, Snapshot.Source source, Tags tags, java.time.Instant startTime) {
        Snapshot snapshot = add(place, source, tags, startTime);
        snapshot.become(Snapshot.State.COMPLETED);
        return snapshot;
    }

    private Snapshot add(Place place, Snapshot.Source source, Tags tags, java.time.Instant startTime) {
        Snapshot snapshot = new Snapshot(place.newId("snap"), place.accountId(), source, startTime, tags);
        snapshots.put(snapshot.id(), snapshot);
        return snapshot;
    }

    /** By id. */
    public Collection<Snapshot> all() {
        return Collections.unmodifiableCollection(snapshots.values());
    }

    /** One by id, whoever owns it. */
    public Optional<Snapshot> find(String id) {
        return Optional.ofNullable(snapshots.get(id));
    }

    /**
     * The one with this id, if the account may use it.
     *
     * @throws AwsError InvalidSnapshot.NotFound when it does not exist or is not shared with the account
     */
    public Snapshot visible(String accountId, String id) {
        Errors.wellFormed("InvalidSnapshotID.Malformed", "snap", id);
        return find(id).filter(snapshot -> snapshot.isVisibleTo(accountId))
                .orElseThrow(
                        () -> AwsError.client("InvalidSnapshot.NotFound", "The snapshot '" + id + "' does not exist."));
    }

    /**
     * The one with this id, if the account owns it.
     *
     * @throws AwsError InvalidSnapshot.NotFound, or UnauthorizedOperation for one that is only shared
     */
    public Snapshot owned(String accountId, String id) {
        Snapshot snapshot = visible(accountId, id);
        if (!snapshot.ownerId().equals(accountId)) {
            throw new AwsError("UnauthorizedOperation", 403, "You are not authorized to perform this operation.");
        }
        return snapshot;
    }

    /** Deletes one. */
    public void delete(Place place, Snapshot snapshot) {
        snapshots.remove(snapshot.id());
        place.log(snapshot.id(), "snapshot deleted");
    }
}
