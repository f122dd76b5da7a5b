package io.jenkins.plugins.amirefresh.simulator.ecs;

import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Rolling deployments: new tasks come while there is room under the ceiling, old ones go while enough serve, a circuit
 * breaker or an alarm ends what does not work. Source: ECS Developer Guide, "Deploy Amazon ECS services by replacing tasks",
 * "How the Amazon ECS deployment circuit breaker detects failures", "How CloudWatch alarms detect Amazon ECS deployment
 * failures".
 */
final class Rollout {

    private static final BigInteger DEPLOYMENTS = BigInteger.TEN.pow(19);
    private static final int LEAST_FAILURES = 3;
    private static final int MOST_FAILURES = 200;

    /** AWS computes it from the alarms and publishes no figure. */
    private static final Duration BAKE = Duration.ofMinutes(5);

    private final World world;
    private final TaskLife life;
    private final BiPredicate<AccountRegion, String> isInAlarm;

    Rollout(World world, TaskLife life, BiPredicate<AccountRegion, String> isInAlarm) {
        this.world = world;
        this.life = life;
        this.isInAlarm = isInAlarm;
        life.tell(this::react);
    }

    /** A new primary deployment begins. */
    Deployment deploy(Service service, TaskDefinition definition) {
        Deployment deployment = begun(service, definition);
        world.events()
                .append(
                        service.cluster().at(),
                        service.name(),
                        "deployment " + deployment.id() + " of " + definition.family() + ":" + definition.revision());
        react(service);
        return deployment;
    }

    /** A service as it stands when it was deployed long ago. */
    void settled(Service service, TaskDefinition definition) {
        Deployment deployment = begun(service, definition);
        for (int n = 0; n < service.desired(); n++) {
            life.settled(service, deployment);
        }
        complete(service, deployment);
    }

    private Deployment begun(Service service, TaskDefinition definition) {
        AccountRegion at = service.cluster().at();
        boolean rings = service.alarms().stream().anyMatch(alarm -> isInAlarm.test(at, alarm));
        Deployment deployment = new Deployment(
                id(), definition, service.request().deepCopy(), world.time().now(), service.hasAlarms() && !rings);
        service.deployments().add(0, deployment);
        return deployment;
    }

    private String id() {
        BigInteger number = new BigInteger(world.ids().uuid().replace("-", ""), 16).mod(DEPLOYMENTS);
        return "ecs-svc/" + "0".repeat(19 - number.toString().length()) + number;
    }

    /** Does what can be done now; safe to repeat. */
    void react(Service service) {
        service.stopped()
                .removeIf(task -> task.stopped() == null
                        || task.stopped().isBefore(world.time().now().minus(Duration.ofHours(1))));
        if (!service.isActive()) {
            drainAway(service);
            return;
        }
        boolean moves = true;
        while (moves) {
            boolean filled = fill(service);
            moves = drain(service) || filled;
        }
        Deployment primary = service.primary();
        service.deployments().removeIf(old -> old != primary && old.isGone());
        judge(service, primary);
        sayStuck(service, primary);
    }

    /** Neither may a task come nor one go. Source: aws/containers-roadmap#485, whose wish AWS has met with this event. */
    private void sayStuck(Service service, Deployment primary) {
        boolean waits = primary.state() == Deployment.State.IN_PROGRESS
                && primary.wanted().size() < service.desired()
                && !primary.isStuckSaid();
        int all = service.deployments().stream()
                .mapToInt(deployment -> deployment.wanted().size())
                .sum();
        long serving =
                service.deployments().stream().mapToLong(Deployment::serving).sum();
        if (waits && all >= service.ceiling() && serving <= service.floor() && serving == all) {
            primary.sayStuck();
            say(
                    service,
                    "was unable to stop or start tasks during a deployment because of the service deployment"
                            + " configuration. Update the minimumHealthyPercent or maximumPercent value and try again.");
        }
    }

    private void drainAway(Service service) {
        for (Deployment deployment : service.deployments()) {
            stop(service, deployment.wanted(), "ServiceSchedulerInitiated", "Scaling activity initiated by deployment");
        }
        if (service.tasks().isEmpty() && service.status().equals("DRAINING")) {
            service.turn("INACTIVE");
            service.deployments().clear();
        }
    }

