package io.jenkins.plugins.amirefresh.ecs;

import io.jenkins.plugins.amirefresh.model.ServiceObservation;
import io.jenkins.plugins.amirefresh.model.ServiceObservation.Deployment;
import io.jenkins.plugins.amirefresh.model.ServiceObservation.Rollout;
import io.jenkins.plugins.amirefresh.model.TaskDefinition;
import java.util.Optional;

/**
 * How our deployment of a service goes. A service is stable again also when AWS has put it back, so what counts is our own
 * deployment and not the service's peace.
 */
public final class RolloutJudge {

    /** Source: ECS Developer Guide, "How the Amazon ECS deployment circuit breaker detects failures". */
    private static final int LEAST_FAILURES = 3;

    private static final int MOST_FAILURES = 200;

    private RolloutJudge() {}

    /** What an observation says. */
    public enum State {
        /** It is under way. */
        WAITING,
        /** Every desired task is of it and serves. */
        STEADY,
        /** It does not work, and the service still wants it. */
        FAILED,
        /** It did not work, and AWS has gone back. */
        ROLLED_BACK_BY_AWS,
        /** Somebody else wants something else of the service. */
        TAKEN_OVER,
        /** The service is going or gone. */
        GONE
    }

    /**
     * A verdict.
     *
     * @param text how it stands, for people
     */
    public record Verdict(State state, String text) {}

    /**
     * Judges our deployment.
     *
     * @param id of it
     * @param before ARN of what ran before it
     */
    public static Verdict judge(ServiceObservation service, String id, String before) {
        if (!service.isActive()) {
            return new Verdict(State.GONE, "the service is " + service.status());
        }
        Optional<Deployment> primary = service.primary();
        boolean isOurs =
                primary.filter(deployment -> deployment.id().equals(id)).isPresent();
        return isOurs ? ours(service, primary.get()) : others(service, id, before);
    }

    private static Verdict ours(ServiceObservation service, Deployment ours) {
        String counts = ours.running() + " of " + service.desired() + " tasks of "
                + TaskDefinition.text(ours.taskDefinition()) + " running";
        if (ours.rollout() == Rollout.FAILED) {
            return new Verdict(State.FAILED, ours.reason().isEmpty() ? "AWS gave its deployment up" : ours.reason());
        }
        if (service.isSteady()) {
            String asleep = service.desired() == 0 ? "; nothing is desired, so no task of it was seen" : "";
            return new Verdict(State.STEADY, counts + asleep);
        }
        if (ours.failedTasks() >= threshold(service.desired())) {
            if (lacksRoom(service) && service.running() >= service.desired()) {
                return new Verdict(State.WAITING, counts + ", no room for more yet");
            }
            return new Verdict(State.FAILED, ours.failedTasks() + " tasks in a row failed, " + counts);
        }
        String old = service.deployments().size() > 1 ? ", old tasks are leaving" : "";
        return new Verdict(State.WAITING, counts + (ours.pending() > 0 ? ", " + ours.pending() + " pending" : old));
    }

    /**
     * What its scheduler said last of its tasks is that it has no place for one: capacity may come. Source: ECS Developer
     * Guide, "Amazon ECS service event messages".
     */
    public static boolean lacksRoom(ServiceObservation service) {
        return service.events().stream()
                .map(ServiceObservation.Event::message)
                .filter(message -> message.contains("(task ") || message.contains("place a task"))
                .findFirst()
                .filter(message -> message.contains("unable to place a task"))
                .isPresent();
    }

    private static Verdict others(ServiceObservation service, String id, String before) {
        Optional<Deployment> shown = service.deployment(id);
        boolean isFailed =
                shown.filter(ours -> ours.rollout() == Rollout.FAILED).isPresent();
        Optional<String> told = service.events().stream()
                .map(ServiceObservation.Event::message)
                .filter(message -> message.contains(id) && message.contains("deployment failed"))
                .findFirst();
        if (isFailed || told.isPresent()) {
            String reason = shown.map(Deployment::reason)
                    .filter(text -> !text.isEmpty())
                    .orElse("");
            return new Verdict(State.ROLLED_BACK_BY_AWS, reason.isEmpty() ? told.orElse("") : reason);
        }
        String now = TaskDefinition.text(service.taskDefinition());
        return new Verdict(
                State.TAKEN_OVER,
                service.taskDefinition().equals(before)
                        ? "somebody else put it back on " + now
                        : "somebody else deploys " + now);
    }

    /** So many failed tasks in a row are enough, as for AWS's own breaker. */
    public static int threshold(int desired) {
        return Math.max(LEAST_FAILURES, Math.min((desired + 1) / 2, MOST_FAILURES));
    }
}
