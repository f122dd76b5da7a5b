package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.HealthStatus;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LifecycleState;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What ends an attempt while instances are being replaced. */
final class Trouble {

    /** New instances that may go at the least, for a zone rebalanced or a Spot instance taken back. */
    private static final int LOST = 2;

    private static final String CHECKS =
            "look whether its checks reach what they ask, and at what the old version answered alike";

    private Trouble() {}

    /** From how many instances on that went it is no longer what happens to any group of this size. */
    static int tooMany(int desired) {
        return Math.max(LOST, (desired + 9) / 10);
    }

    /** The first reason to give up, empty while there is none. */
    static Optional<Failed> of(Tick tick) {
        Integer most = tick.plan().policy().maxFailures();
        Optional<Failed> tooSoon = Haste.failure(tick);
        if (tooSoon.isPresent()) {
            return tooSoon;
        }
        Optional<Failed> failed =
                most == null ? FailedLaunches.failure(tick).or(() -> badInstance(tick)) : tooMany(tick, most);
        return failed.or(() -> tooLate(tick));
    }

    /** New instances that did not get healthy in time and may be replaced by others, since the failures are borne. */
    static List<InstanceObservation> replaceable(Tick tick) {
        Integer most = tick.plan().policy().maxFailures();
        return most == null || tooMany(tick, most).isPresent()
                ? List.of()
                : Stream.of(
                                unproven(tick).filter(instance -> isLate(tick, instance)),
                                broken(tick),
                                Urgency.overdue(tick).stream())
                        .flatMap(found -> found)
                        .distinct()
                        .toList();
    }

    private static Optional<Failed> tooMany(Tick tick, int most) {
        List<InstanceObservation> bad = Stream.concat(
                        unproven(tick)
                                .filter(instance ->
                                        instance.healthStatus() == HealthStatus.UNHEALTHY || isLate(tick, instance)),
                        Stream.of(Broken.of(tick).stream(), broken(tick), Urgency.overdue(tick).stream())
                                .flatMap(found -> found))
                .distinct()
                .toList();
        List<ScalingActivity> launches = FailedLaunches.of(tick);
        int failures = launches.size() + tick.state().lost() + bad.size();
        if (failures <= most) {
            return Optional.empty();
        }
        Findings findings = tick.state().findings();
        Optional<InstanceObservation> blamed = bad.stream()
                .filter(instance -> findings.blames(ailment(tick, instance)) || failsOwnCheck(tick, instance))
                .findFirst();
        String last = bad.isEmpty()
                ? ""
                : ", " + bad.get(0).id() + ": " + tick.health().whyNot(bad.get(0));
        if (bad.isEmpty() && !launches.isEmpty()) {
            last = ", the last launch: " + Losses.words(tick, launches.get(0));
        } else if (bad.isEmpty()) {
            last = ": " + findings.causes();
        }
        return Optional.of(new Failed(
                Tick.count(failures, "failure") + " where " + most + " may be" + last,
                blamed.isPresent() || findings.blamed().isPresent(),
                blamed.filter(instance -> findings.blamed().isEmpty()
                                && !failsOwnCheck(tick, instance)
                                && instance.healthStatus() != HealthStatus.UNHEALTHY)
                        .map(instance -> Lateness.of(tick, instance))
                        .orElse(null)));
    }

    /** The whole group took too long. */
    static Optional<Failed> groupTimeLimit(Tick tick) {
        Duration limit = tick.plan().policy().groupTimeLimit();
        Duration waited =
                notCounted(tick, TimeLimit.GROUP, tick.state().waited().inAttempt());
        Duration unseen = tick.state().waited().gaps().inAttempt();
        if (!isOver(tick.state().startedAt(), limit.plus(waited).plus(unseen), tick.now())) {
            return Optional.empty();
        }
        String over = "not finished within the group's time limit of " + text(limit) + waitedText(waited)
                + unseenText(unseen);
        return Standby.allThatIsLeft(tick, over)
                .or(() -> Optional.of(new Failed(over + Standby.heldBy(tick) + lacking(tick, "timeLimit"))));
    }

    private static Stream<InstanceObservation> unproven(Tick tick) {
        return tick.health().current().stream().filter(instance -> {
            Sighting sighting = tick.state().sightings().get(instance.id());
            return sighting != null && !sighting.proven();
        });
    }

    private static Stream<InstanceObservation> broken(Tick tick) {
        return tick.health().current().stream().filter(instance -> Broken.isLate(tick, instance));
    }

    private static boolean isLate(Tick tick, InstanceObservation instance) {
        Sighting sighting = tick.state().sightings().get(instance.id());
        if (sighting == null) {
            return false;
        }
        Duration limit = tick.plan().instanceTimeLimit().plus(tick.plan().warmup());
        return isOver(Lateness.since(tick, sighting), limit, tick.now())
                && !tick.health().isSettled(instance);
    }

    /** New instances did not stay, whatever else goes on. */
    static Optional<Failed> ofLost(Tick tick) {
        Integer most = tick.plan().policy().maxFailures();
        return most == null ? tooManyLost(tick) : tooMany(tick, most);
    }

