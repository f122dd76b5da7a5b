package io.jenkins.plugins.amirefresh.step.ecs;

import io.jenkins.plugins.amirefresh.ecs.ServiceChange;
import io.jenkins.plugins.amirefresh.ecs.ServiceDetails;
import io.jenkins.plugins.amirefresh.ecs.ServiceRequest;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.model.TaskDefinition;
import io.jenkins.plugins.amirefresh.step.fleet.Lease;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One service on its way: saved before each call that changes something.
 *
 * @param found what was seen as its turn came; null before
 * @param to ARN of what it is to run; null until that is registered
 * @param deployment the id of ours; empty until it was seen
 * @param why it failed; empty as long as nothing did
 * @param end null until its outcome is known
 * @param lease by which other controllers are kept out; null before it is written, and when it is given back
 */
record ServiceWork(
        Target target,
        Way way,
        @Nullable Found found,
        @Nullable String to,
        String deployment,
        String why,
        @Nullable End end,
        @Nullable Lease lease) {

    /** Keys of these documents begin so. */
    static final String DOCUMENT = "service:";

    /** How far it is. */
    enum Phase {
        /** Its turn has not come, or somebody else is at work on it. */
        WAITING,
        /** It is told to other controllers that we are at work on it. */
        CLAIMING,
        /** The new revision is being registered. */
        REGISTERING,
        /** The service is told to run it. */
        DEPLOYING,
        /** AWS replaces tasks. */
        ROLLING_OUT,
        /** Its tags change. */
        TAGGING,
        /** The service is told to run what it ran before. */
        GOING_BACK,
        /** AWS replaces tasks by those of before. */
        BACK,
        /** It has its outcome, and other controllers may have it again. */
        RELEASING,
        /** It has its outcome. */
        ENDED
    }

    /**
     * Which service.
     *
     * @param number its turn, from 0
     */
    record Target(int number, Place place, AccountId account, ServiceRequest request) {}

    /**
     * Where it is.
     *
     * @param attempted the call of this phase may have been made already
     * @param waited in this phase, gaps in which nobody looked left out
     * @param lookedAt the last look; null before the first
     * @param steadyAt how long had been waited when it became steady; null while it is not
     * @param told what the console was told last
     */
    record Way(
            Phase phase,
            boolean attempted,
            Duration waited,
            @Nullable Duration steadyAt,
            @Nullable Instant lookedAt,
            String told) {

        /** How long it has been steady. */
        Duration steadyFor() {
            return steadyAt == null ? Duration.ZERO : waited.minus(steadyAt);
        }
    }

    /**
     * What was seen as its turn came.
     *
     * @param wayBack ARN of the last one that worked; empty when there is none
     * @param primary id of the deployment that was wanted then
     */
    record Found(
            TaskDefinition definition, String wayBack, String primary, ServiceChange change, ServiceDetails before) {}

    /**
     * How it ended.
     *
     * @param after what it was then; null when nobody could look
     */
    record End(ServiceOutcome outcome, @Nullable ServiceDetails after) {}

    static ServiceWork of(Target target) {
        Way way = new Way(Phase.WAITING, false, Duration.ZERO, null, null, "");
        return new ServiceWork(target, way, null, null, "", "", null, null);
    }

    String document() {
        return DOCUMENT + target.number();
    }

    /** {@code shop/web}. */
    String name() {
        return target.request().text();
    }

    Phase phase() {
        return way.phase();
    }

    boolean isEnded() {
        return phase() == Phase.ENDED;
    }

    boolean isOnItsWay() {
        return phase() != Phase.WAITING && !isEnded();
    }

    /** What it is to run is registered, and it was not given up. */
    boolean isRollingOut() {
        return switch (phase()) {
            case DEPLOYING, ROLLING_OUT, TAGGING -> true;
            case WAITING, CLAIMING, REGISTERING, GOING_BACK, BACK, RELEASING, ENDED -> false;
        };
    }

    boolean hasOutcome(ServiceOutcome outcome) {
        return end != null && end.outcome() == outcome;
    }

    /** One step at a time works on a service; no group has such a name. */
    GroupKey lock() {
        ServiceRequest request = target.request();
        return new GroupKey(
                target.account(), target.place().region(), new AutoScalingGroupName("ECS service " + request.text()));
    }

    Found seen() {
        Found known = found;
        if (known == null) {
            throw new IllegalStateException(name() + " was not looked at");
        }
        return known;
    }

    String wanted() {
        String known = to;
        if (known == null) {
            throw new IllegalStateException(name() + " has nothing to run yet");
        }
        return known;
    }

    /** In another phase, where nothing has been done yet. */
    ServiceWork in(Phase next) {
        return on(new Way(next, false, Duration.ZERO, null, way.lookedAt(), ""));
    }

    ServiceWork attempt() {
        return on(new Way(phase(), true, way.waited(), way.steadyAt(), way.lookedAt(), way.told()));
    }

    ServiceWork told(String line) {
        return on(new Way(phase(), way.attempted(), way.waited(), way.steadyAt(), way.lookedAt(), line));
    }

    /** After a look; of a long gap little counts, since nobody could have seen that it works. */
    ServiceWork looked(Instant now, Duration mostCounted) {
        Instant last = way.lookedAt();
        Duration since = last == null ? Duration.ZERO : Duration.between(last, now);
        Duration counted = since.compareTo(mostCounted) > 0 ? mostCounted : since;
        return on(new Way(phase(), way.attempted(), way.waited().plus(counted), way.steadyAt(), now, way.told()));
    }

    /** Steady from now on, unless it was already. */
    ServiceWork steady() {
        Duration since = way.steadyAt() == null ? way.waited() : way.steadyAt();
        return on(new Way(phase(), way.attempted(), way.waited(), since, way.lookedAt(), way.told()));
    }

    ServiceWork unsteady() {
        return on(new Way(phase(), way.attempted(), way.waited(), null, way.lookedAt(), way.told()));
    }

    private ServiceWork on(Way newWay) {
        return new ServiceWork(target, newWay, found, to, deployment, why, end, lease);
    }

    ServiceWork with(Found newFound) {
        return new ServiceWork(target, way, newFound, to, deployment, why, end, lease);
    }

    ServiceWork to(String arn) {
        return new ServiceWork(target, way, found, arn, deployment, why, end, lease);
    }

    ServiceWork deployedBy(String id) {
        return new ServiceWork(target, way, found, to, id, why, end, lease);
    }

    ServiceWork because(String reason) {
        return new ServiceWork(target, way, found, to, deployment, reason, end, lease);
    }

    /** Its outcome is known; a lease is given back before it has ended. */
    ServiceWork ended(ServiceOutcome outcome, @Nullable ServiceDetails after) {
        Way last = in(lease == null ? Phase.ENDED : Phase.RELEASING).way();
        return new ServiceWork(target, last, found, to, deployment, why, new End(outcome, after), lease);
    }

    /** With this lease, or without one. */
    ServiceWork leased(@Nullable Lease newLease) {
        return new ServiceWork(target, way, found, to, deployment, why, end, newLease);
    }
}
