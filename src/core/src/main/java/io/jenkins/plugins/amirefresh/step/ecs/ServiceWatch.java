package io.jenkins.plugins.amirefresh.step.ecs;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.ContainerServices.StoppedTask;
import io.jenkins.plugins.amirefresh.ecs.RolloutJudge;
import io.jenkins.plugins.amirefresh.ecs.ServiceDetails;
import io.jenkins.plugins.amirefresh.model.ServiceObservation;
import io.jenkins.plugins.amirefresh.model.ServiceObservation.Deployment;
import io.jenkins.plugins.amirefresh.model.ServiceObservation.Rollout;
import io.jenkins.plugins.amirefresh.model.TaskDefinition;
import io.jenkins.plugins.amirefresh.schedule.DurationText;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.ecs.ServiceWork.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Watches AWS replace the tasks of a service, forward and back. Changes nothing. */
final class ServiceWatch {

    /** More of a gap between two looks is not held against a service. */
    static final Duration MOST_COUNTED = Duration.ofMinutes(1);

    /** Of a service's events, those that may still be true. */
    private static final int LATELY = 5;

    private final StepHost host;
    private final UpdateOptions options;
    private final ServiceReader reader;

    ServiceWatch(StepHost host, UpdateOptions options, ServiceReader reader) {
        this.host = host;
        this.options = options;
        this.reader = reader;
    }

    void say(ServiceWork work, String line) {
        host.log(work.name() + ": " + line);
    }

    ServiceWork saidOnce(ServiceWork work, String line) {
        if (!work.way().told().equals(line)) {
            say(work, line);
        }
        return work.told(line);
    }

    ServiceWork failed(ServiceWork work, String line) {
        host.log(line.startsWith(work.name()) ? line : work.name() + ": " + line);
        return work.because(line).ended(ServiceOutcome.FAILED, null);
    }

    boolean isOverdue(ServiceWork work) {
        return work.way().waited().compareTo(options.timeLimit()) >= 0;
    }

    /** Our deployment, as it goes. */
    ServiceWork rollOut(ServiceWork before) {
        ServiceWork work = before.looked(host.clock().instant(), MOST_COUNTED);
        ServiceObservation service = reader.service();
        RolloutJudge.Verdict verdict = RolloutJudge.judge(
                service, work.deployment(), work.seen().definition().arn());
        return switch (verdict.state()) {
            case WAITING -> waited(work, service, verdict.text());
            case STEADY -> steady(work, service, verdict.text());
            case FAILED -> broken(work, verdict.text() + evidence(work, service));
            case ROLLED_BACK_BY_AWS -> {
                String why = verdict.text() + evidence(work, service);
                say(
                        work,
                        "its deployment failed and AWS has gone back to "
                                + TaskDefinition.text(service.taskDefinition()) + ": " + why);
                yield work.because(why).to(service.taskDefinition()).in(Phase.BACK);
            }
            case TAKEN_OVER, GONE ->
                isNotShownYet(work, service)
                        ? saidOnce(work, "AWS does not show the deployment yet")
                        : failed(
                                work,
                                work.name() + ": " + verdict.text() + " while ours was under way; it was left alone");
        };
    }

    /** Reads may lag behind our own change. */
    private static boolean isNotShownYet(ServiceWork work, ServiceObservation service) {
        return work.way().waited().compareTo(MOST_COUNTED) < 0
                && service.isActive()
                && service.primary()
                        .filter(one -> one.id().equals(work.seen().primary()))
                        .isPresent();
    }

    private ServiceWork waited(ServiceWork work, ServiceObservation service, String how) {
        Optional<String> ends = endingTasks(work.target(), work.deployment(), service);
        if (ends.isPresent()) {
            return broken(work, ends.get());
        }
        boolean isOverdue = work.way().waited().compareTo(options.timeLimit().plus(options.bakeTime())) >= 0;
        return isOverdue
                ? broken(
                        work,
                        "not steady after " + DurationText.of(options.timeLimit()) + ", " + how
                                + evidence(work, service))
                : saidOnce(work.unsteady(), how);
    }

    /**
     * AWS's breaker never counts containers that end by themselves, and calls a deployment completed as soon as its tasks run:
     * they have to be counted here.
     */
    private Optional<String> endingTasks(ServiceWork.Target target, String deployment, ServiceObservation service) {
        List<StoppedTask> ended = stopped(target, deployment).stream()
                .filter(task -> task.code().equals("EssentialContainerExited"))
                .toList();
        return ended.size() < RolloutJudge.threshold(service.desired())
                ? Optional.empty()
                : Optional.of(ended.size() + " tasks ended by themselves: "
                        + ended.get(0).reason());
    }

    /** Why a deployment, of whomever, does not get on: as many tasks failed or ended as for a breaker. */
    Optional<String> failing(ServiceWork.Target target, ServiceObservation service, Deployment deployment) {
        return deployment.failedTasks() >= RolloutJudge.threshold(service.desired())
                ? Optional.of(deployment.failedTasks() + " tasks in a row failed"
                        + evidence(target, deployment.id()).orElseGet(() -> lately(service)))
                : endingTasks(target, deployment.id(), service);
    }

