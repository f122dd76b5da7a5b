package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One instance of a group. */
public final class Member {

    private final Machine machine;
    private final Instant launched;
    private final int weight;
    private final boolean weighted;
    private LifecycleState state = LifecycleState.PENDING;
    private boolean healthy = true;
    private boolean protectedFromScaleIn;
    private @Nullable Outgoing outgoing;
    private @Nullable String ailment;
    private boolean registered;
    private boolean returning;
    private Instant readyAt = Instant.MAX;
    private @Nullable Instant inServiceSince;
    private @Nullable Activity activity;
    private final Map<String, HookWait> waits = new LinkedHashMap<>();

    /** @param weighted whether the group's overrides give weights */
    public Member(Machine machine, Instant launched, int weight, boolean weighted) {
        this.machine = machine;
        this.launched = launched;
        this.weight = weight;
        this.weighted = weighted;
    }

    /** The instance id. */
    public String id() {
        return machine.instanceId();
    }

    /** What EC2 made. */
    public Machine machine() {
        return machine;
    }

    /** When EC2 was asked for it. */
    public Instant launched() {
        return launched;
    }

    /** Capacity units, 1 without weights. */
    public int weight() {
        return weight;
    }

    /** Whether AWS reports its weight. */
    public boolean isWeighted() {
        return weighted;
    }

    /** Where it is in its life. */
    public LifecycleState state() {
        return state;
    }

    /** Moves on. */
    public void become(LifecycleState next) {
        state = next;
    }

    /** Starts to serve; ready when its warm-up is over. */
    public void enterService(Instant now, Instant warm) {
        state = LifecycleState.IN_SERVICE;
        inServiceSince = now;
        readyAt = warm;
    }

    /** The group's view, not the load balancer's. */
    public boolean isHealthy() {
        return healthy;
    }

    /** Found well. */
    public void recover() {
        healthy = true;
        ailment = null;
    }

    /**
     * Found bad.
     *
     * @param why in AWS's words, for example {@code an ELB system health check failure}
     */
    public void sicken(String why) {
        healthy = false;
        ailment = why;
    }

    /** Why it is unhealthy, in AWS's words; empty while it is healthy. */
    public Optional<String> ailment() {
        return Optional.ofNullable(ailment);
    }

    /** Whether scale-in spares it. */
    public boolean isProtectedFromScaleIn() {
        return protectedFromScaleIn;
    }

    /** Sets or lifts the protection. */
    public void setProtectedFromScaleIn(boolean now) {
        protectedFromScaleIn = now;
    }

    /** Whether its replacement was ordered while it still serves; it no longer counts as wanted capacity. */
    public boolean isOutgoing() {
        return outgoing != null;
    }

    /** Why a replacement will relieve it, empty when none will. */
    public Optional<Outgoing> outgoing() {
        return Optional.ofNullable(outgoing);
    }

    /** Marks it as one that a replacement will relieve or, with null, no longer. */
    public void setOutgoing(@Nullable Outgoing why) {
        outgoing = why;
    }

    /** Whether it goes back to the warm pool instead of being terminated. */
    public boolean isReturning() {
        return returning;
    }

    /** Sends it back to the warm pool once it is out of service, or no longer. */
    public void setReturning(boolean now) {
        returning = now;
    }

    /** Whether the group registered it with its target groups. */
    public boolean isRegistered() {
        return registered;
    }

    /** Notes that it is, or no longer is, registered. */
    public void setRegistered(boolean now) {
        registered = now;
    }

    /** Whether it is in service and found healthy. */
    public boolean serves() {
        return state == LifecycleState.IN_SERVICE && healthy;
    }

    /** Whether it serves and has warmed up. */
    public boolean isReady(Instant now) {
        return serves() && !now.isBefore(readyAt);
    }

    /** When it will have warmed up; the far future before it is in service. */
    public Instant readyAt() {
        return readyAt;
    }

    /** Since when it serves, empty before. */
    public Optional<Instant> inServiceSince() {
        return Optional.ofNullable(inServiceSince);
    }

    /** The activity that moves it, empty when none does. */
    public Optional<Activity> activity() {
        return Optional.ofNullable(activity);
    }

    /** The activity that moves it now. */
    public void movedBy(Activity newActivity) {
        activity = newActivity;
    }

    /** The lifecycle actions it waits for, by hook name; changes in place. */
    public Map<String, HookWait> waits() {
        return waits;
    }

    /** Why a replacement is launched while the old instance still serves. */
    public enum Outgoing {
        REFRESH,
        REBALANCE,
        UNHEALTHY
    }
}
