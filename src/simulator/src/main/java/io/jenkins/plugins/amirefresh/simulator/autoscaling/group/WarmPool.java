package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Instances that a group keeps ready. They do not count towards its desired capacity. Source: EC2 Auto Scaling User Guide,
 * "Decrease latency for applications with long boot times using warm pools".
 */
public final class WarmPool {

    private final ObjectNode settings;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private boolean deleting;

    /** @param settings members of {@code WarmPoolConfiguration} as they were given */
    public WarmPool(ObjectNode settings) {
        this.settings = settings;
    }

    /** What requests said; changes in place. */
    public ObjectNode settings() {
        return settings;
    }

    /** Where its instances end up: stopped unless the configuration says otherwise. */
    public LifecycleState restingState() {
        return switch (settings.path("PoolState").asText("Stopped")) {
            case "Running" -> LifecycleState.WARMED_RUNNING;
            case "Hibernated" -> LifecycleState.WARMED_HIBERNATED;
            default -> LifecycleState.WARMED_STOPPED;
        };
    }

    /** Whether scale-in brings instances back here. */
    public boolean reusesOnScaleIn() {
        return !deleting
                && settings.path("InstanceReusePolicy").path("ReuseOnScaleIn").asBoolean();
    }

    /**
     * How many instances it should hold: what is left of the group's maximum or of MaxGroupPreparedCapacity, at least
     * MinSize.
     */
    public int wanted(Group group) {
        int prepared = settings.path("MaxGroupPreparedCapacity").asInt(-1);
        int left = (prepared < 0 ? group.max() : prepared) - group.desired();
        return deleting
                ? 0
                : Math.max(Math.max(0, left), settings.path("MinSize").asInt(0));
    }

    /** Its instances, oldest first; a view. */
    public Collection<Member> members() {
        return Collections.unmodifiableCollection(members.values());
    }

    /** A copy of {@link #members}, for loops that change them. */
    public List<Member> membersNow() {
        return new ArrayList<>(members.values());
    }

    /** One of its instances. */
    public Optional<Member> member(String instanceId) {
        return Optional.ofNullable(members.get(instanceId));
    }

    void add(Member member) {
        members.put(member.id(), member);
    }

    void remove(Member member) {
        members.remove(member.id());
    }

    /** Whether DeleteWarmPool was called. */
    public boolean isDeleting() {
        return deleting;
    }

    /** Nothing is prepared from now on. */
    public void startDeleting() {
        deleting = true;
    }
}