    private List<StoppedTask> stopped(ServiceWork.Target target, String deployment) {
        try {
            return reader.services()
                    .stoppedTasks(target.request().cluster(), target.request().service(), deployment);
        } catch (CloudException e) {
            // Why tasks stopped only explains; the verdict does not wait for it.
            return List.of();
        }
    }

    /** Why a task stopped; tasks that never had a place leave the service's own words alone. */
    private String evidence(ServiceWork work, ServiceObservation service) {
        return evidence(work.target(), work.deployment()).orElseGet(() -> lately(service));
    }

    private Optional<String> evidence(ServiceWork.Target target, String deployment) {
        return stopped(target, deployment).stream()
                .filter(task -> !task.code().equals("ServiceSchedulerInitiated")
                        || task.reason().contains("health check"))
                .findFirst()
                .map(task -> "; task " + task.id() + ": " + task.reason());
    }

    /** AWS is done; it has to stay so for a while. */
    private ServiceWork steady(ServiceWork work, ServiceObservation service, String how) {
        Optional<String> ends = endingTasks(work.target(), work.deployment(), service);
        if (ends.isPresent()) {
            return broken(work, ends.get());
        }
        ServiceWork steady = work.steady();
        if (steady.way().steadyFor().compareTo(options.bakeTime()) < 0) {
            return saidOnce(steady, how + ", watched for " + DurationText.of(options.bakeTime()));
        }
        say(steady, "steady, " + how);
        return steady.seen().change().changesTags() ? steady.in(Phase.TAGGING) : updated(steady, service);
    }

    /** It has what was wanted. */
    ServiceWork updated(ServiceWork work, ServiceObservation service) {
        return work.ended(ServiceOutcome.UPDATED, details(work, service));
    }

    private ServiceDetails details(ServiceWork work, ServiceObservation service) {
        return ServiceDetails.of(
                ServiceReader.plain(service),
                reader.definition(service.taskDefinition()),
                reader.shown(work.seen().change()));
    }

    /** It does not work: back to what worked, if that is wanted and there is something. */
    private ServiceWork broken(ServiceWork work, String why) {
        String wayBack = work.seen().wayBack();
        boolean isSame = wayBack.equals(work.wanted());
        if (!options.rollsBack() || wayBack.isEmpty() || isSame) {
            String nothing = isSame ? "it is what ran before" : "no deployment before it completed";
            String left = options.rollsBack() ? nothing + ", so there is nothing to go back to" : "it is left as it is";
            return failed(
                    work,
                    work.name() + ": " + TaskDefinition.text(work.wanted()) + " does not work: " + why + "; " + left);
        }
        say(
                work,
                TaskDefinition.text(work.wanted()) + " does not work, going back to " + TaskDefinition.text(wayBack)
                        + ": " + why);
        return work.because(why).in(Phase.GOING_BACK);
    }

    /** What ran before, as it comes back. */
    ServiceWork back(ServiceWork before) {
        ServiceWork work = before.looked(host.clock().instant(), MOST_COUNTED);
        ServiceObservation service = reader.service();
        String where = TaskDefinition.text(service.taskDefinition());
        if (service.isSteady()) {
            String line = work.name() + ": rolled back to " + where + ": " + work.why();
            say(work, "back on " + where);
            return work.because(line).ended(ServiceOutcome.ROLLED_BACK, details(work, service));
        }
        boolean isStuck = service.primary()
                .filter(primary -> primary.rollout() == Rollout.FAILED
                        || (primary.failedTasks() >= RolloutJudge.threshold(service.desired())
                                && !RolloutJudge.lacksRoom(service)))
                .isPresent();
        if ((isStuck || isOverdue(work)) && service.running(service.taskDefinition()) >= service.desired()) {
            String line = work.name() + ": rolled back to " + where + ", of which " + service.desired() + " of "
                    + service.desired() + " tasks run, although AWS has not completed that deployment" + lately(service)
                    + ": " + work.why();
            say(work, "runs " + where + ", AWS has not completed its deployment");
            return work.because(line).ended(ServiceOutcome.ROLLED_BACK, details(work, service));
        }
        if (isStuck || isOverdue(work)) {
            return failed(
                    work,
                    work.name() + ": it does not come back on " + where + " either, " + service.running() + " of "
                            + service.desired() + " tasks run" + lately(service)
                            + "; look at it at once. It went back because " + work.why());
        }
        return saidOnce(
                work,
                "going back to " + where + ", " + service.running() + " of " + service.desired() + " tasks running");
    }

    /** What AWS said last of why it does not go on. */
    private static String lately(ServiceObservation service) {
        return service.events().stream()
                .map(ServiceObservation.Event::message)
                .limit(LATELY)
                .filter(message -> message.contains("unable to"))
                .findFirst()
                .map(message -> " (" + message + ")")
                .orElse("");
    }
}
