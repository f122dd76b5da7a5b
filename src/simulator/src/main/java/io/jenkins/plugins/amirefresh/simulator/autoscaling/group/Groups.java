package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All groups of one simulator, by place and name, and whose an instance is. */
public final class Groups {

    private final Map<AccountRegion, Region> regions = new HashMap<>();

    /** Those of one place, sorted by name; the list is kept until one is made or deleted. */
    public List<Group> in(AccountRegion at) {
        return region(at).sorted();
    }

    /** One group. */
    public Optional<Group> find(AccountRegion at, String name) {
        return Optional.ofNullable(region(at).byName.get(name));
    }

    /** The group an instance belongs to. */
    public Optional<Group> ofInstance(AccountRegion at, String instanceId) {
        return Optional.ofNullable(region(at).byInstance.get(instanceId));
    }

    /** Adds a new group. */
    public void add(Group group) {
        Region region = region(group.at());
        region.byName.put(group.name(), group);
        region.sorted = null;
    }

    /** Forgets a group. */
    public void remove(Group group) {
        Region region = region(group.at());
        region.byName.remove(group.name());
        region.sorted = null;
    }

    /** Takes a member into its group. */
    public void join(Group group, Member member) {
        group.add(member);
        region(group.at()).byInstance.put(member.id(), group);
    }

    /** A member joins its group's warm pool. */
    public void warm(Group group, Member member) {
        group.warmPool().ifPresent(pool -> pool.add(member));
        region(group.at()).byInstance.put(member.id(), group);
    }

    /** A member leaves the warm pool for the group itself. */
    public void take(Group group, Member member) {
        group.warmPool().ifPresent(pool -> pool.remove(member));
        group.add(member);
    }

    /** A member leaves the group itself for its warm pool. */
    public void putBack(Group group, Member member) {
        group.remove(member);
        group.warmPool().ifPresent(pool -> pool.add(member));
    }

    /** A member leaves its group. */
    public void leave(Group group, Member member) {
        group.remove(member);
        group.warmPool().ifPresent(pool -> pool.remove(member));
        region(group.at()).byInstance.remove(member.id());
    }

    private Region region(AccountRegion at) {
        return regions.computeIfAbsent(at, place -> new Region());
    }

    private static final class Region {
        private final NavigableMap<String, Group> byName = new TreeMap<>();
        private final Map<String, Group> byInstance = new HashMap<>();
        private @Nullable List<Group> sorted;

        List<Group> sorted() {
            List<Group> list = sorted;
            if (list == null) {
                list = List.copyOf(byName.values());
                sorted = list;
            }
            return list;
        }
    }
}
