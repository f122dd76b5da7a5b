package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which parameters a strategy does not use, once for each strategy of a step: it may be a tag's or a group's facts that
 * chose it, and nobody may think that a parameter works where it does not.
 */
final class UnusedParameters {

    private static final String SAID = "unused:";

    private UnusedParameters() {}

    /** The state in which it is said. */
    static StepState say(
            StepState state, RefreshStrategy strategy, String group, Parameters parameters, StepHost host) {
        String key = SAID + strategy.text();
        if (state.document(key).isPresent()) {
            return state;
        }
        List<String> unused = of(strategy, parameters);
        unused.forEach(line -> host.log(
                RecycleAsgs.NAME + ": " + strategy.text() + ", the strategy of " + group + ", does not use " + line));
        return unused.isEmpty() ? state : state.with(key, "true");
    }

    static List<String> of(RefreshStrategy strategy, Parameters parameters) {
        boolean isManaged = strategy == RefreshStrategy.INSTANCE_REFRESH;
        List<String> unused = new ArrayList<>();
        if (isManaged && parameters.text(RecycleAsgs.BATCH_SIZE).isPresent()) {
            unused.add(RecycleAsgs.BATCH_SIZE + ": AWS sizes the batches of its own refresh");
        }
        if (!isManaged && parameters.integer(RecycleAsgs.MAX_HEALTHY).isPresent()) {
            unused.add(
                    RecycleAsgs.MAX_HEALTHY + ": only AWS's own refresh has a most; ours launches a batch at a time");
        }
        boolean waits =
                isManaged ? !parameters.list(RecycleAsgs.CHECKPOINTS).isEmpty() : strategy == RefreshStrategy.CANARY;
        if (!waits && parameters.duration(RecycleAsgs.CHECKPOINT_DELAY).isPresent()) {
            unused.add(RecycleAsgs.CHECKPOINT_DELAY
                    + (isManaged ? ": there are no checkpointPercentages to wait at" : ": only a canary waits"));
        }
        return unused;
    }
}
