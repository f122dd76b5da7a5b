package io.jenkins.plugins.amirefresh.runner.trigger;

import io.jenkins.plugins.amirefresh.aws.AwsClouds;
import io.jenkins.plugins.amirefresh.aws.AwsConnection;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.interpreter.ScriptCompilationException;
import io.jenkins.plugins.amirefresh.runner.world.World;
import io.jenkins.plugins.amirefresh.step.events.EventWatch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Looks into the trigger's queue once a simulated minute and runs the builds that are due, one after another, as a job does
 * that does not allow concurrent builds.
 */
public final class EventBuilds {

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final DeclaredTrigger trigger;
    private final World world;
    private final String job;
    private final Consumer<String> log;

    /**
     * For one job.
     *
     * @param log gets what the trigger has to say
     */
    public EventBuilds(DeclaredTrigger trigger, World world, String job, Consumer<String> log) {
        this.trigger = trigger;
        this.world = world;
        this.job = job;
        this.log = log;
    }

    /** Runs a build from its start to its end. */
    public interface Builds {

        /**
         * The next one.
         *
         * @param number from 1
         * @param parameters what the events say, of those that the job declares
         */
        BuildResult run(int number, Map<String, String> parameters)
                throws IOException, ScriptCompilationException, InterruptedException;
    }

    /** The worst result of the builds that were started for so long; {@code NOT_BUILT} when none was. */
    public BuildResult run(Duration time, Builds builds)
            throws IOException, ScriptCompilationException, InterruptedException {
        Instant end = world.time().now().plus(time);
        Set<String> recorded = new HashSet<>();
        BuildResult worst = BuildResult.NOT_BUILT;
        int number = 0;
        try (AwsClouds clouds = clouds()) {
            EventWatch watch = new EventWatch(
                    clouds.cloud(AccountAccess.SELF, trigger.region()),
                    world.time().clock(),
                    trigger.watched(),
                    Map.of(),
                    log,
                    new EventWatch.Memory());
            while (!world.time().now().isAfter(end)) {
                EventWatch.Due due = watch.look(recorded, Set.of());
                if (due.groups().isEmpty()) {
                    world.time().advanceTo(world.time().now().plus(LOOK_AGAIN));
                    continue;
                }
                recorded.addAll(due.messages());
                number++;
                log.accept("build " + number + ": changed were " + String.join(", ", due.groups()));
                BuildResult result = builds.run(number, parameters(due));
                worst = number == 1 ? result : worst.combine(result);
            }
        }
        return worst;
    }

    private Map<String, String> parameters(EventWatch.Due due) {
        Map<String, String> parameters = new TreeMap<>(Map.of(
                "ASGS",
                String.join(",", due.groups()),
                "REGIONS",
                trigger.region().value()));
        parameters.keySet().retainAll(trigger.parameters());
        return parameters;
    }

    private AwsClouds clouds() {
        Map<String, String> variables = world.agentEnvironment();
        var keys = StaticCredentialsProvider.create(AwsBasicCredentials.create(
                variables.getOrDefault("AWS_ACCESS_KEY_ID", "rehearsal"),
                variables.getOrDefault("AWS_SECRET_ACCESS_KEY", "rehearsal")));
        return new AwsClouds(
                AwsConnection.of(world.http(), id -> keys, world.time().clock(), "rehearsal")
                        .at(world.endpoint())
                        .withoutWaiting(),
                job,
                0);
    }
}