    private static Optional<Failed> tooManyLost(Tick tick) {
        Findings findings = tick.state().findings();
        int lost = tick.state().lost() + Broken.of(tick).size();
        boolean isTooMany = lost >= tooMany(tick.desired());
        return isTooMany || findings.blamed().isPresent() || findings.tellsOfHaste()
                ? Optional.of(lost(tick, lost, findings.and(Broken.losses(tick))))
                : Optional.empty();
    }

    private static Optional<Failed> badInstance(Tick tick) {
        Optional<Failed> lost = tooManyLost(tick);
        if (lost.isPresent()) {
            return lost;
        }
        Findings findings = tick.state().findings();
        Optional<Failed> broken =
                broken(tick).findFirst().map(instance -> late(tick, instance, ailment(tick, instance)));
        if (broken.isPresent()) {
            return broken;
        }
        Optional<Failed> needed = Urgency.failure(tick);
        if (needed.isPresent()) {
            return needed;
        }
        for (InstanceObservation instance : unproven(tick).toList()) {
            Ailment ailment = ailment(tick, instance);
            boolean isUnhealthy = instance.healthStatus() == HealthStatus.UNHEALTHY;
            if (isUnhealthy && isKeptForGood(tick, instance)) {
                return Optional.of(keptUnhealthy(tick, instance, findings.blames(ailment)));
            }
            if (isUnhealthy && findings.blames(ailment)) {
                return Optional.of(new Failed(
                        tick.kind() + " instance " + instance.id() + " was marked unhealthy by its group: "
                                + ailment.text(),
                        true));
            }
            Optional<Failed> checks = failedChecks(tick, instance);
            if (checks.isPresent()) {
                return checks;
            }
            if (isLate(tick, instance)) {
                return Optional.of(late(tick, instance, ailment));
            }
        }
        return Optional.empty();
    }

    private static Optional<Failed> failedChecks(Tick tick, InstanceObservation instance) {
        CheckSight checks = tick.health().checks(instance);
        if (!checks.isForGood()) {
            return Optional.empty();
        }
        boolean blames = checks.blamesVersion();
        return Optional.of(new Failed(
                tick.kind() + " instance " + instance.id() + " does not pass " + checks.lacks()
                        + (blames ? "" : tick.inconclusive(CHECKS)),
                blames));
    }

    /** What was proven when nobody looked any more: it fails its checks, or is not healthy again in the time of a start. */
    static Optional<Failed> ofProven(Tick tick, InstanceObservation instance) {
        return failedChecks(tick, instance)
                .or(() -> isLate(tick, instance) && !tick.health().isHealthy(instance)
                        ? Optional.of(late(tick, instance, ailment(tick, instance)))
                        : Optional.empty());
    }

    /** What the group found unhealthy never heals by itself, and nobody replaces it. */
    private static boolean isKeptForGood(Tick tick, InstanceObservation instance) {
        return instance.lifecycleState() == LifecycleState.IN_SERVICE
                && tick.group().suspendedProcesses().contains(ScalingProcess.REPLACE_UNHEALTHY);
    }

    private static Failed keptUnhealthy(Tick tick, InstanceObservation instance, boolean blames) {
        String by = tick.group().usesLoadBalancerHealthChecks()
                ? "EC2's status checks or its load balancer"
                : "EC2's status checks";
        Ailment last = Losses.last(tick.state(), instance.id());
        String seen = last.evidence() == Ailment.Evidence.NONE ? "" : " (" + last.text() + ")";
        String cure = "look at its status checks, and resume ReplaceUnhealthy, then try again";
        return new Failed(
                tick.kind() + " instance " + instance.id() + " has health status Unhealthy by " + by + seen
                        + ", and nobody replaces it since ReplaceUnhealthy is suspended"
                        + (blames ? "; " + cure : tick.inconclusive(cure)),
                blames);
    }

    private static Failed lost(Tick tick, int count, Findings findings) {
        return new Failed(
                Tick.count(count, tick.kind() + " instance") + " did not stay: " + findings.causes()
                        + findings.losses().stream()
                                .filter(loss -> findings.blamed().isEmpty())
                                .map(loss -> findings.inconclusive(loss.ailment()))
                                .filter(text -> !text.isEmpty())
                                .findFirst()
                                .orElse(""),
                findings.blamed().isPresent());
    }

    /** A check that could not be asked, or that the old version fails alike, says nothing of the version. */
    private static Failed late(Tick tick, InstanceObservation instance, Ailment ailment) {
        String reason = tick.kind() + " instance " + instance.id()
                + (Broken.isLate(tick, instance)
                        ? " was healthy and is not any more for "
                                + text(tick.plan().instanceTimeLimit()) + ": "
                        : " is not healthy after " + text(tick.plan().instanceTimeLimit()) + " and its warmup: ")
                + tick.health().whyNot(instance);
        Findings findings = tick.state().findings();
        if (tick.health().lacksCheck(instance)) {
            boolean blames = tick.health().checks(instance).blamesVersion();
            return new Failed(reason + (blames ? "" : tick.inconclusive(CHECKS)), blames);
        }
        return Findings.saysNothing(ailment)
                ? new Failed(reason + tick.inconclusive("look at that, or raise instanceTimeLimit"))
                : new Failed(
                        reason + findings.inconclusive(ailment), findings.blames(ailment), Lateness.of(tick, instance));
    }

