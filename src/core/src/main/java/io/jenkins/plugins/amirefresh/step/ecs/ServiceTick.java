package io.jenkins.plugins.amirefresh.step.ecs;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.ecs.ServiceChange;
import io.jenkins.plugins.amirefresh.ecs.UpdaterTexts;
import io.jenkins.plugins.amirefresh.model.ServiceObservation;
import io.jenkins.plugins.amirefresh.model.ServiceObservation.Deployment;
import io.jenkins.plugins.amirefresh.model.ServiceObservation.Rollout;
import io.jenkins.plugins.amirefresh.model.TaskDefinition;
import io.jenkins.plugins.amirefresh.schedule.DurationText;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.ecs.ServiceReader.RefusedException;
import io.jenkins.plugins.amirefresh.step.ecs.ServiceWork.Found;
import io.jenkins.plugins.amirefresh.step.ecs.ServiceWork.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One unit of work on one service: look, decide, save what will be done, do it once. */
final class ServiceTick {

    private final StepHost host;
    private final UpdateOptions options;
    private final List<ServiceWork> all;
    private final Consumer<ServiceWork> save;
    private final ServiceReader reader;
    private final ServiceWatch watch;
    private final ServiceLease lease;

    /**
     * For one service.
     *
     * @param all those of the step, as they are now
     * @param save forces a service's state to disk, before the call that it announces
     */
    ServiceTick(
            StepHost host, UpdateOptions options, ServiceWork work, List<ServiceWork> all, Consumer<ServiceWork> save) {
        this.all = all;
        this.host = host;
        this.options = options;
        this.save = save;
        this.reader = new ServiceReader(host, work.target(), options);
        this.watch = new ServiceWatch(host, options, reader);
        this.lease = new ServiceLease(host, reader, watch, save);
    }

    /**
     * Goes on from where it is.
     *
     * @throws CloudException when AWS may answer another time
     */
    ServiceWork advance(ServiceWork before) {
        ServiceWork work = before;
        try {
            work = lease.kept(before);
            return switch (work.phase()) {
                case WAITING -> start(work);
                case CLAIMING -> claim(work);
                case REGISTERING -> register(work);
                case DEPLOYING -> deploy(work);
                case ROLLING_OUT -> watch.rollOut(work);
                case TAGGING -> tag(work);
                case GOING_BACK -> goBack(work);
                case BACK -> watch.back(work);
                case RELEASING -> lease.release(work);
                case ENDED -> work;
            };
        } catch (RefusedException refused) {
            return watch.failed(work, String.valueOf(refused.getMessage()));
        } catch (CloudException e) {
            if (e.isTransient()) {
                throw e;
            }
            return watch.failed(work, work.name() + ": " + e.getMessage());
        }
    }

    /** Its turn: nobody else may be at work on it, neither a build of this host nor a deployment of others. */
    private ServiceWork start(ServiceWork waiting) {
        Optional<LockHolder> holder =
                host.locks().acquire(waiting.lock(), host.run().lockHolder());
        if (holder.isPresent()) {
            return watch.saidOnce(waiting, "waiting for " + holder.get() + ", which is at work on it");
        }
        ServiceWork work = waiting.looked(host.clock().instant(), ServiceWatch.MOST_COUNTED);
        ServiceObservation service = reader.service();
        Found found = reader.find(service);
        Optional<String> others = others(waiting.target(), service, found);
        if (others.isPresent()) {
            return watch.isOverdue(work)
                    ? watch.failed(
                            work,
                            work.name() + ": " + others.get() + " has not ended in "
                                    + DurationText.of(options.timeLimit())
                                    + "; nothing was changed. Look at it; when it is done, or the service was put back,"
                                    + " run this again")
                    : watch.saidOnce(work, "waiting for " + others.get());
        }
        ServiceWork looked = work.with(found);
        return isToChange(found) ? looked.in(Phase.CLAIMING) : begin(looked);
    }

    /** Who else is at work on it: another controller, as its tag says, or somebody whose deployment is under way. */
    private Optional<String> others(ServiceWork.Target target, ServiceObservation service, Found found) {
        if (!isToChange(found)) {
            return Optional.empty();
        }
        Optional<String> another = lease.another(service);
        boolean deploys = !found.change().named().isEmpty();
        return another.isPresent() || !deploys
                ? another
                : service.primary()
                        .filter(primary -> primary.rollout() == Rollout.IN_PROGRESS)
                        .filter(primary ->
                                watch.failing(target, service, primary).isEmpty())
                        .map(ServiceTick::byOthers);
    }

