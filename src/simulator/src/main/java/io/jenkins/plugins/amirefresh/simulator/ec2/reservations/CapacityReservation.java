package io.jenkins.plugins.amirefresh.simulator.ec2.reservations;

import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tagged;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An On-Demand Capacity Reservation. */
public final class CapacityReservation implements Tagged {

    private static final String ACTIVE = "active";

    private final String id;
    private final Kind kind;
    private final int total;
    private final Instant created;
    private final Tags tags;
    private final Set<String> occupants = new HashSet<>();
    private String state;

    CapacityReservation(String id, Kind kind, int total, String state, Instant created, Tags tags) {
        this.id = id;
        this.kind = kind;
        this.total = total;
        this.state = state;
        this.created = created;
        this.tags = tags;
    }

    /**
     * Which instances it is for.
     *
     * @param matchCriteria {@code open} or {@code targeted}
     * @param resourceGroup ARN of the resource group it is in; null for none
     * @param end when it expires; null for never
     */
    public record Kind(
            String instanceType,
            String platform,
            String zone,
            String matchCriteria,
            @Nullable String resourceGroup,
            @Nullable Instant end) {}

    @Override
    public String id() {
        return id;
    }

    @Override
    public String resourceType() {
        return "capacity-reservation";
    }

    @Override
    public Tags tags() {
        return tags;
    }

    /** Which instances it is for. */
    public Kind kind() {
        return kind;
    }

    /** AWS's word, for example {@code active}. */
    public String state() {
        return state;
    }

    /** When it was made. */
    public Instant created() {
        return created;
    }

    /** All its slots. */
    public int total() {
        return total;
    }

    /** Slots that a launch may take; none unless it is active. */
    public int free() {
        return isActive() ? total - occupants.size() : 0;
    }

    /** An instance takes a slot. */
    public void take(String instanceId) {
        occupants.add(instanceId);
    }

    /** An instance gives its slot back. */
    public void release(String instanceId) {
        occupants.remove(instanceId);
    }

    /** Whether launches may take its slots. */
    public boolean isActive() {
        return state.equals(ACTIVE);
    }

    boolean isOpen() {
        return kind.matchCriteria().equals("open");
    }

    /** Its instances run on in On-Demand capacity. */
    void end(String how) {
        state = how;
        occupants.clear();
    }
}
