package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import java.util.Optional;

/**
 * A strategy and why.
 *
 * @param reason a few words for people
 */
public record StrategyChoice(RefreshStrategy strategy, String reason) {

    /** What suits a group whose owner and user leave it open. */
    public static StrategyChoice auto(GroupObservation group, boolean fixedNetworkInterface) {
        if (fixedNetworkInterface) {
            return new StrategyChoice(RefreshStrategy.IN_OUT, "its template has a fixed network interface");
        }
        if (group.capacity().desired() == 1 && group.capacity().max() == 1) {
            return new StrategyChoice(RefreshStrategy.IN_OUT, "it has one instance and no room for a second");
        }
        // Left to its defaults, AWS would end the only instance before it starts another one.
        if (group.capacity().desired() == 1 && !group.maintenancePolicy().isSet() && !group.hasWarmPool()) {
            return new StrategyChoice(RefreshStrategy.OUT_IN, "it has one instance and room for a second");
        }
        return new StrategyChoice(RefreshStrategy.INSTANCE_REFRESH, "nothing speaks against AWS's own refresh");
    }

    /** The same, but for a policy that AWS's own refresh cannot follow: AWS ends old instances without asking checks. */
    public StrategyChoice suiting(RefreshPolicy policy) {
        return strategy == RefreshStrategy.INSTANCE_REFRESH && policy.checked()
                ? new StrategyChoice(RefreshStrategy.ROLLING, "AWS's own refresh does not wait for checks")
                : this;
    }

    /** Why the strategy cannot be used on the group, empty when it can. */
    public static Optional<String> refusal(
            RefreshStrategy strategy, RefreshPolicy policy, GroupObservation group, boolean fixedNetworkInterface) {
        boolean isOwn = strategy != RefreshStrategy.INSTANCE_REFRESH;
        if (policy.stopsAfterCanary() && strategy != RefreshStrategy.CANARY) {
            return Optional.of("stopAfter: 'canary' needs the strategy canary, not " + strategy.text());
        }
        if (!isOwn && policy.checked()) {
            return Optional.of("AWS chooses the batches of its own refresh, so checks cannot hold back the next one;"
                    + " use out-in, in-out, rolling or canary, or leave the checks to smokeTestAsg");
        }
        if (isOwn && group.hasWarmPool()) {
            return Optional.of(strategy.text() + " does not refresh the group's warm pool; use instance-refresh");
        }
        if (isOwn && group.isWeighted()) {
            return Optional.of(strategy.text() + " counts instances, and the group's capacity is weighted; use"
                    + " instance-refresh");
        }
        if (strategy == RefreshStrategy.OUT_IN && fixedNetworkInterface) {
            return Optional.of("out-in cannot start a second instance with the template's fixed network interface;"
                    + " use in-out");
        }
        boolean isStrict = policy.minHealthyPercentage() != null && policy.minHealthyPercentage() == 100;
        if (isStrict && strategy == RefreshStrategy.IN_OUT) {
            return Optional.of("in-out cannot keep 100% healthy; use out-in or a lower minHealthyPercentage");
        }
        if (isStrict && isOwn && fixedNetworkInterface) {
            return Optional.of(
                    strategy.text() + " cannot keep 100% healthy with the template's fixed network interface;"
                            + " use a lower minHealthyPercentage");
        }
        if (isOwn && !policy.managed().equals(ManagedOptions.NONE)) {
            return Optional.of("checkpointPercentages, bakeTime, alarms and autoRollback need instance-refresh, not "
                    + strategy.text());
        }
        return Optional.empty();
    }
}