    private static String byOthers(Deployment deployment) {
        return "deployment " + deployment.id() + " of " + TaskDefinition.text(deployment.taskDefinition())
                + " by somebody else";
    }

    /** A deployment of others that fails would never end: the new image may be what it waits for. */
    private void sayWhatIsReplaced(ServiceWork work, ServiceObservation service) {
        service.primary()
                .filter(primary -> primary.rollout() == Rollout.IN_PROGRESS)
                .filter(primary -> options.deploys(work.seen().change()))
                .flatMap(primary -> watch.failing(work.target(), service, primary)
                        .map(why -> byOthers(primary) + " does not work and is replaced: " + why))
                .ifPresent(line -> watch.say(work, line));
    }

    private boolean isToChange(Found found) {
        return found.change().changesTags() || options.deploys(found.change());
    }

    /** Other controllers are told, and whether one was told by them is looked at once more before anything is changed. */
    private ServiceWork claim(ServiceWork before) {
        ServiceWork work = before.looked(host.clock().instant(), ServiceWatch.MOST_COUNTED);
        ServiceObservation service = reader.service();
        if (!work.way().attempted() || (!lease.isShown(work, service) && lease.isMissing(work))) {
            return lease.write(work.in(Phase.CLAIMING), service);
        }
        Optional<ServiceWork> yielded = lease.yielded(work, service);
        if (yielded.isPresent()) {
            return yielded.get();
        }
        if (!lease.isShown(work, service)) {
            return work;
        }
        Found found = reader.find(service);
        Optional<String> others = others(before.target(), service, found);
        if (others.isPresent()) {
            return watch.saidOnce(work, "waiting for " + others.get());
        }
        ServiceWork looked = work.with(found);
        sayWhatIsReplaced(looked, service);
        return begin(looked);
    }

    private ServiceWork begin(ServiceWork work) {
        Found found = work.seen();
        ServiceChange change = found.change();
        if (!change.images().isEmpty()) {
            change.images()
                    .forEach((container, image) -> watch.say(
                            work,
                            container + " gets " + image + ", it has "
                                    + found.definition()
                                            .container(container)
                                            .map(TaskDefinition.Container::image)
                                            .orElse("none")));
            Optional<String> shared = shared(work);
            if (shared.isPresent()) {
                return sharing(work, shared.get());
            }
            return work.in(Phase.REGISTERING);
        }
        if (options.deploys(change)) {
            watch.say(work, "it has " + String.join(", ", change.named().values()) + " already; its tasks start anew");
            return work.to(found.definition().arn()).in(Phase.DEPLOYING);
        }
        if (change.changesTags()) {
            return work.in(Phase.TAGGING);
        }
        watch.say(work, "it has everything already");
        return work.ended(ServiceOutcome.UNCHANGED, found.before());
    }

    /** The revision that another service of the step got, if it is the same change of the same one. */
    private Optional<String> shared(ServiceWork work) {
        Found found = work.seen();
        return all.stream()
                .filter(other -> other.found() != null
                        && other.to() != null
                        && other.target().account().equals(work.target().account()))
                .filter(other -> other.seen()
                        .definition()
                        .arn()
                        .equals(found.definition().arn()))
                .filter(other ->
                        other.seen().change().images().equals(found.change().images()))
                .filter(other -> other.hasOutcome(ServiceOutcome.UPDATED) || other.isRollingOut())
                .map(ServiceWork::wanted)
                .findFirst();
    }

    private ServiceWork sharing(ServiceWork work, String revision) {
        watch.say(work, "takes " + TaskDefinition.text(revision) + ", which this step registered");
        return work.to(revision).in(Phase.DEPLOYING);
    }

    /** The one call that no token protects: after an attempt whose end is not known, its revision is looked for first. */
    private ServiceWork register(ServiceWork work) {
        TaskDefinition base = work.seen().definition();
        Map<String, String> images = work.seen().change().images();
        Optional<String> shared = work.way().attempted() ? Optional.empty() : shared(work);
        if (shared.isPresent()) {
            return sharing(work, shared.get());
        }
        try {
            Optional<TaskDefinition> known =
                    work.way().attempted() ? reader.services().registered(base, images) : Optional.empty();
            save.accept(work.attempt());
            TaskDefinition registered =
                    known.isPresent() ? known.get() : reader.services().register(base, images);
            watch.say(work, "registered " + registered.text() + ", as " + base.text() + " but for the image");
            return work.to(registered.arn()).in(Phase.DEPLOYING);
        } catch (CloudException e) {
            if (e.isTransient()) {
                throw e;
            }
            host.log(work.name() + ": " + e.getMessage());
            return watch.failed(work, UpdaterTexts.notRegistered(e.awsText()));
        }
    }

