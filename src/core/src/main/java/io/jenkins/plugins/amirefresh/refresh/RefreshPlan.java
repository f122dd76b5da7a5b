package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt brings a group to, and how. Fixed when the attempt starts.
 *
 * @param runId the run, as it stands in tags
 * @param to the version every instance shall be on
 * @param batch instances replaced together, 0 for all
 * @param launchesFirst replacements come before old instances go
 * @param floor healthy instances that stay in service, as far as it is our doing
 * @param warmup how long an instance is in service before it counts, save where it is {@link #proof proven} otherwise
 * @param fixedNetworkInterface an instance must be gone before its replacement can start
 * @param reusesSlots its capacity reservations have no room for all replacements, so later ones wait until what was
 *     terminated is gone; false in state files of older versions
 * @param allowance how long the group's hooks and balancers let instances wait; nothing in state files of older versions
 * @param ownWayBack AWS's own refresh would not see whether the group serves, so a strategy of ours brings it back; false in
 *     state files of older versions
 * @param hasty its load balancer ends new instances from their first moment; false in state files of older versions
 * @param matching what instances may run beside {@code to}; null in state files of older versions and where nobody looked:
 *     then instances of an override's own template are not judged
 * @param wayBack to what the group came from, whose image no failure is laid to; false in state files of older versions
 * @param graceIsWarmup nobody gave a warmup, and the grace period stands for it as in AWS's own refresh; false in state files
 *     of older versions
 * @param ownPossible a strategy of ours can move the group, which AWS's own refresh brings forward; false in state files of
 *     older versions
 */
public record RefreshPlan(
        String runId,
        GroupKey group,
        RefreshStrategy strategy,
        LaunchTemplateId template,
        LaunchTemplateVersion to,
        int batch,
        boolean launchesFirst,
        int floor,
        Duration warmup,
        boolean fixedNetworkInterface,
        RefreshPolicy policy,
        boolean reusesSlots,
        Allowance allowance,
        boolean ownWayBack,
        boolean hasty,
        @Nullable Matching matching,
        boolean wayBack,
        boolean graceIsWarmup,
        boolean ownPossible) {

    /** A state file of an older version has no allowance. */
    public RefreshPlan {
        allowance = allowance == null ? Allowance.NONE : allowance;
    }

    /**
     * A plan with the floor and warmup that policy, strategy and group imply.
     *
     * @param group as it is before the attempt
     */
    public static RefreshPlan of(
            String runId,
            GroupObservation group,
            RefreshStrategy strategy,
            LaunchTemplateId template,
            LaunchTemplateVersion to,
            boolean fixedNetworkInterface,
            RefreshPolicy policy) {
        Shape shape = Shape.of(strategy, policy, group, fixedNetworkInterface);
        return new RefreshPlan(
                runId,
                group.key(),
                strategy,
                template,
                to,
                shape.batch(),
                shape.launchesFirst(),
                shape.floor(),
                warmup(strategy, policy, group),
                fixedNetworkInterface,
                policy,
                false,
                Allowance.NONE,
                AwsReadiness.isBlind(group) && StrategyChoice.ownPossible(group),
                false,
                null,
                false,
                policy.instanceWarmup() == null && group.defaultInstanceWarmup().isZero(),
                StrategyChoice.ownPossible(group));
    }

    /** The healthy instances that stay in service in a group that others made this large: one may go where none comes first. */
    int floorOf(int desired) {
        return Math.max(0, Math.min(floor, launchesFirst ? desired : desired - 1));
    }

    /**
     * How long an instance may take to get healthy. Nothing is better than to go on waiting for what a group goes back to, and
     * its machines may just have shown that they need longer: twice as long, unless somebody gave the limit.
     */
    Duration instanceTimeLimit() {
        Duration limit = policy.instanceTimeLimit();
        return wayBack && !policy.given().contains(TimeLimit.INSTANCE) ? limit.multipliedBy(2) : limit;
    }

    /**
     * How long a new instance has to stay healthy in its load balancers before it counts, in place of a warmup: where a
     * strategy of ours asks them, and nobody said how long to wait. Empty where the warmup tells.
     */
    Optional<Duration> proof() {
        return strategy == RefreshStrategy.INSTANCE_REFRESH || !graceIsWarmup
                ? Optional.empty()
                : allowance.checkTime();
    }

    /**
     * AWS's own order of defaults, but for groups whose load balancers its refresh does not look at: nothing else keeps it from
     * going on while new instances start. Source: EC2 Auto Scaling User Guide, "Understand the default values for an instance
     * refresh".
     */
    private static Duration warmup(RefreshStrategy strategy, RefreshPolicy policy, GroupObservation group) {
        Duration wanted = policy.instanceWarmup();
        if (wanted != null) {
            return wanted;
        }
        if (!group.defaultInstanceWarmup().isZero()) {
            return group.defaultInstanceWarmup();
        }
        Duration grace = group.healthCheckGracePeriod();
        boolean isBlind = strategy == RefreshStrategy.INSTANCE_REFRESH && AwsReadiness.isBlind(group);
        return isBlind && grace.compareTo(Haste.ENOUGH) < 0 ? Haste.ENOUGH : grace;
    }

    /**
     * Why it cannot end in time, empty when it may: each batch has to warm up before the next one begins, and what it was
     * told to watch takes that long. AWS sizes the batches of its own refresh.
     *
     * @param outdated instances to replace
     */
    public Optional<String> tooLong(int outdated) {
        Duration watched = outdated == 0 ? Duration.ZERO : watched();
        boolean isSizedByAws = strategy == RefreshStrategy.INSTANCE_REFRESH || batch == 0;
        int batches = isSizedByAws ? Math.min(1, outdated) : (outdated + batch - 1) / batch;
        Duration each = proof().orElse(warmup);
        if (batches > 0 && each.compareTo(policy.batchTimeLimit()) > 0) {
            return Optional.of("a warmup of " + Trouble.text(each) + " takes longer than a batch's time limit of "
                    + Trouble.text(policy.batchTimeLimit())
                    + "; raise batchTimeLimit, or give a shorter instanceWarmup");
        }
        if (watched.plus(each.multipliedBy(batches)).compareTo(policy.groupTimeLimit()) <= 0) {
            return Optional.empty();
        }
        String watch = watched.isZero() ? "" : Trouble.text(watched) + " of watching (checkpointDelay, bakeTime)";
        String work = batches == 0 ? "" : Tick.count(batches, "batch") + " with a warmup of " + Trouble.text(each);
        return Optional.of(watch + (watch.isEmpty() || work.isEmpty() ? "" : " and ") + work
                + " take longer than the group's time limit of " + Trouble.text(policy.groupTimeLimit())
                + (watch.isEmpty() ? "; raise timeLimit or batchSize" : "; raise timeLimit, or wait for less"));
    }

    /** How long it only watches, as it was told: a canary, or AWS at checkpoints before the last and when it bakes. */
    Duration watched() {
        if (strategy != RefreshStrategy.INSTANCE_REFRESH) {
            return strategy == RefreshStrategy.CANARY ? policy.checkpointDelay() : Duration.ZERO;
        }
        ManagedOptions managed = policy.managed();
        long stops = managed.awaitsService()
                ? 0
                : managed.checkpointPercentages().stream()
                        .filter(percentage -> percentage < 100)
                        .count();
        Duration bakeTime = managed.bakeTime();
        return policy.checkpointDelay().multipliedBy(stops).plus(bakeTime == null ? Duration.ZERO : bakeTime);
    }

    /** The same where replacements need the slots of terminated instances. */
    public RefreshPlan reusingSlots() {
        return but(strategy, to, policy, true, allowance, hasty, matching, wayBack);
    }

    /** The same with what the group's hooks and balancers allow. */
    public RefreshPlan with(Allowance newAllowance) {
        return but(strategy, to, policy, reusesSlots, newAllowance, hasty, matching, wayBack);
    }

    /** The same by another policy. */
    public RefreshPlan with(RefreshPolicy newPolicy) {
        return but(strategy, to, newPolicy, reusesSlots, allowance, hasty, matching, wayBack);
    }

    /** The same where the load balancer ends new instances without giving them time. */
    public RefreshPlan ofHastyGroup() {
        return but(strategy, to, policy, reusesSlots, allowance, true, matching, wayBack);
    }

    /** It may raise sizes or suspend processes for a while, which a tag on the group says as long as it lasts. */
    public boolean makesTemporaryChanges() {
        return strategy != RefreshStrategy.INSTANCE_REFRESH && (launchesFirst || fixedNetworkInterface || reusesSlots);
    }

    /** The same where a look said what instances may run. */
    public RefreshPlan judgedBy(Matching newMatching) {
        return but(strategy, to, policy, reusesSlots, allowance, hasty, newMatching, wayBack);
    }

    /** The same where it is to what the group came from. */
    public RefreshPlan asWayBack() {
        return but(strategy, to, policy, reusesSlots, allowance, hasty, matching, true);
    }

    /** The same way back to the version the group came from. */
    public RefreshPlan backTo(LaunchTemplateVersion version) {
        return backBy(version, null, false);
    }

    /** The same way back to another version than it was to; AWS's own would end instances of others that are right. */
    public RefreshPlan backTo(LaunchTemplateVersion version, @Nullable Matching before) {
        return backBy(version, before, ownPossible && before != null && before.knowsSame());
    }

    /**
     * The same way back to the version the group came from, overrides included.
     *
     * @param state where the attempt stands that is given up
     */
    public RefreshPlan backTo(
            LaunchTemplateVersion version, @Nullable Matching before, RefreshState state, Instant now) {
        return backBy(
                version, before, ownPossible && (Watch.servesUnseenByAws(state, now) || OthersAtWork.holdUp(state)));
    }

    /**
     * Where AWS would not see who serves it is ours, in batches, new first where nothing may be missing; so it is where it
     * would see no difference, or where others suspended what AWS's own needs.
     */
    private RefreshPlan backBy(LaunchTemplateVersion version, @Nullable Matching before, boolean overlooks) {
        boolean isOurs =
                strategy == RefreshStrategy.INSTANCE_REFRESH && (ownWayBack || overlooks || version.equals(to));
        RefreshStrategy back = isOurs ? RefreshStrategy.ROLLING : strategy;
        return but(back, version, policy.forRollback(), reusesSlots, allowance, hasty, before, true);
    }

    private RefreshPlan but(
            RefreshStrategy newStrategy,
            LaunchTemplateVersion newTo,
            RefreshPolicy newPolicy,
            boolean newReusesSlots,
            Allowance newAllowance,
            boolean newHasty,
            @Nullable Matching newMatching,
            boolean isWayBack) {
        return new RefreshPlan(
                runId,
                group,
                newStrategy,
                template,
                newTo,
                batch,
                launchesFirst,
                floor,
                warmup,
                fixedNetworkInterface,
                newPolicy,
                newReusesSlots,
                newAllowance,
                ownWayBack,
                newHasty,
                newMatching,
                isWayBack,
                graceIsWarmup,
                ownPossible);
    }

    /**
     * For people: the time limits, which of them were given, and what AWS may wait for; empty when it waits for nothing worth
     * a word.
     */
    public String limits() {
        String waits = allowance.text();
        if (waits.isEmpty()) {
            return "";
        }
        String limits = Stream.of(TimeLimit.values())
                .map(limit -> limit.text() + " " + Trouble.text(policy.limit(limit)) + " ("
                        + (policy.given().contains(limit) ? "given" : "default") + ")")
                .collect(Collectors.joining(", "));
        boolean allGiven = policy.given().containsAll(Set.of(TimeLimit.values()));
        return "time limits " + limits + (allGiven ? ", which count: " : "; the defaults do not count: ") + waits;
    }

    /** Does not run what the group shall run. */
    public boolean isOutdated(InstanceObservation instance, LaunchSource source) {
        if (matching != null) {
            return !matching.isLike(instance, template, to)
                    && matching.overrides().entrySet().stream()
                            .noneMatch(override -> matching.isLike(instance, override.getKey(), override.getValue()));
        }
        boolean ofAnotherTemplate = !template.equals(instance.template())
                && source.templates().stream().anyMatch(used -> used.id().equals(instance.template()));
        return !instance.isOn(template, to) && !ofAnotherTemplate;
    }

    /** AWS, which compares versions and instance types, would take an instance for right that is not. */
    boolean hasUnlikeInstances() {
        return matching != null && !matching.unlike().isEmpty();
    }

    /** What the group shall launch from: its own source with the wanted numbers. */
    public LaunchSource target(LaunchSource source) {
        LaunchSource wanted = source.withVersion(VersionReference.of(to));
        return matching == null ? wanted : matching.in(wanted);
    }
}
