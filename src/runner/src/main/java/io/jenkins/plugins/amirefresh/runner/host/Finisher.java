package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.runner.interpreter.PipelineRuntime;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StopReason;
import java.time.Instant;

/** Brings the work of a step to a safe end after its build has stopped waiting for it. */
public final class Finisher {
    private final HostServices services;
    private final OperationCall call;
    private final PipelineRuntime runtime;

    Finisher(HostServices services, OperationCall call, PipelineRuntime runtime) {
        this.services = services;
        this.call = call;
        this.runtime = runtime;
    }

    /** Works until the step has ended, letting simulated time pass. */
    public void run() {
        LiveStep live = services.live(call);
        RunnerStepHost host = new RunnerStepHost(services, call, live.file(), runtime);
        while (true) {
            Progress progress = live.operation().stop(live.file().saved(), StopReason.ORPHANED, host);
            live.file().save(progress.state());
            if (!(progress instanceof Progress.Again again)) {
                services.ended(call);
                return;
            }
            Instant next = services.world().time().now().plus(again.after());
            services.world().time().advanceTo(next);
        }
    }
}