    /** It had all the time that it may take, its load balancer found it wrong, and old instances were seen to answer. */
    static boolean isLateByItsFault(Tick tick, InstanceObservation instance) {
        return !tick.health().isOutdated(instance)
                && isLate(tick, instance)
                && tick.state().findings().blames(ailment(tick, instance));
    }

    /** AWS gave up its own refresh; what was seen of the new instances says whether that is their image's fault. */
    static Failed byAws(Tick tick, String line) {
        Findings findings = tick.state().findings();
        Optional<InstanceObservation> late = unproven(tick)
                .filter(instance -> isLateByItsFault(tick, instance))
                .findFirst();
        String causes = findings.lostMeanwhile(tick.kind());
        Optional<Failed> left = Standby.allThatIsLeft(tick, line + causes);
        if (left.isPresent()) {
            return left.get();
        }
        boolean isLost = findings.blamed().isPresent();
        return isLost || late.isPresent()
                ? new Failed(line + causes, true, isLost ? null : Lateness.of(tick, late.get()))
                : new Failed(line + causes + tick.inconclusive("look at that and at the group's activities"));
    }

    private static boolean failsOwnCheck(Tick tick, InstanceObservation instance) {
        return tick.health().lacksCheck(instance)
                && tick.health().checks(instance).blamesVersion();
    }

    private static Ailment ailment(Tick tick, InstanceObservation instance) {
        Ailment last = Losses.last(tick.state(), instance.id());
        return Haste.isTooSoon(tick, instance)
                ? new Ailment(last.text() + " " + Haste.cause(tick), Ailment.Evidence.HASTE)
                : last;
    }

    private static Optional<Failed> tooLate(Tick tick) {
        Instant since = tick.state().batchSince();
        Duration limit = tick.plan().policy().batchTimeLimit();
        Duration waited =
                notCounted(tick, TimeLimit.BATCH, tick.state().waited().inBatch());
        Duration unseen = tick.state().waited().gaps().inBatch();
        Duration all = limit.plus(askedFor(tick.plan())).plus(waited).plus(unseen);
        return since != null && isOver(since, all, tick.now())
                ? Optional.of(new Failed("a batch is not finished within its time limit of " + text(limit)
                        + waitedText(waited) + unseenText(unseen) + lacking(tick, "batchTimeLimit")))
                : Optional.empty();
    }

    /** What was missing when the time was over, which says nothing of the image: no instance had all of its own time. */
    private static String lacking(Tick tick, String limit) {
        GroupHealth health = tick.health();
        int there = InstanceObservation.units(health.staying());
        String missing = health.current().stream()
                .filter(instance -> !health.isHealthy(instance))
                .findFirst()
                .map(instance -> ": " + instance.id() + ": " + health.whyNot(instance))
                .orElse(
                        there < tick.desired()
                                ? ": " + there + " of " + tick.desired()
                                        + (tick.group().isWeighted() ? " units are there" : " instances are there")
                                : "");
        Findings findings = tick.state().findings();
        String cure = findings.tellsOfSpot()
                ? "give the group a base of On-Demand instances or more instance types, then try again"
                : "look what it waited for, or raise " + limit;
        return missing + findings.lostMeanwhile(tick.kind()) + tick.inconclusive(cure);
    }

    /**
     * A limit that somebody gave counts everything. Others wait as often as each instance may be launched and drained once:
     * AWS may launch and drain for ever when it replaces what never gets healthy.
     */
    private static Duration notCounted(Tick tick, TimeLimit limit, Duration waited) {
        if (tick.plan().policy().given().contains(limit)) {
            return Duration.ZERO;
        }
        Allowance allowance = tick.plan().allowance();
        Duration once = allowance.launching().plus(allowance.leaving());
        Duration most = limit == TimeLimit.GROUP ? once.multipliedBy(tick.desired() + 1L) : once;
        return waited.compareTo(most) > 0 ? most : waited;
    }

    private static String waitedText(Duration waited) {
        Duration minutes = Duration.ofMinutes(waited.toMinutes());
        return minutes.isZero() ? "" : ", not counting " + text(minutes) + " of hooks and draining";
    }

    private static String unseenText(Duration unseen) {
        return unseen.isZero() ? "" : ", not counting " + text(unseen) + " in which nobody could look";
    }

    /** AWS gets on with nothing while it waits at a checkpoint or bakes, as it was told. */
    private static Duration askedFor(RefreshPlan plan) {
        ManagedOptions managed = plan.policy().managed();
        Duration bakeTime = managed.bakeTime();
        return (bakeTime == null ? Duration.ZERO : bakeTime)
                .plus(
                        managed.checkpointPercentages().isEmpty()
                                ? Duration.ZERO
                                : plan.policy().checkpointDelay());
    }

    private static boolean isOver(Instant since, Duration limit, Instant now) {
        return now.isAfter(since.plus(limit));
    }

    static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
