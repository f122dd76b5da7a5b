package io.jenkins.plugins.amirefresh.step.ecs;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.ecs.ServiceChange;
import io.jenkins.plugins.amirefresh.model.ServiceObservation;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.ecs.ServiceReader.RefusedException;
import io.jenkins.plugins.amirefresh.step.ecs.ServiceWork.Phase;
import io.jenkins.plugins.amirefresh.step.fleet.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other controllers from a service while we work on it: a tag of this controller's own, written before anything else
 * is changed and read again, renewed while the work lasts, and removed when it has ended.
 */
final class ServiceLease {

    /** How long AWS may take to show a tag; after that it is written again. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final StepHost host;
    private final ServiceReader reader;
    private final ServiceWatch watch;
    private final Consumer<ServiceWork> save;
    private final Instant now;

    ServiceLease(StepHost host, ServiceReader reader, ServiceWatch watch, Consumer<ServiceWork> save) {
        this.host = host;
        this.reader = reader;
        this.watch = watch;
        this.save = save;
        this.now = host.clock().instant();
    }

    /** Who else is at work on the service, for people. */
    Optional<String> another(ServiceObservation service) {
        return Lease.ofAnother(host.run().controller(), service.tags(), now)
                .map(other -> "run " + other.runId() + " of another controller, which holds it until "
                        + other.until().truncatedTo(ChronoUnit.SECONDS));
    }

    /** One call, after which the service has to be read again; a service that takes no tag is worked on without. */
    ServiceWork write(ServiceWork work, ServiceObservation service) {
        Lease lease = Lease.from(host.run(), now);
        ServiceWork claimed = work.leased(lease);
        save.accept(claimed.attempt());
        try {
            Set<String> expired = new HashSet<>(lease.toRemove(service.tags(), now));
            expired.remove(lease.tagName());
            if (!expired.isEmpty()) {
                reader.services().untag(service.serviceArn(), expired);
            }
            put(service.serviceArn(), lease);
            return claimed.attempt();
        } catch (CloudException e) {
            if (e.isTransient()) {
                // It may have come: what is read next tells.
                return watch.saidOnce(claimed.attempt(), "AWS could not tag it now, trying again: " + e.getMessage());
            }
            watch.say(
                    work,
                    "the tag " + lease.tagName()
                            + " cannot be written, so other controllers do not see that it is being" + " updated: "
                            + e.getMessage());
            return work.leased(null).attempt();
        }
    }

    private void put(String arn, Lease lease) {
        reader.services().tag(arn, Map.of(lease.tagName(), lease.text()));
    }

    /** The lease that was written counts: it is shown, and no other is earlier. */
    boolean isShown(ServiceWork work, ServiceObservation service) {
        Lease lease = work.lease();
        return lease == null || lease.text().equals(service.tags().get(lease.tagName()));
    }

    /** It should be there by now. */
    boolean isMissing(ServiceWork work) {
        return work.way().waited().compareTo(PATIENCE) >= 0;
    }

    /** The lease of another controller that was first; ours is taken away for it, and its turn comes later. */
    Optional<ServiceWork> yielded(ServiceWork work, ServiceObservation service) {
        Lease lease = work.lease();
        Optional<Lease> first = lease == null ? Optional.empty() : lease.beatenBy(service.tags(), now);
        if (lease == null || first.isEmpty()) {
            return Optional.empty();
        }
        reader.services().untag(service.serviceArn(), Set.of(lease.tagName()));
        return Optional.of(watch.saidOnce(
                work.leased(null).in(Phase.WAITING), "waiting: " + first.get().holds("it")));
    }

    /**
     * The work with a lease that is live, written again when half of its term is over.
     *
     * @throws RefusedException when another controller has taken the service, as after a long pause of this one
     */
    ServiceWork kept(ServiceWork work) {
        Lease lease = work.lease();
        if (lease == null || !lease.isDue(now) || isWithout(work.phase())) {
            return work;
        }
        ServiceObservation service = reader.service();
        boolean isThere = isShown(work, service);
        Optional<Lease> instead = isThere
                ? lease.beatenBy(service.tags(), now)
                : Lease.ofAnother(lease.controller(), service.tags(), now);
        instead.ifPresent(other -> {
            throw new RefusedException(work.name() + ": " + other.holds("it")
                    + ", and we stopped: it was left as it is; when that run is done, look at it and run this again");
        });
        Lease renewed = isThere && lease.isLive(now) ? lease.renewed(now) : lease.begunAt(now);
        ServiceWork kept = work.leased(renewed);
        save.accept(kept);
        put(service.serviceArn(), renewed);
        return kept;
    }

    /** Our own tag goes before those that were asked for have no room beside it; nothing else is left to be done then. */
    ServiceWork withRoomFor(ServiceChange change, ServiceWork work, ServiceObservation service) {
        Lease lease = work.lease();
        Set<String> keys = new HashSet<>(service.tags().keySet());
        change.tagsToTake().forEach(keys::remove);
        keys.addAll(change.tagsToSet().keySet());
        if (lease == null || keys.size() <= ServiceChange.MOST_TAGS || !keys.contains(lease.tagName())) {
            return work;
        }
        reader.services().untag(service.serviceArn(), Set.of(lease.tagName()));
        return work.leased(null);
    }

    private static boolean isWithout(Phase phase) {
        return switch (phase) {
            case WAITING, CLAIMING, RELEASING, ENDED -> true;
            case REGISTERING, DEPLOYING, ROLLING_OUT, TAGGING, GOING_BACK, BACK -> false;
        };
    }

    /** Others may have it; a tag that stays counts for nobody after its time. */
    ServiceWork release(ServiceWork work) {
        @Nullable Lease lease = work.lease();
        if (lease != null) {
            try {
                reader.services().untag(work.seen().before().serviceArn(), Set.of(lease.tagName()));
            } catch (CloudException e) {
                if (e.isTransient() && now.isBefore(lease.until())) {
                    throw e;
                }
                watch.say(
                        work,
                        "the tag " + lease.tagName() + " stays and counts for nobody after " + lease.until() + ": "
                                + e.getMessage());
            }
        }
        return work.leased(null).in(Phase.ENDED);
    }
}
