package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A strategy and why.
 *
 * @param reason a few words for people
 * @param policy what was allowed, with what the choice adds to it
 */
public record StrategyChoice(RefreshStrategy strategy, String reason, RefreshPolicy policy) {

    /** What suits a group whose owner and user leave it open. */
    public static StrategyChoice auto(GroupObservation group, LaunchFacts facts, RefreshPolicy policy) {
        if (facts.fixedNetworkInterface()) {
            return new StrategyChoice(RefreshStrategy.IN_OUT, "its template has a fixed network interface", policy);
        }
        Optional<String> onlyAws = onlyAws(group, policy);
        AwsReadiness readiness = AwsReadiness.now(group, facts.hasLaunchHook());
        if (onlyAws.isPresent() && readiness != AwsReadiness.SERVING) {
            return new StrategyChoice(RefreshStrategy.INSTANCE_REFRESH, onlyAws.get(), policy);
        }
        if (group.capacity().desired() == 1 && group.capacity().max() == 1 && room(group, policy) < 1) {
            return new StrategyChoice(RefreshStrategy.IN_OUT, "it has one instance and no room for a second", policy);
        }
        // Left to its defaults, AWS would end the only instance before it starts another one.
        boolean mayBeTwo = readiness == AwsReadiness.SERVING
                ? !group.maintenancePolicy().isSet() && !group.hasWarmPool()
                : room(group, policy) > 0;
        if (group.capacity().desired() == 1 && mayBeTwo) {
            return new StrategyChoice(RefreshStrategy.OUT_IN, "it has one instance and room for a second", policy);
        }
        return switch (readiness) {
            case SERVING ->
                policy.checked()
                        ? batches(group, policy, "AWS's own refresh does not wait for checks")
                        : new StrategyChoice(
                                RefreshStrategy.INSTANCE_REFRESH, "nothing speaks against AWS's own refresh", policy);
            case RUNNING ->
                batches(group, policy, "AWS does not look at its load balancer, since " + AwsReadiness.whyBlind(group));
            case HASTY ->
                new StrategyChoice(
                        RefreshStrategy.CANARY,
                        "one first, since its load balancer ends new instances without a grace period",
                        withinRoom(group, policy)
                                .but()
                                .checkpointDelay(Duration.ZERO)
                                .build());
        };
    }

    /**
     * The way back of a group.
     *
     * @param used how it came forward, null when nobody knows; AWS's own refresh only where that waits for its users
     */
    public static StrategyChoice back(
            @Nullable RefreshStrategy used, GroupObservation group, LaunchFacts facts, RefreshPolicy policy) {
        boolean isBlind =
                used == RefreshStrategy.INSTANCE_REFRESH && AwsReadiness.now(group, true) == AwsReadiness.RUNNING;
        return used == null || isBlind
                ? auto(group, facts, policy)
                : new StrategyChoice(used, "as it came forward", policy);
    }

    /** AWS's refresh would go on as soon as a new instance runs: our own batches wait until it serves, or more. */
    private static StrategyChoice batches(GroupObservation group, RefreshPolicy policy, String why) {
        StrategyChoice first = new StrategyChoice(RefreshStrategy.ROLLING, why, withinRoom(group, policy));
        return room(group, policy) > 0 ? first : first.terminatingFirst(group).orElse(first);
    }

    /**
     * The same for a group without room for replacements first, as far below its capacity as AWS would go; empty where it
     * goes below already, or may not.
     */
    public Optional<StrategyChoice> terminatingFirst(GroupObservation group) {
        boolean isOpen = Shape.minHealthyPercentage(policy, group) == null;
        boolean isInBatches = strategy == RefreshStrategy.ROLLING || strategy == RefreshStrategy.CANARY;
        return isOpen && isInBatches
                ? Optional.of(new StrategyChoice(
                        strategy,
                        reason,
                        policy.but()
                                .minHealthyPercentage(Shape.AWS_MIN_HEALTHY_PERCENTAGE)
                                .build()))
                : Optional.empty();
    }

    /** Batches no larger than what fits beside the group, as long as nobody asked for others and one fits at all. */
    private static RefreshPolicy withinRoom(GroupObservation group, RefreshPolicy policy) {
        int room = room(group, policy);
        int usual = BatchSize.QUARTER.of(group.capacity().desired(), true);
        return policy.batchSize() != null || room < 1 || room >= usual
                ? policy
                : policy.but().batchSize(BatchSize.of(room)).build();
    }

    /** What its owner lets stand beside it, also above the maximum: AWS goes beyond it for a maintenance policy, too. */
    private static int room(GroupObservation group, RefreshPolicy policy) {
        return Shape.maxHealthyPercentage(policy, group)
                .map(percentage -> group.capacity().desired() * Math.max(0, percentage - 100) / 100)
                .orElseGet(() -> group.capacity().max() - group.capacity().desired());
    }

    /** A strategy of ours can move the group as it is, whatever was asked for. */
    static boolean ownPossible(GroupObservation group) {
        return !group.isWeighted() && !group.hasWarmPool();
    }

    /** Why no strategy of ours can move the group, empty when one can. */
    private static Optional<String> onlyAws(GroupObservation group, RefreshPolicy policy) {
        if (group.hasWarmPool()) {
            return Optional.of("only AWS's own refresh brings its warm pool along");
        }
        if (group.isWeighted()) {
            return Optional.of("only AWS's own refresh counts its weighted capacity");
        }
        return policy.managed().equals(ManagedOptions.NONE)
                ? Optional.empty()
                : Optional.of("checkpointPercentages, bakeTime, alarms and autoRollback need AWS's own refresh");
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
