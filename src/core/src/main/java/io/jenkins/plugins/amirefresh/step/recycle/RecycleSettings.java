package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.ScaleInProtectedInstances;
import io.jenkins.plugins.amirefresh.model.StandbyInstances;
import io.jenkins.plugins.amirefresh.refresh.RefreshPolicy;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork.OnFailure;
import io.jenkins.plugins.amirefresh.step.fleet.OnAbort;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code recycleAsgs}, checked and typed.
 *
 * @param strategy null for auto
 * @param version null for this run's
 */
record RecycleSettings(
        Parameters parameters,
        GroupSelection selection,
        @Nullable RefreshStrategy strategy,
        Windows windows,
        Duration waitAtMost,
        @Nullable LaunchTemplateVersion version,
        RefreshPolicy policy,
        OnFailure onFailure,
        OnAbort onAbort,
        String failOn,
        String holdOn,
        int maxConcurrent,
        boolean isDryRun) {

    /** When a group may start. */
    enum Windows {
        WAIT,
        DUE,
        IGNORE
    }

    static RecycleSettings of(Parameters parameters) {
        return new RecycleSettings(
                parameters,
                GroupSelection.of(parameters),
                parameters
                        .text(RecycleAsgs.STRATEGY)
                        .flatMap(RefreshStrategy::parse)
                        .orElse(null),
                windows(parameters.text(RecycleAsgs.WINDOWS).orElse("wait")),
                parameters.duration(RecycleAsgs.WAIT_AT_MOST).orElse(Duration.ofDays(7)),
                integer(parameters, RecycleAsgs.VERSION, 1, Integer.MAX_VALUE)
                        .map(LaunchTemplateVersion::new)
                        .orElse(null),
                policy(parameters),
                parameters
                        .text(RecycleAsgs.ON_FAILURE)
                        .filter("stop"::equals)
                        .map(stop -> OnFailure.STOP)
                        .orElse(OnFailure.ROLL_BACK),
                OnAbort.parse(parameters.text(RecycleAsgs.ON_ABORT).orElse("finish-batch")),
                parameters.text(RecycleAsgs.FAIL_ON).orElse("any"),
                parameters.text(RecycleAsgs.HOLD_ON).orElse("any"),
                integer(parameters, RecycleAsgs.MAX_CONCURRENT, 1, 10_000).orElse(10),
                parameters.flag(RecycleAsgs.DRY_RUN));
    }

    private static RefreshPolicy policy(Parameters parameters) {
        RefreshPolicy defaults = RefreshPolicy.DEFAULT;
        return new RefreshPolicy(
                integer(parameters, RecycleAsgs.MIN_HEALTHY, 0, 100).orElse(null),
                integer(parameters, RecycleAsgs.MAX_HEALTHY, 100, 200).orElse(null),
                parameters.duration(RecycleAsgs.WARMUP).orElse(null),
                integer(parameters, RecycleAsgs.BATCH_SIZE, 1, 10_000).orElse(0),
                parameters.duration(RecycleAsgs.INSTANCE_TIME_LIMIT).orElse(defaults.instanceTimeLimit()),
                parameters.duration(RecycleAsgs.BATCH_TIME_LIMIT).orElse(defaults.batchTimeLimit()),
                parameters.duration(RecycleAsgs.TIME_LIMIT).orElse(defaults.groupTimeLimit()),
                parameters
                        .text(RecycleAsgs.PROTECTED)
                        .map(ScaleInProtectedInstances::parse)
                        .orElse(null),
                parameters
                        .text(RecycleAsgs.STANDBY)
                        .map(StandbyInstances::parse)
                        .orElse(null));
    }

    private static Windows windows(String text) {
        return switch (text) {
            case "due" -> Windows.DUE;
            case "ignore" -> Windows.IGNORE;
            default -> Windows.WAIT;
        };
    }

    private static Optional<Integer> integer(Parameters parameters, String name, int least, int most) {
        Optional<Integer> value = parameters.integer(name);
        if (value.isPresent() && (value.get() < least || value.get() > most)) {
            String allowed =
                    most == Integer.MAX_VALUE ? least + " or more" : "a whole number from " + least + " to " + most;
            throw ParameterException.of(name, value.get(), allowed);
        }
        return value;
    }
}
