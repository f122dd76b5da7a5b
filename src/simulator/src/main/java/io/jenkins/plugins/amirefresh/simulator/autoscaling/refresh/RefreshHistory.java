package io.jenkins.plugins.amirefresh.simulator.autoscaling.refresh;

import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Activities;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The refreshes of every group, six weeks back. Source: API Reference, "DescribeInstanceRefreshes". */
final class RefreshHistory {

    private final Map<Group, Deque<InstanceRefresh>> newestFirst = new HashMap<>();

    void add(Group group, InstanceRefresh refresh) {
        newestFirst.computeIfAbsent(group, key -> new ArrayDeque<>()).addFirst(refresh);
    }

    /** The one that is not over; a group has at most one. */
    Optional<InstanceRefresh> active(Group group) {
        return Optional.ofNullable(newestFirst.get(group)).map(Deque::peekFirst).filter(InstanceRefresh::isActive);
    }

    /** Newest first. */
    List<InstanceRefresh> described(Group group, Instant now) {
        Deque<InstanceRefresh> all = newestFirst.getOrDefault(group, new ArrayDeque<>());
        Instant oldest = now.minus(Activities.MEMORY);
        all.removeIf(refresh -> !refresh.isActive() && refresh.started().isBefore(oldest));
        return List.copyOf(all);
    }

    void forget(Group group) {
        newestFirst.remove(group);
    }
}
