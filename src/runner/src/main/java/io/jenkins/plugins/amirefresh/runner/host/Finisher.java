package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineRuntime;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StopReason;
import java.time.Duration;
import java.time.Instant;

/** Brings the work of a step to a safe end after its build has stopped waiting for it. */
public final class Finisher {
    private static final Duration REFUSED_WAIT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final HostServices services;
    private final OperationCall call;
    private final PipelineRuntime runtime;

    Finisher(HostServices services, OperationCall call, PipelineRuntime runtime) {
        this.services = services;
        this.call = call;
        this.runtime = runtime;
    }

    /** Works until the step has ended, letting simulated time pass; an account that refuses for an hour ends it too. */
    public void run() {
        LiveStep live = services.live(call);
        RunnerStepHost host = new RunnerStepHost(services, call, live.file(), runtime);
        Instant giveUp = now().plus(PATIENCE);
        while (true) {
            Duration wait = REFUSED_WAIT;
            try {
                Progress progress = live.operation().stop(live.file().saved(), StopReason.ORPHANED, host);
                live.file().save(progress.state());
                if (!(progress instanceof Progress.Again again)) {
                    break;
                }
                wait = again.after();
                giveUp = now().plus(PATIENCE);
            } catch (CloudException e) {
                if (now().isAfter(giveUp)) {
                    host.log(call.functionName() + ": not brought to a safe place: " + e.getMessage());
                    break;
                }
            }
            services.world().time().advanceTo(now().plus(wait));
        }
        services.ended(call);
    }

    private Instant now() {
        return services.world().time().now();
    }
}
