package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.model.ScaleInProtectedInstances;
import io.jenkins.plugins.amirefresh.model.StandbyInstances;
import io.jenkins.plugins.amirefresh.refresh.BatchSize;
import io.jenkins.plugins.amirefresh.refresh.ManagedOptions;
import io.jenkins.plugins.amirefresh.refresh.RefreshPolicy;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.schedule.Blackout;
import io.jenkins.plugins.amirefresh.schedule.WindowTexts;
import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.step.checks.CheckParameters;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork.OnFailure;
import io.jenkins.plugins.amirefresh.step.fleet.OnAbort;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import io.jenkins.plugins.amirefresh.step.preflight.Risk;
import io.jenkins.plugins.amirefresh.step.smoketest.SmokeTesting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code recycleAsgs}, checked and typed.
 *
 * @param strategy null for auto
 * @param window for groups without tags, empty for their environments' own
 * @param smokeTest null for none
 */
record RecycleSettings(
        Parameters parameters,
        GroupSelection selection,
        @Nullable RefreshStrategy strategy,
        Windows windows,
        String window,
        Blackout blackout,
        Duration waitAtMost,
        Missed missed,
        Overrun overrun,
        VersionChoice version,
        RefreshPolicy policy,
        List<Check> checks,
        OnFailure onFailure,
        OnAbort onAbort,
        String failOn,
        String holdOn,
        int maxConcurrent,
        Waves waves,
        @Nullable SmokeTesting smokeTest,
        Set<Risk> allowed,
        Others others,
        boolean isDryRun) {

    /** What becomes of a group that others are at work on when its turn comes: another controller, or AWS by their order. */
    enum Others {
        REFUSE,
        AWAIT
    }

    /** When a group may start. */
    enum Windows {
        WAIT,
        DUE,
        IGNORE
    }

    /** What becomes of a group whose window closed before it could start. */
    enum Missed {
        NEXT,
        AS_SOON_AS_POSSIBLE,
        FAIL
    }

    /** What becomes of a group that its window is too short for. */
    enum Overrun {
        /** It starts as long as its window is open, and goes on to its end. */
        IGNORE,
        /** It does not start, and goes on to its end where it took longer than it should. */
        FINISH,
        /** It ends with the batch in flight, and goes on in its next window. */
        FINISH_BATCH,
        /** It does not start, and goes back where it took longer than it should. */
        ROLL_BACK
    }

    static RecycleSettings of(Parameters parameters) {
        return of(parameters, Others.REFUSE);
    }

    static RecycleSettings of(Parameters parameters, Others others) {
        return new RecycleSettings(
                parameters,
                GroupSelection.of(parameters),
                strategy(parameters),
                windows(parameters.text(RecycleTimes.WINDOWS).orElse("wait")),
                window(parameters),
                blackout(parameters),
                parameters.duration(RecycleTimes.WAIT_AT_MOST).orElse(Duration.ofDays(7)),
                missed(parameters.text(RecycleTimes.MISSED).orElse("next")),
                overrun(parameters.text(RecycleTimes.OVERRUN).orElse("ignore")),
                VersionChoice.of(parameters),
                policy(parameters),
                checks(parameters),
                parameters
                        .text(RecycleAsgs.ON_FAILURE)
                        .filter("stop"::equals)
                        .map(stop -> OnFailure.STOP)
                        .orElse(OnFailure.ROLL_BACK),
                OnAbort.parse(parameters.text(RecycleAsgs.ON_ABORT).orElse("finish-batch")),
                parameters.text(RecycleAsgs.FAIL_ON).orElse("any"),
                parameters.text(RecycleAsgs.HOLD_ON).orElse("any"),
                integer(parameters, RecycleAsgs.MAX_CONCURRENT, 1, 10_000).orElse(10),
                Waves.of(parameters),
                smokeTest(parameters),
                Risk.parse(RecycleAsgs.ALLOW, parameters.list(RecycleAsgs.ALLOW)),
                others,
                parameters.flag(RecycleAsgs.DRY_RUN));
    }

    private static String window(Parameters parameters) {
        String text = parameters.text(RecycleTimes.WINDOW).orElse("");
        Optional<String> problem = text.isEmpty() ? Optional.empty() : WindowTexts.problem(RecycleTimes.WINDOW, text);
        if (problem.isPresent()) {
            String line = problem.get().substring(RecycleTimes.WINDOW.length() + 2);
            throw ParameterException.about(RecycleTimes.WINDOW, line);
        }
        return text;
    }

    private static Blackout blackout(Parameters parameters) {
        return new Blackout(parameters.list(RecycleTimes.BLACKOUT).stream()
                .map(text -> Blackout.parse(text)
                        .orElseThrow(() -> ParameterException.of(RecycleTimes.BLACKOUT, text, Blackout.ALLOWED)))
                .toList());
    }

    private static @Nullable SmokeTesting smokeTest(Parameters parameters) {
        Map<String, Object> given = parameters.map(RecycleAsgs.SMOKE_TEST);
        if (given.isEmpty() && parameters.asMap().containsKey(RecycleAsgs.SMOKE_TEST)) {
            throw ParameterException.of(
                    RecycleAsgs.SMOKE_TEST, "[:]", "parameters of smokeTestAsg; leave it out to test nothing here");
        }
        return given.isEmpty()
                ? null
                : SmokeTesting.of(RecycleAsgs.SMOKE_TEST, given, parameters.text(RecycleAsgs.SLACK_CHANNEL));
    }

    private static List<Check> checks(Parameters parameters) {
        List<Check> checks = CheckParameters.read(parameters.maps(RecycleAsgs.CHECKS));
        Duration limit =
                parameters.limit(RecycleAsgs.INSTANCE_TIME_LIMIT).orElse(RefreshPolicy.DEFAULT.instanceTimeLimit());
        CheckParameters.requireTime(checks, RecycleAsgs.INSTANCE_TIME_LIMIT, limit);
        return checks;
    }

    /** AWS takes a most and a least at most 100 apart, and says so only when a refresh starts, days later. */
    private static void requireRange(Parameters parameters) {
        int min = parameters.integer(RecycleAsgs.MIN_HEALTHY).orElse(100);
        int max = parameters.integer(RecycleAsgs.MAX_HEALTHY).orElse(100);
        if (max <= 200 && max - min > 100) {
            throw ParameterException.of(
                    RecycleAsgs.MAX_HEALTHY, max, (min + 100) + " at most, beside minHealthyPercentage " + min);
        }
    }

    private static RefreshPolicy policy(Parameters parameters) {
        requireRange(parameters);
        RefreshPolicy defaults = RefreshPolicy.DEFAULT;
        RefreshPolicy.Builder policy = defaults.but();
        parameters.limit(RecycleAsgs.INSTANCE_TIME_LIMIT).ifPresent(policy::instanceTimeLimit);
        parameters.limit(RecycleAsgs.BATCH_TIME_LIMIT).ifPresent(policy::batchTimeLimit);
        parameters.limit(RecycleAsgs.TIME_LIMIT).ifPresent(policy::groupTimeLimit);
        return policy.minHealthyPercentage(
                        integer(parameters, RecycleAsgs.MIN_HEALTHY, 0, 100).orElse(null))
                .maxHealthyPercentage(
                        integer(parameters, RecycleAsgs.MAX_HEALTHY, 100, 200).orElse(null))
                .instanceWarmup(parameters.duration(RecycleAsgs.WARMUP).orElse(null))
                .batchSize(batchSize(parameters).orElse(null))
                .scaleInProtectedInstances(parameters
                        .text(RecycleAsgs.PROTECTED)
                        .map(ScaleInProtectedInstances::parse)
                        .orElse(null))
                .standbyInstances(parameters
                        .text(RecycleAsgs.STANDBY)
                        .map(StandbyInstances::parse)
                        .orElse(null))
                .checkpointDelay(
                        parameters.duration(RecycleAsgs.CHECKPOINT_DELAY).orElse(defaults.checkpointDelay()))
                .stopsAfterCanary(parameters.text(RecycleAsgs.STOP_AFTER).isPresent())
                .maxFailures(
                        integer(parameters, RecycleAsgs.MAX_FAILURES, 0, 10_000).orElse(null))
                .managed(managed(parameters))
                .checked(!parameters.maps(RecycleAsgs.CHECKS).isEmpty())
                .build();
    }

    /** A stop after the canary asks for one. */
    private static @Nullable RefreshStrategy strategy(Parameters parameters) {
        RefreshStrategy given = parameters
                .text(RecycleAsgs.STRATEGY)
                .flatMap(RefreshStrategy::parse)
                .orElse(null);
        if (parameters.text(RecycleAsgs.STOP_AFTER).isEmpty()) {
            return given;
        }
        if (given != null && given != RefreshStrategy.CANARY) {
            throw ParameterException.of(RecycleAsgs.STRATEGY, given.text(), "canary, since stopAfter is given");
        }
        return RefreshStrategy.CANARY;
    }

    private static Optional<BatchSize> batchSize(Parameters parameters) {
        return parameters.text(RecycleAsgs.BATCH_SIZE).map(text -> BatchSize.parse(text.trim())
                .orElseThrow(() -> ParameterException.of(
                        RecycleAsgs.BATCH_SIZE, text, "a number from 1 to 10000, or a percentage such as '25%'")));
    }

    private static ManagedOptions managed(Parameters parameters) {
        List<String> alarms = parameters.list(RecycleAsgs.ALARMS);
        if (alarms.size() > 10) {
            throw ParameterException.of(RecycleAsgs.ALARMS, alarms.size() + " names", "at most 10");
        }
        return new ManagedOptions(
                checkpoints(parameters),
                parameters.duration(RecycleAsgs.BAKE_TIME).orElse(null),
                alarms,
                parameters.flag(RecycleAsgs.AUTO_ROLLBACK),
                false);
    }

    private static List<Integer> checkpoints(Parameters parameters) {
        List<Integer> checkpoints = new ArrayList<>();
        for (String text : parameters.list(RecycleAsgs.CHECKPOINTS)) {
            int least = checkpoints.isEmpty() ? 0 : checkpoints.get(checkpoints.size() - 1);
            if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) <= least || Integer.parseInt(text) > 100) {
                throw ParameterException.of(RecycleAsgs.CHECKPOINTS, text, "rising whole numbers from 1 to 100");
            }
            checkpoints.add(Integer.parseInt(text));
        }
        // AWS ends a refresh at its last checkpoint, which would leave the rest outdated.
        if (!checkpoints.isEmpty() && checkpoints.get(checkpoints.size() - 1) < 100) {
            checkpoints.add(100);
        }
        return checkpoints;
    }

    private static Windows windows(String text) {
        return switch (text) {
            case "due" -> Windows.DUE;
            case "ignore" -> Windows.IGNORE;
            default -> Windows.WAIT;
        };
    }

    private static Missed missed(String text) {
        return switch (text) {
            case "asSoonAsPossible" -> Missed.AS_SOON_AS_POSSIBLE;
            case "fail" -> Missed.FAIL;
            default -> Missed.NEXT;
        };
    }

    private static Overrun overrun(String text) {
        return switch (text) {
            case "finish" -> Overrun.FINISH;
            case "finishBatch" -> Overrun.FINISH_BATCH;
            case "rollback" -> Overrun.ROLL_BACK;
            default -> Overrun.IGNORE;
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

    /** An {@code exclude...} parameter of the step or of a wave leaves this group out. */
    boolean excludes(GroupSelection.Known group) {
        return selection.excludes(group)
                || waves.list().stream().anyMatch(wave -> wave.selection().excludes(group));
    }

    /** Risks that were taken on: who says which version it shall be means all that it holds. */
    Set<Risk> takenOn() {
        Set<Risk> risks = EnumSet.noneOf(Risk.class);
        risks.addAll(allowed);
        if (version.isGiven()) {
            risks.add(Risk.OTHER_SETTINGS);
        }
        return risks;
    }

    /** Instances are replaced that run the wanted image from another version which is else the same. */
    boolean replacesSameAmi() {
        return parameters.text(RecycleAsgs.SAME_AMI).filter("replace"::equals).isPresent();
    }
}
