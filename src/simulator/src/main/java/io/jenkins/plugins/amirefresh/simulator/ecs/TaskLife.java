package io.jenkins.plugins.amirefresh.simulator.ecs;

import io.jenkins.plugins.amirefresh.simulator.account.TaskBehaviour;
import io.jenkins.plugins.amirefresh.simulator.account.TaskBehaviours;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A task's life from its launch to its end, as the account file declares. Source: ECS Developer Guide, "Amazon ECS task
 * lifecycle", "Amazon ECS stopped tasks error messages".
 */
final class TaskLife {

    private static final Duration STOPPING = Duration.ofSeconds(10);

    /** AWS starts again more and more slowly and publishes no figures. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private final World world;
    private final TaskBehaviours behaviours;
    private final Pulls pulls;
    private Consumer<Service> listener = service -> {};

    TaskLife(World world, TaskBehaviours behaviours, Pulls pulls) {
        this.world = world;
        this.behaviours = behaviours;
        this.pulls = pulls;
    }

    /** From now on {@code newListener} hears of every service of which a task changed. */
    void tell(Consumer<Service> newListener) {
        listener = newListener;
    }

    /** A task that has been serving for long. */
    void settled(Service service, Deployment deployment) {
        EcsTask task = task(service, deployment);
        task.run(world.time().now());
        task.healthy();
        deployment.tasks().add(task);
    }

    /** Launches one; empty when there is no room for it. */
    Optional<EcsTask> launch(Service service, Deployment deployment) {
        TaskBehaviours.Conduct conduct = behaviours.of(facts(service, deployment));
        if (conduct.fails("place")) {
            failed(service, deployment);
            String why = "was unable to place a task because no container instance met all of its requirements.";
            service.say(world.ids().uuid(), world.time().now(), reason(conduct, why));
            return Optional.empty();
        }
        EcsTask task = task(service, deployment);
        deployment.tasks().add(task);
        Optional<String> unpullable = deployment.definition().images().stream()
                .filter(image -> !pulls.canPull(service.cluster().at(), image))
                .findFirst();
        after(conduct.start().dividedBy(3), task, task::pending);
        if (unpullable.isPresent() || conduct.fails("pull")) {
            String image =
                    unpullable.orElseGet(() -> deployment.definition().images().get(0));
            Duration when =
                    conduct.fails() == null ? conduct.start() : conduct.fails().after();
            String why =
                    "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref "
                            + image + ": " + image + ": not found";
            after(when, task, () -> fail(task, "TaskFailedToStart", reason(conduct, why)));
            return Optional.of(task);
        }
        after(conduct.start(), task, () -> run(task, conduct));
        return Optional.of(task);
    }

    private EcsTask task(Service service, Deployment deployment) {
        Map<String, String> digests = new HashMap<>();
        for (String image : deployment.definition().images()) {
            pulls.digest(service.cluster().at(), image).ifPresent(digest -> digests.put(image, digest));
        }
        String id = world.ids().uuid().replace("-", "");
        return new EcsTask(service, deployment, id, world.time().now(), digests);
    }

    private static TaskBehaviours.TaskFacts facts(Service service, Deployment deployment) {
        Cluster cluster = service.cluster();
        return new TaskBehaviours.TaskFacts(
                cluster.at().accountId(),
                cluster.at().region(),
                cluster.name(),
                service.name(),
                deployment.definition().family(),
                deployment.definition().images());
    }

    private static String reason(TaskBehaviours.Conduct conduct, String usual) {
        TaskBehaviour.Failure failure = conduct.fails();
        return failure == null || failure.reason() == null ? usual : failure.reason();
    }

    private void after(Duration delay, EcsTask task, Runnable change) {
        world.time().after(delay, () -> {
            if (task.isWanted()) {
                change.run();
                listener.accept(task.service());
            }
        });
    }

    private void run(EcsTask task, TaskBehaviours.Conduct conduct) {
        task.run(world.time().now());
        boolean isChecked = task.service().isChecked(task.deployment());
        TaskBehaviour.Failure failure = conduct.fails();
        if (!isChecked) {
            healthy(task);
        } else if (!conduct.fails("health")) {
            after(conduct.healthy(), task, () -> healthy(task));
        }
        if (failure == null) {
            return;
        }
        if (failure.how().equals("exit")) {
            after(failure.after(), task, () -> exit(task, conduct));
        } else if (failure.how().equals("health") && isChecked) {
            String why = task.deployment().definition().hasHealthCheck()
                    ? "Task failed container health checks"
                    : "Task failed ELB health checks in (target-group "
                            + task.service()
                                    .request()
                                    .at("/loadBalancers/0/targetGroupArn")
                                    .asText() + ")";
            after(failure.after(), task, () -> {
                task.unhealthy();
                fail(task, "ServiceSchedulerInitiated", reason(conduct, why));
            });
        }
    }

    private static void healthy(EcsTask task) {
        task.healthy();
        task.deployment().taskIsHealthy();
    }

    /** A container that ends by itself is no failure of the deployment for AWS. Source: aws/containers-roadmap#1206. */
    private void exit(EcsTask task, TaskBehaviours.Conduct conduct) {
        TaskBehaviour.Failure failure = conduct.fails();
        task.containerEnded(failure == null ? 0 : failure.exitCode(), "");
        stop(task, "EssentialContainerExited", reason(conduct, "Essential container in task exited"));
    }

    private void fail(EcsTask task, String code, String reason) {
        if (code.equals("TaskFailedToStart")) {
            task.containerEnded(-1, reason);
        }
        failed(task.service(), task.deployment());
        stop(task, code, reason);
    }

    private void failed(Service service, Deployment deployment) {
        Duration wanted = PAUSE.multipliedBy(Math.min(deployment.failedTasks() + 1, 1000));
        Duration pause = wanted.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wanted;
        Instant next = world.time().now().plus(pause);
        deployment.taskFailed(next);
        world.time().at(next, () -> listener.accept(service));
    }

    /** It ends in a while; who asked for it reacts. */
    void stop(EcsTask task, String code, String reason) {
        task.stop(code, reason, world.time().now());
        world.time().after(STOPPING, () -> {
            task.end(world.time().now());
            task.deployment().tasks().remove(task);
            task.service().stopped().add(task);
            listener.accept(task.service());
        });
    }
}
