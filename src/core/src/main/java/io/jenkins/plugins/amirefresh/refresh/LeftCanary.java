package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LifecycleState;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import io.jenkins.plugins.amirefresh.refresh.Watch.CanaryState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The canary that an earlier step left a group with. Nobody looked at it since: what took it away meanwhile counts, and no
 * other one that came stands for it.
 */
public final class LeftCanary {

    private LeftCanary() {}

    /**
     * The attempt that goes on with the group.
     *
     * @param left when it was left; no limit counts the time since
     * @param canaries those that stood their watch
     */
    public static RefreshState goingOn(Instant left, Collection<InstanceId> canaries) {
        RefreshState start = RefreshState.start(left);
        Map<InstanceId, Sighting> seen = new TreeMap<>();
        canaries.forEach(id -> seen.put(id, new Sighting(left, left, true, null, null, null, left, null)));
        return start.withSeen(seen, start.terminated(), 0)
                .with(Watch.afterCanary(seen.keySet()))
                .with(Waited.unseenSince(left));
    }

    /** New instances that stood their watch. */
    public static List<InstanceId> of(RefreshState state) {
        return state.sightings().entrySet().stream()
                .filter(entry -> entry.getValue().proven())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** It did not stay: the group is not as it was before. */
    public static boolean isLost(RefreshState state) {
        return state.watching().canary() == CanaryState.LOST;
    }

    /** Whether it still serves; empty once that is known and good, or another one is to be watched. */
    static Optional<Decided> decide(Tick tick) {
        List<InstanceObservation> left = left(tick);
        Optional<Failed> failed = gone(tick)
                .or(() -> again(tick))
                .or(() -> left.isEmpty() ? Optional.empty() : unwell(tick, left.get(0)));
        if (failed.isPresent()) {
            return Optional.of(with(tick, CanaryState.LOST).failed(failed.get()));
        }
        return left.isEmpty() || tick.health().healthy(left) > 0
                ? Optional.empty()
                : Optional.of(tick.waiting("waiting for canary " + Tick.names(left) + ": "
                        + tick.health().whyNot(left.get(0))));
    }

    /**
     * Once {@link #decide} has nothing to say: it serves, or others took it, and the next one is watched. With its group at 0
     * nothing speaks against what it has proven.
     */
    static Tick after(Tick tick) {
        boolean isTaken = left(tick).isEmpty() && tick.desired() > 0;
        return with(tick, isTaken ? CanaryState.BEGUN : CanaryState.PROVEN);
    }

    private static Tick with(Tick tick, CanaryState state) {
        return tick.with(tick.state().with(tick.state().watching().with(state)));
    }

    private static List<InstanceObservation> left(Tick tick) {
        return tick.health().current().stream()
                .filter(instance -> instance.lifecycleState() == LifecycleState.IN_SERVICE)
                .filter(instance -> tick.state().watching().served().contains(instance.id()))
                .toList();
    }

    /** Its application ended it, or its checks did; with failures borne it is one of those. */
    private static Optional<Failed> gone(Tick tick) {
        Findings findings = tick.state().findings();
        return tick.plan().policy().maxFailures() != null
                ? Optional.empty()
                : findings.losses().stream()
                        .filter(loss -> !Findings.saysNothing(loss.ailment()))
                        .findFirst()
                        .map(loss -> new Failed(
                                "canary " + loss.instance() + " was healthy and is gone: "
                                        + loss.ailment().text() + findings.inconclusive(loss.ailment()),
                                findings.blames(loss.ailment())));
    }

    /**
     * Its load balancer's check ended it, or it went for a cause that says nothing by itself, as did others that came in its
     * place. Nobody saw what was wrong, so nothing is blamed.
     */
    private static Optional<Failed> again(Tick tick) {
        List<ScalingActivity> activities = tick.sight().activities();
        Set<InstanceId> launched = activities.stream()
                .filter(activity -> activity.isLaunch() && !activity.isFailed())
                .flatMap(activity -> activity.instance().stream())
                .collect(Collectors.toSet());
        long followers = activities.stream()
                .filter(activity -> isByChecks(activity.cause()) && activity.isTermination())
                .filter(activity ->
                        activity.instance().filter(launched::contains).isPresent())
                .count();
        Optional<String> cause = tick.state().findings().departed().stream()
                .map(Findings.Departed::cause)
                .filter(LeftCanary::isByChecks)
                .findFirst();
        return tick.plan().policy().maxFailures() != null
                ? Optional.empty()
                : cause.filter(why -> followers > 0 || why.contains("health check failure"))
                        .map(why -> new Failed("the canary did not stay"
                                + (followers == 0
                                        ? ""
                                        : ", nor did " + Tick.count((int) followers, "instance")
                                                + " that came in its place")
                                + ": " + why + tick.inconclusive("look who or what ended them, then try again")));
    }

    private static boolean isByChecks(String cause) {
        return cause.contains("health check");
    }

    private static Optional<Failed> unwell(Tick tick, InstanceObservation canary) {
        return Broken.canary(tick).or(() -> Trouble.of(tick)).or(() -> Trouble.ofProven(tick, canary));
    }
}
