package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An Auto Scaling group. Thread: confined to the thread that holds the simulator's lock. */
public final class Group {

    /** The attachment state of what is being detached. */
    public static final String REMOVING = "Removing";

    private static final int DEFAULT_COOLDOWN_SECONDS = 300;

    private final AccountRegion at;
    private final String name;
    private final String arn;
    private final Instant created;
    private final ObjectNode settings;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, String> suspended = new TreeMap<>();
    private final Map<String, GroupTag> tags = new TreeMap<>();
    private final Map<String, LifecycleHook> hooks = new LinkedHashMap<>();
    private final Map<String, String> balancers = new LinkedHashMap<>();
    private final Set<String> enabledMetrics = new TreeSet<>();
    private final Activities activities = new Activities();
    private final Pace pace = new Pace();
    private int min;
    private int desired;
    private int max;
    private List<String> zones;
    private boolean deleting;
    private double load;
    private @Nullable ObjectNode refreshConfiguration;
    private @Nullable WarmPool warmPool;

    /**
     * A group without members.
     *
     * @param settings members of {@code AutoScalingGroup} that are echoed as they were given
     */
    public Group(AccountRegion at, String name, String arn, Instant created, ObjectNode settings) {
        this.at = at;
        this.name = name;
        this.arn = arn;
        this.created = created;
        this.settings = settings;
        this.zones = List.of();
    }

    /** Its account and region. */
    public AccountRegion at() {
        return at;
    }

    /** Unique per account and region. */
    public String name() {
        return name;
    }

    /** Its ARN. */
    public String arn() {
        return arn;
    }

    /** When it was made. */
    public Instant created() {
        return created;
    }

    /** What requests said, under AWS's names: templates, policies, health checks, subnets; changes in place. */
    public ObjectNode settings() {
        return settings;
    }

    /** The smallest desired capacity. */
    public int min() {
        return min;
    }

    /** The capacity it strives for. */
    public int desired() {
        return desired;
    }

    /** The largest desired capacity. */
    public int max() {
        return max;
    }

    /** Sets all three; the caller has checked them. */
    public void resize(int newMin, int newDesired, int newMax) {
        min = newMin;
        desired = newDesired;
        max = newMax;
    }

    /** What its instances have to bear together, in the unit of target tracking's metric; 0: nobody declared it. */
    public double load() {
        return load;
    }

    /** Declares what its instances have to bear. */
    public void bear(double declaredLoad) {
        load = declaredLoad;
    }

    /** Its Availability Zones, in the order given. */
    public List<String> zones() {
        return zones;
    }

    /** Sets its Availability Zones. */
    public void setZones(Collection<String> newZones) {
        zones = List.copyOf(newZones);
    }

    /** Its instances, oldest first; a view. */
    public Collection<Member> members() {
        return Collections.unmodifiableCollection(members.values());
    }

    /** A copy of {@link #members}, for loops that change them. */
    public List<Member> membersNow() {
        return new ArrayList<>(members.values());
    }

    /** Those in service or on their way, then those of the warm pool; a copy. */
    public List<Member> allMembers() {
        List<Member> all = membersNow();
        warmPool().ifPresent(pool -> all.addAll(pool.members()));
        return all;
    }

    /** One of its instances. */
    public Optional<Member> member(String instanceId) {
        return Optional.ofNullable(members.get(instanceId));
    }

    /** Its warm pool. */
    public Optional<WarmPool> warmPool() {
        return Optional.ofNullable(warmPool);
    }

    /** Gives it a warm pool or, with null, none any more. */
    public void setWarmPool(@Nullable WarmPool pool) {
        warmPool = pool;
    }

    /** One of its instances, in service, on its way or in the warm pool. */
    public Optional<Member> anyMember(String instanceId) {
        return member(instanceId).or(() -> warmPool().flatMap(pool -> pool.member(instanceId)));
    }

    /** Takes an instance in. */
    public void add(Member member) {
        members.put(member.id(), member);
    }

    /** Forgets an instance. */
    public void remove(Member member) {
        members.remove(member.id());
    }

    /** Suspended processes with the reason, by name. */
    public Map<String, String> suspended() {
        return suspended;
    }

    /** Whether a process must not run. */
    public boolean isSuspended(ScalingProcess process) {
        return suspended.containsKey(process.text());
    }

    /** Tags by key. */
    public Map<String, GroupTag> tags() {
        return tags;
    }

    /** Hooks by name, in the order they were put. */
    public Map<String, LifecycleHook> hooks() {
        return hooks;
    }

    /** Target group ARNs and keys of classic load balancers, each with its attachment state. */
    public Map<String, String> balancers() {
        return balancers;
    }

    /** Those of {@link #balancers} that instances are registered with; a copy. */
    public List<String> attached() {
        return balancers.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(REMOVING))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Metrics that it publishes, by name; changes in place. */
    public Set<String> enabledMetrics() {
        return enabledMetrics;
    }

    /** What happened to it. */
    public Activities activities() {
        return activities;
    }

    /** What makes it wait or hurry. */
    public Pace pace() {
        return pace;
    }

    /** Whether DeleteAutoScalingGroup was called. */
    public boolean isDeleting() {
        return deleting;
    }

    /** Nothing new is launched from now on. */
    public void startDeleting() {
        deleting = true;
    }

    /** What new instances are launched from: that of the refresh in progress, otherwise the group's own. */
    public ObjectNode configuration() {
        return refreshConfiguration == null ? settings : refreshConfiguration;
    }

    /** An instance refresh decides what is launched; null: the group's settings do again. */
    public void setRefreshConfiguration(@Nullable ObjectNode configuration) {
        refreshConfiguration = configuration;
    }

    /** Whether an instance refresh with a desired configuration decides what is launched. */
    public boolean hasRefreshConfiguration() {
        return refreshConfiguration != null;
    }

    /** Capacity units of all members that count and are not outgoing. */
    public int capacity() {
        return members.values().stream()
                .filter(member -> member.state().counts() && !member.isOutgoing())
                .mapToInt(Member::weight)
                .sum();
    }

    /** Whether load balancers' health counts. */
    public boolean checksLoadBalancers() {
        return settings.path("HealthCheckType").asText("EC2").contains("ELB");
    }

    /** How long new instances are spared health checks. */
    public Duration gracePeriod() {
        return Duration.ofSeconds(settings.path("HealthCheckGracePeriod").asInt(0));
    }

    /** The default instance warmup, otherwise the grace period. */
    public Duration warmup() {
        int seconds = settings.path("DefaultInstanceWarmup").asInt(-1);
        return seconds < 0 ? gracePeriod() : Duration.ofSeconds(seconds);
    }

    /** The default cooldown. */
    public Duration cooldown() {
        return Duration.ofSeconds(settings.path("DefaultCooldown").asInt(DEFAULT_COOLDOWN_SECONDS));
    }

    /** Subnets in the order given. */
    public List<String> subnets() {
        String text = settings.path("VPCZoneIdentifier").asText("");
        return text.isEmpty()
                ? List.of()
                : List.of(text.split(",")).stream().map(String::strip).toList();
    }
}
