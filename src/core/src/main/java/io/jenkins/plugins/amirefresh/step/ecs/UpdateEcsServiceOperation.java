package io.jenkins.plugins.amirefresh.step.ecs;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.ecs.ServiceChange;
import io.jenkins.plugins.amirefresh.ecs.ServiceRequest;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.ecs.ServiceWork.Phase;
import io.jenkins.plugins.amirefresh.step.fleet.OnAbort;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at every service first, then changes one after the other; each tick goes one step on with those on their way. */
final class UpdateEcsServiceOperation implements StepOperation {

    private static final String STEP = UpdateEcsService.NAME;
    private static final String PLANNED = "planned";
    private static final String OUTAGE = "outage";
    private static final String STOPPED = "stopped";
    private static final Duration PAUSE = Duration.ofSeconds(15);

    /** Looking at everything first takes no longer than this when AWS does not answer. */
    private static final int MOST_RETRIES = 40;

    private final UpdateOptions options;

    UpdateEcsServiceOperation(UpdateOptions options) {
        this.options = options;
    }

    @Override
    public Progress advance(StepState state, StepHost host) {
        if (state.document(PLANNED).isEmpty()) {
            return plan(state, host);
        }
        List<ServiceWork> works = works(state);
        boolean isHeld = works.stream()
                .anyMatch(
                        work -> work.hasOutcome(ServiceOutcome.FAILED) || work.hasOutcome(ServiceOutcome.ROLLED_BACK));
        List<ServiceWork> turns = turns(works, isHeld);
        if (turns.isEmpty()) {
            return ServiceRows.end(state, held(works, host), options.failOn());
        }
        return tick(state, turns, host);
    }

    /** Those that go on now: all on their way, and as many others as there is room for while nothing failed. */
    private List<ServiceWork> turns(List<ServiceWork> works, boolean isHeld) {
        List<ServiceWork> turns =
                new ArrayList<>(works.stream().filter(ServiceWork::isOnItsWay).toList());
        if (!isHeld) {
            works.stream()
                    .filter(work -> work.phase() == Phase.WAITING)
                    .limit(Math.max(0, options.maxConcurrent() - turns.size()))
                    .forEach(turns::add);
        }
        return turns;
    }

    private static List<ServiceWork> held(List<ServiceWork> works, StepHost host) {
        return works.stream()
                .map(work -> {
                    if (work.isEnded()) {
                        return work;
                    }
                    return released(work, work.name() + ": held, its turn had not come", host);
                })
                .toList();
    }

    private Progress tick(StepState state, List<ServiceWork> turns, StepHost host) {
        StepState now = state;
        Duration pause = PAUSE;
        for (ServiceWork work : turns) {
            StepState before = now;
            ServiceTick tick = new ServiceTick(
                    host,
                    options,
                    work,
                    works(before),
                    intent -> host.save(before.with(intent.document(), Json.write(intent))));
            try {
                ServiceWork next = tick.advance(work);
                if (next.isEnded()) {
                    ended(next, host);
                }
                boolean isFurther = next.phase() != work.phase();
                pause = isFurther && !isWaiting(next) ? Duration.ZERO : pause;
                now = now.with(next.document(), Json.write(next)).with(OUTAGE, "0");
            } catch (CloudException e) {
                now = outage(now, work, e, host);
            }
        }
        return new Progress.Again(now, pause);
    }

    /** Only time helps there. */
    private static boolean isWaiting(ServiceWork work) {
        return work.phase() == Phase.ROLLING_OUT || work.phase() == Phase.BACK;
    }

    /** Said once; how long AWS does not answer is held against no service. The attempt that may have been made stays noted. */
    private static StepState outage(StepState state, ServiceWork work, CloudException e, StepHost host) {
        if (state.document(OUTAGE).filter("1"::equals).isEmpty()) {
            host.log(work.name() + ": AWS could not do it now, trying again every " + PAUSE.toSeconds() + " s: "
                    + e.getMessage());
        }
        ServiceWork kept = work.phase() == Phase.WAITING ? work : work.attempt();
        return state.with(OUTAGE, "1").with(kept.document(), Json.write(kept));
    }

    private Progress plan(StepState state, StepHost host) {
        options.unknown().forEach(name -> host.log(STEP + ": the payload's member '" + name + "' means nothing here"));
        List<Place> places = CommonParameters.places(
                options.parameters(),
                host.environment(),
                host.settings().regions(),
                host.settings().accounts());
        List<ServiceWork> works = new ArrayList<>();
        try {
            for (Place place : places) {
                for (ServiceRequest request : options.requests()) {
                    works.add(look(works.size(), place, request, host));
                }
            }
        } catch (ServiceReader.RefusedException refused) {
            return new Progress.Failed(state, String.valueOf(refused.getMessage()));
        } catch (CloudException e) {
            return retry(state, e, host);
        }
        if (options.dryRun()) {
            List<ServiceWork> plans = works.stream().map(this::planned).toList();
            plans.forEach(plan -> record(plan, host));
            return ServiceRows.end(state, plans, "none");
        }
        StepState planned = state.with(PLANNED, Json.write(works.size()));
        for (ServiceWork work : works) {
            planned = planned.with(work.document(), Json.write(ServiceWork.of(work.target())));
        }
        return new Progress.Again(planned, Duration.ZERO);
    }

