package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Why activities begin, in AWS's wording. Source: EC2 Auto Scaling User Guide, "Verify a scaling activity", "Troubleshoot
 * unhealthy instances"; activity histories that users published.
 */
public final class Causes {

    private Causes() {}

    /** Seconds only, as AWS writes times in causes. */
    public static String at(Instant moment) {
        return "At " + moment.truncatedTo(ChronoUnit.SECONDS) + " ";
    }

    /** The group was made. */
    public static String created(Instant now, int desired) {
        return at(now) + "a user request created an AutoScalingGroup changing the desired capacity from 0 to " + desired
                + ".";
    }

    /** UpdateAutoScalingGroup changed the desired capacity. */
    public static String updated(Instant now, String who, int min, int max, int from, int to) {
        return at(now)
                + "a %s update of AutoScalingGroup constraints to min: %d, max: %d, desired: %d"
                        .formatted(who, min, max, to)
                + " changing the desired capacity from %d to %d.".formatted(from, to);
    }

    /** SetDesiredCapacity. */
    public static String setExplicitly(Instant now, int from, int to) {
        return at(now)
                + "a user request explicitly set group desired capacity changing the desired capacity from %d to %d."
                        .formatted(from, to);
    }

    /** ExecutePolicy, by a person. */
    public static String policy(Instant now, String policy, int from, int to) {
        return at(now)
                + "a user request executed policy %s changing the desired capacity from %d to %d."
                        .formatted(policy, from, to);
    }

    /** An alarm rang. */
    public static String alarm(Instant now, String alarm, String policy, int from, int to) {
        return at(now)
                + "a monitor alarm %s in state ALARM triggered policy %s changing the desired capacity from %d to %d."
                        .formatted(alarm, policy, from, to);
    }

    /** Too few. */
    public static String launched(Instant now, int from, int to) {
        return at(now)
                + "an instance was started in response to a difference between desired and actual capacity,"
                + " increasing the capacity from %d to %d.".formatted(from, to);
    }

    /** Too many. */
    public static String shrunk(Instant now, String instance, int from, int to) {
        return at(now)
                + "an instance was taken out of service in response to a difference between desired and actual"
                + " capacity, shrinking the capacity from %d to %d.  ".formatted(from, to)
                + at(now) + "instance " + instance + " was selected for termination.";
    }

    /** A replacement for one that a health check found bad. */
    public static String replacesUnhealthy(Instant now) {
        return at(now) + "an instance was launched in response to an unhealthy instance needing to be replaced.";
    }

    /** A replacement made by an instance refresh. */
    public static String launchedForRefresh(Instant now) {
        return at(now) + "an instance was launched in response to an instance refresh.";
    }

    /** Taken out by an instance refresh. */
    public static String takenOutForRefresh(Instant now, String instance) {
        return takenOut(now, "an instance refresh") + "  " + at(now) + "instance " + instance
                + " was selected for termination.";
    }

    /** Taken out for a reason, for example {@code an ELB system health check failure}. */
    public static String takenOut(Instant now, String why) {
        return at(now) + "an instance was taken out of service in response to " + why + ".";
    }

    /** A person asked for one instance. */
    public static String byUser(Instant now, String instance, String what, int from, int to) {
        String change = from == to
                ? "."
                : ", %s the capacity from %d to %d."
                        .formatted(to < from ? "shrinking" : "increasing", from, to)
                        .toLowerCase(Locale.ROOT);
        return at(now) + "instance " + instance + " was " + what + " in response to a user request" + change;
    }

    /** One zone has fewer than the others. */
    public static String rebalances(Instant now, String zones, String counts) {
        return at(now) + "availability zones " + zones + " had " + counts
                + " instances respectively. An instance was launched to aid in balancing the group's zones.";
    }
}
