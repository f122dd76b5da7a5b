package io.jenkins.plugins.amirefresh.runner.rehearsal;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A step that counts to {@code to}, a minute each; its stop takes {@code stopTicks} minutes. The count is its only state.
 * The account refuses it from {@code refusedAt} on, and its first {@code refusedStops} stops. With {@code lock} it holds the lock of web.
 */
record CountingStep() implements StepDefinition {
    @Override
    public String functionName() {
        return "countTo";
    }

    @Override
    public String summary() {
        return "Counts.";
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(
                ParameterSpec.required("to", ParameterType.INTEGER, "Where to end."),
                ParameterSpec.optional("stopTicks", ParameterType.INTEGER, "0", "Minutes a stop takes."),
                ParameterSpec.choice("verdict", List.of("NONE", "UNSTABLE", "FAILURE"), "NONE", "For the build."),
                ParameterSpec.optional("fail", ParameterType.BOOLEAN, "false", "Whether it fails in the end."),
                ParameterSpec.optional("refusedAt", ParameterType.INTEGER, "0", "The count that AWS refuses."),
                ParameterSpec.optional("refusedStops", ParameterType.INTEGER, "0", "Stops that AWS refuses."),
                ParameterSpec.optional("lock", ParameterType.BOOLEAN, "false", "Whether it holds the lock of web."));
    }

    @Override
    public StepOperation operation(Parameters parameters) {
        return new Operation(
                parameters.integer("to").orElse(0),
                parameters.integer("stopTicks").orElse(0),
                parameters.text("verdict").orElse("NONE"),
                parameters.flag("fail"),
                parameters.integer("refusedAt").orElse(0),
                new AtomicInteger(parameters.integer("refusedStops").orElse(0)),
                parameters.flag("lock"));
    }

    @Override
    public boolean needsAgent() {
        return false;
    }

    private record Operation(
            int to,
            int stopTicks,
            String verdict,
            boolean fails,
            int refusedAt,
            AtomicInteger refusedStops,
            boolean locks)
            implements StepOperation {
        private static final GroupKey WEB = GroupKey.parse("111111111111/eu-west-1/web");

        @Override
        public Progress advance(StepState state, StepHost host) {
            int count = number(state, "count") + 1;
            if (count == refusedAt) {
                throw refusal();
            }
            if (locks) {
                host.locks()
                        .acquire(WEB, host.run().lockHolder())
                        .ifPresent(holder -> host.log("web is held by " + holder.stepId()));
            }
            StepState next = state.with("count", String.valueOf(count));
            host.save(next);
            host.log("count " + count + " of " + to + " for "
                    + host.environment().getOrDefault("WHO", "nobody"));
            if (count < to) {
                return new Progress.Again(next, Duration.ofMinutes(1));
            }
            return fails
                    ? new Progress.Failed(next, "counted in vain")
                    : new Progress.Done(next, Map.of("count", count), Progress.BuildVerdict.valueOf(verdict));
        }

        @Override
        public Progress stop(StepState state, StopReason reason, StepHost host) {
            if (refusedStops.getAndDecrement() > 0) {
                throw refusal();
            }
            int done = number(state, "stopped") + 1;
            StepState next = state.with("stopped", String.valueOf(done));
            host.log("stopping, " + reason + ", " + done);
            if (locks && done > stopTicks) {
                host.locks().release(WEB, host.run().lockHolder());
            }
            return done <= stopTicks
                    ? new Progress.Again(next, Duration.ofMinutes(1))
                    : new Progress.Done(next, Map.of(), Progress.BuildVerdict.NONE);
        }

        private static CloudException refusal() {
            return new CloudException.AccessDenied(
                    "TerminateInstance of i-1 in eu-west-1: AccessDenied", "AccessDenied", null);
        }

        @Override
        public String describe(StepState state) {
            return "at " + number(state, "count");
        }

        private static int number(StepState state, String key) {
            return state.document(key).map(Integer::parseInt).orElse(0);
        }
    }
}
