package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A group's scaling activities of the past six weeks. Source: API Reference, "DescribeScalingActivities". */
public final class Activities {

    /** How long AWS remembers. */
    public static final Duration MEMORY = Duration.ofDays(42);

    private final Deque<Activity> newestFirst = new ArrayDeque<>();

    /** Adds one that just began and forgets those that are too old. */
    public void add(Activity activity) {
        newestFirst.addFirst(activity);
        forget(activity.started());
    }

    private void forget(Instant now) {
        Instant oldest = now.minus(MEMORY);
        while (newestFirst.peekLast() != null && newestFirst.getLast().started().isBefore(oldest)) {
            newestFirst.removeLast();
        }
    }

    /** Those in progress first, then by start, newest first. Source: User Guide, "Verify a scaling activity". */
    public List<Activity> described(Instant now) {
        forget(now);
        List<Activity> result = new ArrayList<>(newestFirst.size());
        newestFirst.stream().filter(activity -> activity.ended().isEmpty()).forEach(result::add);
        newestFirst.stream().filter(activity -> activity.ended().isPresent()).forEach(result::add);
        return result;
    }

    /** Whether anything is still going on. */
    public boolean isInProgress() {
        return newestFirst.stream().anyMatch(activity -> activity.ended().isEmpty());
    }
}