    /** Others may have changed it since; an earlier attempt may have reached AWS. */
    private ServiceWork deploy(ServiceWork work) {
        Found found = work.seen();
        ServiceObservation service = reader.service();
        Optional<Deployment> primary = service.primary();
        Optional<Deployment> ours = primary.filter(one -> isOurs(work, one));
        if (ours.isPresent() && work.way().attempted()) {
            return rollingOut(work, ours.get());
        }
        if (primary.filter(one -> one.id().equals(found.primary())).isEmpty()) {
            return watch.failed(
                    work,
                    work.name() + ": somebody else deployed " + TaskDefinition.text(service.taskDefinition())
                            + " meanwhile; nothing was changed");
        }
        save.accept(work.attempt());
        try {
            ServiceObservation told = work.wanted().equals(found.definition().arn())
                    ? reader.services().deployAnew(cluster(work), service(work), work.wanted())
                    : reader.services().deploy(cluster(work), service(work), work.wanted());
            return told.primary()
                    .filter(one -> isOurs(work, one))
                    .map(one -> rollingOut(work, one))
                    .orElseGet(work::attempt);
        } catch (CloudException e) {
            if (e.isTransient()) {
                throw e;
            }
            host.log(work.name() + ": " + e.getMessage());
            return watch.failed(work, UpdaterTexts.notUpdated(e.awsText()));
        }
    }

    /** By its id, or, where no answer told that, because it runs what only we registered or forced. */
    private static boolean isOurs(ServiceWork work, Deployment deployment) {
        return work.deployment().isEmpty()
                ? deployment.taskDefinition().equals(work.wanted())
                        && !deployment.id().equals(work.seen().primary())
                : deployment.id().equals(work.deployment());
    }

    private static String cluster(ServiceWork work) {
        return work.target().request().cluster();
    }

    private static String service(ServiceWork work) {
        return work.target().request().service();
    }

    private ServiceWork rollingOut(ServiceWork work, Deployment ours) {
        watch.say(work, "deployment " + ours.id() + " of " + TaskDefinition.text(ours.taskDefinition()) + " has begun");
        return work.deployedBy(ours.id()).in(Phase.ROLLING_OUT);
    }

    /** Tags come last, so that a service that went back has those of before. */
    private ServiceWork tag(ServiceWork before) {
        ServiceObservation service = reader.service();
        ServiceChange change = before.seen().change();
        ServiceWork work = lease.withRoomFor(change, before, service);
        try {
            // What goes is taken last, so that a refusal leaves it; first only where there is no room for both.
            boolean hasRoom = service.tags().size() + change.tagsToSet().size() <= ServiceChange.MOST_TAGS;
            if (!hasRoom) {
                take(service, change);
            }
            if (!change.tagsToSet().isEmpty()) {
                reader.services().tag(service.serviceArn(), change.tagsToSet());
            }
            if (hasRoom) {
                take(service, change);
            }
        } catch (CloudException e) {
            if (e.isTransient()) {
                throw e;
            }
            host.log(work.name() + ": " + e.getMessage());
            return watch.failed(
                    work, UpdaterTexts.notTagged(work.target().request().tags()) + ": " + e.awsText());
        }
        watch.say(
                work,
                "tags set: " + change.tagsToSet()
                        + (change.tagsToTake().isEmpty() ? "" : ", taken: " + change.tagsToTake()));
        return watch.updated(work, reader.service());
    }

    private void take(ServiceObservation service, ServiceChange change) {
        if (!change.tagsToTake().isEmpty()) {
            reader.services().untag(service.serviceArn(), change.tagsToTake());
        }
    }

    /** By the absolute value, so that repeating it begins nothing new; what is INACTIVE by now needs a copy. */
    private ServiceWork goBack(ServiceWork work) {
        ServiceObservation service = reader.service();
        Optional<Deployment> primary = service.primary();
        if (primary.filter(one -> isOurs(work, one)).isEmpty()) {
            return work.to(service.taskDefinition()).in(Phase.BACK);
        }
        TaskDefinition old = reader.definition(work.seen().wayBack());
        save.accept(work.attempt());
        String to = old.isActive() ? old.arn() : copy(work, old);
        reader.services().deploy(cluster(work), service(work), to);
        return work.to(to).in(Phase.BACK);
    }

    private String copy(ServiceWork work, TaskDefinition old) {
        TaskDefinition again = reader.services().registered(old, Map.of()).orElseGet(() -> reader.services()
                .register(old, Map.of()));
        watch.say(work, old.text() + " is INACTIVE by now, so it goes back to its copy " + again.text());
        return again.arn();
    }
}
