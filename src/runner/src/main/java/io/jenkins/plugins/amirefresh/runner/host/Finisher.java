package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.runner.interpreter.Background;
import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineRuntime;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StopReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings the work of a step to a safe end after its build has stopped waiting for it. */
public final class Finisher implements Background {
    private static final Duration REFUSED_WAIT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final HostServices services;
    private final OperationCall call;
    private final PipelineRuntime runtime;
    private Instant giveUp;
    private @Nullable Instant next;

    Finisher(HostServices services, OperationCall call, PipelineRuntime runtime) {
        this.services = services;
        this.call = call;
        this.runtime = runtime;
        this.next = now();
        this.giveUp = now().plus(PATIENCE);
    }

    /** When there is something to do; empty when the step has ended. */
    @Override
    public Optional<Instant> next() {
        return Optional.ofNullable(next);
    }

    /** A tick of the step when it is due; an account that refuses for an hour ends it too. */
    @Override
    public void run() {
        if (next == null || next.isAfter(now())) {
            return;
        }
        LiveStep live = services.live(call);
        RunnerStepHost host = new RunnerStepHost(services, call, live.file(), runtime);
        try {
            Progress progress = live.operation().stop(live.file().saved(), StopReason.ORPHANED, host);
            live.file().save(progress.state());
            giveUp = now().plus(PATIENCE);
            next = progress instanceof Progress.Again again ? now().plus(again.after()) : null;
        } catch (CloudException e) {
            next = now().plus(REFUSED_WAIT);
            if (now().isAfter(giveUp)) {
                host.log(call.functionName() + ": not brought to a safe place: " + e.getMessage());
                next = null;
            }
        }
        if (next == null) {
            services.ended(call);
        }
    }

    private Instant now() {
        return services.world().time().now();
    }
}
