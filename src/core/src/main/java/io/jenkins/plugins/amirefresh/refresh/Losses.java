package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.HealthStatus;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.refresh.Ailment.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which new instances did not stay, and why: by the group's history, by EC2, and by what was seen of them last. Source: EC2
 * Auto Scaling User Guide, "Troubleshoot Amazon EC2 Auto Scaling: Health checks"; EC2 API Reference, "StateReason".
 */
final class Losses {

    private static final String REFRESH = "in response to an instance refresh";

    /** What AWS ended for its own reasons: too many after a scale-in or a balanced zone, or its refresh thought better. */
    private static final List<String> OF_AWS = List.of("shrinking the capacity", REFRESH);

    private Losses() {}

    /**
     * Instances on the wanted version that went before they were proven, or for what is wrong with them after that, since the
     * last look.
     */
    static List<InstanceId> of(Tick tick) {
        return gone(tick).filter(id -> !wentHealthy(tick, id)).toList();
    }

    /** Those that were proven and went healthy: the service lost them, whatever their image is worth. */
    static List<InstanceId> departed(Tick tick) {
        return gone(tick).filter(id -> wentHealthy(tick, id)).toList();
    }

    /** AWS tells of an application that failed, too, when nobody looked in time. */
    private static boolean wentHealthy(Tick tick, InstanceId id) {
        return isProven(tick, id) && !isUnhealthy(tick, id) && Findings.saysNothing(ailment(tick, id));
    }

    /** Both, and what AWS itself chose. */
    static Stream<InstanceId> gone(Tick tick) {
        GroupHealth health = tick.health();
        return tick.state().sightings().keySet().stream()
                .filter(id -> find(tick, id)
                        .filter(instance -> health.stays(instance) && !health.isOutdated(instance))
                        .isEmpty())
                .filter(id -> !tick.state().terminated().contains(id));
    }

    private static boolean isProven(Tick tick, InstanceId id) {
        return Objects.requireNonNull(tick.state().sightings().get(id)).proven();
    }

    private static Optional<InstanceObservation> find(Tick tick, InstanceId id) {
        return tick.group().instances().stream()
                .filter(instance -> instance.id().equals(id))
                .findFirst();
    }

    private static boolean isUnhealthy(Tick tick, InstanceId id) {
        return find(tick, id)
                .filter(instance -> instance.healthStatus() == HealthStatus.UNHEALTHY)
                .isPresent();
    }

    /** Those of them that count: not what AWS itself chose when it had too many, since others scaled in or zones are balanced. */
    static List<InstanceId> counted(Tick tick) {
        return notOfAws(tick, of(tick));
    }

    /** The same of those that were proven. */
    static List<InstanceId> countedDeparted(Tick tick) {
        return notOfAws(tick, departed(tick));
    }

    private static List<InstanceId> notOfAws(Tick tick, List<InstanceId> gone) {
        return gone.stream()
                .filter(id -> activity(tick, id, ScalingActivity::isTermination)
                        .filter(activity -> OF_AWS.stream().anyMatch(activity.cause()::contains))
                        .filter(activity -> !isFoundUnhealthy(tick, id, activity.cause()))
                        .isEmpty())
                .toList();
    }

    /**
     * The group's checks found it unhealthy before its refresh took it out, as it does under an instance maintenance policy
     * that launches first.
     */
    private static boolean isFoundUnhealthy(Tick tick, InstanceId id, String cause) {
        return cause.contains(REFRESH) && isUnhealthy(tick, id);
    }

    /** Why an instance went. */
    static Loss explain(Tick tick, InstanceId id) {
        return new Loss(id, ailment(tick, id));
    }

    private static Ailment ailment(Tick tick, InstanceId id) {
        Optional<ScalingActivity> launch =
                activity(tick, id, ScalingActivity::isLaunch).filter(ScalingActivity::isFailed);
        if (launch.isPresent()) {
            return new Ailment(words(tick, launch.get()), byItself(launch.get().statusMessage()));
        }
        String ec2 = tick.sight().stateReasons().getOrDefault(id, "");
        Optional<String> cause =
                activity(tick, id, ScalingActivity::isTermination).map(activity -> withoutTimes(activity.cause()));
        if (cause.isEmpty()) {
            return new Ailment(ec2.isEmpty() ? "it went, and AWS has not said why" : ec2, byItself(ec2));
        }
        if (cause.get().contains("terminated or stopped")) {
            return new Ailment(cause.get() + (ec2.isEmpty() ? "" : " (" + ec2 + ")"), byItself(ec2));
        }
        if (cause.get().contains("instance status check")) {
            return new Ailment(cause.get(), Evidence.FAULT);
        }
        return cause.get().contains("health check failure") || isFoundUnhealthy(tick, id, cause.get())
                ? failedChecks(tick, id, cause.get())
                : others(cause.get());
    }

    private static Ailment others(String cause) {
        return new Ailment(cause, Evidence.NONE);
    }

    /** The load balancer's check ended it: what it said last. */
    private static Ailment failedChecks(Tick tick, InstanceId id, String cause) {
        Sighting sighting = tick.state().sightings().get(id);
        Ailment last = sighting == null ? null : sighting.ailment();
        String text = last == null ? cause : cause + " (" + last.text() + ")";
        Duration unseen = tick.state().waited().gaps().before(tick.group().at());
        if (last == null && !unseen.isZero() && !tick.plan().hasty()) {
            return new Ailment(
                    withoutStop(text) + ", and nobody could look for " + Trouble.text(unseen) + " until then",
                    Evidence.NONE);
        }
        if (Haste.cameTooSoon(tick, id)) {
            return new Ailment(withoutStop(text) + ", " + Haste.cause(tick), Evidence.HASTE);
        }
        Evidence untold = Balancers.hasAdded(tick.state()) ? Evidence.NONE : Evidence.SILENCE;
        return new Ailment(text, last == null ? untold : last.evidence());
    }

    private static String withoutStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** What was seen of an instance that was not healthy in time. */
    static Ailment last(RefreshState state, InstanceId id) {
        Sighting sighting = state.sightings().get(id);
        Ailment last = sighting == null ? null : sighting.ailment();
        return last == null ? new Ailment("not healthy in time", Evidence.NONE) : last;
    }

    private static Optional<ScalingActivity> activity(Tick tick, InstanceId id, Predicate<ScalingActivity> kind) {
        return tick.sight().activities().stream()
                .filter(kind)
                .filter(activity -> activity.instance().filter(id::equals).isPresent())
                .findFirst();
    }

    /** An instance that shuts itself down does what its image tells it. */
    private static Evidence byItself(String reason) {
        return reason.contains("Client.InstanceInitiatedShutdown") ? Evidence.FAULT : Evidence.NONE;
    }

    /** AWS's words for a failed launch, with the hook's name in place of a token that nobody knows. */
    static String words(Tick tick, ScalingActivity activity) {
        String message = activity.statusMessage().replaceAll(" with token [0-9a-fA-F-]+", "");
        String hooks = tick.plan().allowance().launchHooks();
        return activity.isAbandoned() && !hooks.isEmpty() ? message + " (launch hook " + hooks + ")" : message;
    }

    /** AWS begins each sentence with its moment, which makes equal causes differ. */
    private static String withoutTimes(String cause) {
        return cause.replaceAll("At [0-9T:.-]+Z ", "").replaceAll(" +", " ").trim();
    }
}