    private boolean fill(Service service) {
        Deployment primary = service.primary();
        int wanted = primary.wanted().size();
        if (wanted > service.desired()) {
            stopSome(service, primary.wanted(), wanted - service.desired());
            return true;
        }
        int all = service.deployments().stream()
                .mapToInt(deployment -> deployment.wanted().size())
                .sum();
        int count = Math.min(service.desired() - wanted, service.ceiling() - all);
        if (count <= 0 || !primary.mayStart(world.time().now())) {
            return false;
        }
        List<EcsTask> started = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            life.launch(service, primary).ifPresent(started::add);
        }
        if (!started.isEmpty()) {
            say(service, "has started " + started.size() + " tasks: " + names(started) + ".");
        }
        return !started.isEmpty();
    }

    /** Old tasks go that do not serve, and those that serve while the floor is kept. */
    private boolean drain(Service service) {
        Deployment primary = service.primary();
        if (primary.state() == Deployment.State.FAILED) {
            return false;
        }
        long spare =
                service.deployments().stream().mapToLong(Deployment::serving).sum() - service.floor();
        boolean moved = false;
        for (Deployment old : service.deployments()) {
            if (old == primary) {
                continue;
            }
            List<EcsTask> going = new ArrayList<>();
            for (EcsTask task : old.wanted()) {
                if (!task.serves() || spare > 0) {
                    spare -= task.serves() ? 1 : 0;
                    going.add(task);
                }
            }
            moved |= !going.isEmpty();
            stop(
                    service,
                    going,
                    "ServiceSchedulerInitiated",
                    "Scaling activity initiated by (deployment " + primary.id() + ")");
        }
        return moved;
    }

    private void stopSome(Service service, List<EcsTask> tasks, int count) {
        List<EcsTask> newestFirst = new ArrayList<>(tasks);
        java.util.Collections.reverse(newestFirst);
        stop(
                service,
                newestFirst.subList(0, count),
                "ServiceSchedulerInitiated",
                "Scaling activity initiated by (deployment " + service.primary().id() + ")");
    }

    private void stop(Service service, List<EcsTask> tasks, String code, String reason) {
        if (tasks.isEmpty()) {
            return;
        }
        say(service, "has stopped " + tasks.size() + " running tasks: " + names(tasks) + ".");
        tasks.forEach(task -> life.stop(task, code, reason));
    }

    private static String names(List<EcsTask> tasks) {
        return tasks.stream().map(task -> "(task " + task.id() + ")").collect(Collectors.joining(" "));
    }

    private void judge(Service service, Deployment primary) {
        if (primary.state() != Deployment.State.IN_PROGRESS) {
            return;
        }
        int threshold = Math.max(LEAST_FAILURES, Math.min((service.desired() + 1) / 2, MOST_FAILURES));
        if (service.hasBreaker() && primary.failedTasks() >= threshold) {
            fail(service, "ECS deployment circuit breaker", "tasks failed to start.", service.breakerRollsBack());
            return;
        }
        boolean isThere = primary.serving() >= service.desired()
                && service.deployments().size() == 1
                && primary.tasks().size() == service.desired();
        if (isThere && isBaked(service, primary)) {
            complete(service, primary);
        }
    }

    /** With alarms, the deployment is watched for a while when all its tasks serve. */
    private boolean isBaked(Service service, Deployment primary) {
        if (!primary.isWatched()) {
            return true;
        }
        Instant now = world.time().now();
        Instant until = primary.bakedAt();
        if (until == null) {
            primary.bakeUntil(now.plus(BAKE));
            world.time().after(BAKE, () -> react(service));
            return false;
        }
        return !now.isBefore(until);
    }

    private void complete(Service service, Deployment deployment) {
        deployment.turn(
                Deployment.State.COMPLETED,
                "ECS deployment " + deployment.id() + " completed.",
                world.time().now());
        service.completed(deployment);
        say(service, "(deployment " + deployment.id() + ") deployment completed.");
        say(service, "has reached a steady state.");
    }

    /** An alarm rings: deployments that watch it fail. */
    void alarmed(Service service, String alarm) {
        if (service.isActive() && service.hasAlarms() && service.alarms().contains(alarm)) {
            Deployment primary = service.primary();
            if (primary.isWatched() && primary.state() == Deployment.State.IN_PROGRESS) {
                fail(service, "ECS deployment alarms", "alarm detected.", service.alarmsRollBack());
            }
        }
    }

    private void fail(Service service, String who, String why, boolean rollsBack) {
        Deployment failed = service.primary();
        Instant now = world.time().now();
        failed.turn(Deployment.State.FAILED, who + ": " + why, now);
        say(service, "(deployment " + failed.id() + ") deployment failed: " + why);
        world.events().append(service.cluster().at(), service.name(), "deployment " + failed.id() + " failed: " + why);
        Deployment last = service.lastCompleted();
        if (!rollsBack || last == null || last == failed) {
            return;
        }
        if (!service.deployments().remove(last)) {
            last = new Deployment(last.id(), last.definition(), last.request(), now, false);
        }
        service.deployments().add(0, last);
        last.turn(Deployment.State.IN_PROGRESS, who + ": rolling back to deploymentId " + last.id() + ".", now);
        say(service, "rolling back to deployment " + last.id() + ".");
        react(service);
    }

    private void say(Service service, String message) {
        service.say(world.ids().uuid(), world.time().now(), message);
    }
}
