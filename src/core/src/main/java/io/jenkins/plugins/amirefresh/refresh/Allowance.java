package io.jenkins.plugins.amirefresh.refresh;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LifecycleHook;
import io.jenkins.plugins.amirefresh.model.LifecycleState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long the group's own hooks and balancers let instances wait on their way in and on their way out, and how long its
 * balancers take to change their mind. None of it counts against a time limit that nobody gave. Source: EC2 Auto Scaling User Guide, "Lifecycle hooks"; Elastic Load Balancing API
 * Reference, "TargetGroupAttribute"; "ConnectionDraining".
 *
 * @param drainTimes how long instances may drain, by the name of the target group or classic load balancer
 * @param unknown what could not be read and why, empty when all was
 * @param checkTimes how long the checks of each take to find an instance unhealthy; nothing where that could not be read, and
 *     in state files of older versions
 */
public record Allowance(
        List<LifecycleHook> hooks, Map<String, Duration> drainTimes, String unknown, Map<String, Duration> checkTimes) {

    /** Nothing waits. */
    public static final Allowance NONE = new Allowance(List.of(), Map.of(), "", Map.of());

    /** AWS's own limit of a hook, and what is let pass where nothing is known. */
    private static final Duration LONGEST = Duration.ofDays(2);

    /** What needs no word: AWS's default deregistration delay. */
    private static final Duration USUAL_DRAIN_TIME = Duration.ofMinutes(5);

    /** Copies the collections. */
    public Allowance {
        hooks = List.copyOf(hooks);
        drainTimes = Map.copyOf(drainTimes);
        checkTimes = checkTimes == null ? Map.of() : Map.copyOf(checkTimes);
    }

    /** How long an instance has to be found healthy before all checks could have found it unhealthy; empty when unknown. */
    @JsonIgnore
    Optional<Duration> checkTime() {
        return checkTimes.values().stream().max(Comparator.naturalOrder());
    }

    /** The longest that a new instance waits for launch hooks, however often somebody prolongs them. */
    @JsonIgnore
    public Duration launching() {
        return unknown.isEmpty() ? longest(LifecycleHook.Transition.LAUNCHING) : LONGEST;
    }

    /** The longest that an instance drains and then waits for termination hooks. */
    @JsonIgnore
    public Duration leaving() {
        return unknown.isEmpty()
                ? drainTime().plus(longest(LifecycleHook.Transition.TERMINATING))
                : drainTime().plus(LONGEST);
    }

    /** The longest that an instance drains. */
    @JsonIgnore
    public Duration drainTime() {
        return drainTimes.values().stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    private Duration longest(LifecycleHook.Transition transition) {
        return hooks(transition)
                .map(LifecycleHook::globalTimeout)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private Stream<LifecycleHook> hooks(LifecycleHook.Transition transition) {
        return hooks.stream().filter(hook -> hook.transition() == transition);
    }

    /** The names of the launch hooks, for people. */
    @JsonIgnore
    String launchHooks() {
        return hooks(LifecycleHook.Transition.LAUNCHING)
                .map(LifecycleHook::name)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** A launch hook or nothing else keeps it from service. */
    static boolean waitsToLaunch(InstanceObservation instance) {
        return instance.lifecycleState() == LifecycleState.PENDING_WAIT;
    }

    /** It drains or a termination hook keeps it. */
    static boolean isLeaving(InstanceObservation instance) {
        return instance.lifecycleState() == LifecycleState.TERMINATING
                || instance.lifecycleState() == LifecycleState.TERMINATING_WAIT;
    }

    /** For people: what AWS may wait for, and where each number comes from; empty when it is nothing worth a word. */
    String text() {
        List<String> parts = new ArrayList<>();
        hooks.stream()
                .sorted(Comparator.comparing(LifecycleHook::transition).thenComparing(LifecycleHook::name))
                .filter(hook -> hook.transition() != LifecycleHook.Transition.UNRECOGNISED)
                .map(Allowance::text)
                .forEach(parts::add);
        new TreeMap<>(drainTimes).forEach((name, time) -> {
            if (time.compareTo(USUAL_DRAIN_TIME) > 0) {
                parts.add(Trouble.text(time) + " to drain at " + name);
            }
        });
        if (!unknown.isEmpty()) {
            parts.add(unknown);
        }
        return String.join(", ", parts);
    }

    private static String text(LifecycleHook hook) {
        return Trouble.text(hook.heartbeatTimeout()) + " for " + (hook.isForLaunch() ? "launch" : "termination")
                + " hook " + hook.name() + " (prolonged " + Trouble.text(hook.globalTimeout()) + " at most)";
    }
}