    private ServiceWork look(int number, Place place, ServiceRequest request, StepHost host) {
        ServiceWork work = ServiceWork.of(new ServiceWork.Target(
                number, place, host.cloud(place.access(), place.region()).account(), request));
        ServiceReader reader = new ServiceReader(host, work.target(), options);
        reader.requireHere();
        ServiceWork.Found found = reader.find(reader.service());
        reader.requireImages(found.change());
        ServiceChange change = found.change();
        host.log(work.name() + (options.dryRun() ? ": dry run: " : ": ") + "runs "
                + found.definition().text() + ", images to change: " + change.images() + ", tags to set: "
                + change.tagsToSet() + ", tags to take: " + change.tagsToTake());
        return work.with(found);
    }

    private ServiceWork planned(ServiceWork work) {
        ServiceChange change = work.seen().change();
        boolean changes = change.changesTags() || options.deploys(change);
        return work.because(changes ? "dry run: nothing was changed" : "")
                .ended(
                        changes ? ServiceOutcome.PLANNED : ServiceOutcome.UNCHANGED,
                        work.seen().before());
    }

    private static Progress retry(StepState state, CloudException e, StepHost host) {
        int retries = state.document(OUTAGE).map(Integer::parseInt).orElse(0) + 1;
        if (!e.isTransient() || retries > MOST_RETRIES) {
            throw e;
        }
        if (retries == 1) {
            host.log(STEP + ": AWS could not do it now, trying again every " + PAUSE.toSeconds() + " s: "
                    + e.getMessage());
        }
        return new Progress.Again(state.with(OUTAGE, Integer.toString(retries)), PAUSE);
    }

    private static List<ServiceWork> works(StepState state) {
        return state.readAll(ServiceWork.DOCUMENT, ServiceWork.class);
    }

    /** Services on their way go back, or are left to AWS; those whose turn had not come stay as they are. */
    @Override
    public Progress stop(StepState state, StopReason reason, StepHost host) {
        StepState told = state;
        if (state.document(STOPPED).isEmpty()) {
            told = state.with(STOPPED, "true");
            for (ServiceWork work : works(state)) {
                ServiceWork stopped = stopped(work, reason, host);
                told = told.with(stopped.document(), Json.write(stopped));
            }
        }
        List<ServiceWork> open =
                works(told).stream().filter(work -> !work.isEnded()).toList();
        if (!open.isEmpty()) {
            return tick(told, open, host);
        }
        String rows = works(told).stream()
                .map(ServiceWork::why)
                .filter(why -> !why.isEmpty())
                .reduce((first, second) -> first + "; " + second)
                .orElse("nothing was under way");
        return new Progress.Failed(told, STEP + ": " + reason.why() + "; " + rows);
    }

    private ServiceWork stopped(ServiceWork work, StopReason reason, StepHost host) {
        return switch (work.phase()) {
            case ENDED, RELEASING, BACK, GOING_BACK, TAGGING -> work;
            case WAITING, CLAIMING, REGISTERING -> released(work, work.name() + ": held, " + reason.why(), host);
            case DEPLOYING, ROLLING_OUT -> deployedAndStopped(work, reason, host);
        };
    }

    private ServiceWork deployedAndStopped(ServiceWork work, StopReason reason, StepHost host) {
        String wayBack = work.seen().wayBack();
        boolean canGoBack = !wayBack.isEmpty() && !wayBack.equals(work.wanted());
        if (options.onAbort() == OnAbort.ROLL_BACK && canGoBack) {
            host.log(work.name() + ": " + reason.why() + ", it goes back first, which may take "
                    + options.timeLimit().toMinutes() + " min");
            return work.because(reason.why()).in(Phase.GOING_BACK);
        }
        if (options.onAbort() == OnAbort.FINISH_BATCH) {
            host.log(work.name() + ": " + reason.why() + ", its deployment is watched to its end, which may take "
                    + options.timeLimit().toMinutes() + " min");
            return work;
        }
        String nothing = canGoBack || options.onAbort() == OnAbort.LEAVE ? "" : ", there is nothing to go back to";
        return released(work, work.name() + ": left to AWS while nobody watches" + nothing + ": " + reason.why(), host);
    }

    private static void ended(ServiceWork work, StepHost host) {
        record(work, host);
        host.locks().release(work.lock(), host.run().lockHolder());
    }

    /** For the run's record, which outlives the console. */
    private static void record(ServiceWork ended, StepHost host) {
        host.journal()
                .append(new JournalEvent(
                        host.run().stepId() + "/" + ended.document(),
                        host.clock().instant(),
                        STEP,
                        ServiceRows.recorded(ended)));
    }

    private static ServiceWork released(ServiceWork work, String line, StepHost host) {
        host.log(line);
        ServiceWork held = work.because(line).ended(ServiceOutcome.HELD, null);
        if (held.isEnded()) {
            ended(held, host);
        }
        return held;
    }

    @Override
    public String describe(StepState state) {
        List<ServiceWork> works = works(state);
        long ended = works.stream().filter(ServiceWork::isEnded).count();
        Optional<String> now = works.stream()
                .filter(ServiceWork::isOnItsWay)
                .map(work -> ", " + work.name() + " " + work.way().told())
                .findFirst();
        return ended + " of " + works.size() + " services done" + now.orElse("");
    }
}
