package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.TargetGroupArn;
import io.jenkins.plugins.amirefresh.model.TargetState;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Act;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The load balancers that tell who serves, from the first look on. When others take one away, nobody can tell that any more as
 * it was announced: no old instance ends by our doing until there is one again.
 *
 * @param told those that were announced to tell, for people: {@code target group web}
 * @param ends the group's health check type was ELB: AWS looks at them, too
 * @param lostSince since when one of them is missing and no other came instead, null while none is
 * @param halted AWS's refresh was cancelled for that, and goes on when there is one again
 * @param moved what others did to them, one line; empty for nothing
 * @param added those that others put there since: what they find wrong is no image's fault, nobody saw one answer there
 *     before; none in state files of older versions
 */
record Balancers(
        Set<String> told, boolean ends, @Nullable Instant lostSince, boolean halted, String moved, Set<String> added) {

    /** Whoever deploys with a tool of his own takes them away for minutes. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String UNTOLD = ", so who serves cannot be told";

    Balancers {
        told = Set.copyOf(told);
        added = added == null ? Set.of() : Set.copyOf(added);
    }

    /** The state after this look. */
    static RefreshState look(Tick tick) {
        Balancers known = tick.state().watching().balancers();
        Balancers seen = after(known, tick);
        return seen == null || seen.equals(known)
                ? tick.state()
                : tick.state().with(tick.state().watching().with(seen));
    }

    private static @Nullable Balancers after(@Nullable Balancers known, Tick tick) {
        Set<String> now = telling(tick.sight());
        if (known == null) {
            return now.isEmpty()
                    ? null
                    : new Balancers(now, tick.group().usesLoadBalancerHealthChecks(), null, false, "", Set.of());
        }
        Set<String> missing = without(known.told, now);
        Set<String> more = without(now, known.told);
        if (missing.isEmpty()) {
            return new Balancers(known.told, known.ends, null, known.halted, known.put(more), known.with(more));
        }
        String gone = "others took " + String.join(", ", missing) + " away";
        return more.isEmpty()
                ? new Balancers(
                        known.told,
                        known.ends,
                        known.lostSince == null ? tick.group().at() : known.lostSince,
                        known.halted,
                        gone,
                        known.added)
                : new Balancers(
                        now,
                        known.ends,
                        null,
                        known.halted,
                        gone + " and put " + String.join(", ", more) + " there instead",
                        known.with(more));
    }

    private Set<String> with(Set<String> more) {
        Set<String> all = new TreeSet<>(added);
        all.addAll(more);
        return all;
    }

    private String put(Set<String> more) {
        return added.containsAll(more)
                ? moved
                : "others put " + String.join(", ", with(more)) + " in front of it meanwhile";
    }

    /** Others put it there since the first look. */
    static boolean isAdded(RefreshState state, String balancer) {
        Balancers known = state.watching().balancers();
        return known != null && known.added.contains(balancer);
    }

    /** Others put one there since the first look, which may be what ended an instance. */
    static boolean hasAdded(RefreshState state) {
        Balancers known = state.watching().balancers();
        return known != null && !known.added.isEmpty();
    }

    static String name(TargetGroupArn arn) {
        return "target group " + arn.name();
    }

    static String name(String classic) {
        return "load balancer " + classic;
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    /** A target group without a listener in front is asked by nobody and tells nothing. */
    private static Set<String> telling(GroupSight sight) {
        GroupObservation group = sight.group();
        Set<String> telling = new TreeSet<>();
        for (TargetGroupArn arn : group.targetGroups()) {
            Collection<TargetState> targets =
                    sight.targetHealth().getOrDefault(arn, Map.of()).values();
            if (targets.isEmpty() || !TargetState.isIdle(targets)) {
                telling.add(name(arn));
            }
        }
        group.classicLoadBalancers().forEach(name -> telling.add(name(name)));
        return telling;
    }

    /** What others moved meanwhile, sizes and load balancers, without what {@code told} says. */
    static String moves(RefreshState state, String told) {
        Balancers balancers = state.watching().balancers();
        OthersMove sizes = state.others();
        return Stream.of(sizes == null ? "" : sizes.text(), balancers == null ? "" : balancers.moved)
                .filter(text -> !text.isEmpty() && !told.contains(text))
                .collect(Collectors.joining("; "));
    }

    /** Nothing is cancelled for it any more. */
    Balancers goingOn() {
        return new Balancers(told, ends, lostSince, false, moved, added);
    }

    /** AWS's refresh is cancelled for it. */
    Balancers halting() {
        return new Balancers(told, ends, lostSince, true, moved, added);
    }

    /** Why nobody can tell whether a new instance serves; empty while somebody can. */
    static String untold(RefreshState state) {
        Balancers known = state.watching().balancers();
        return known == null || known.lostSince == null ? "" : "who serves cannot be told, " + known.moved;
    }

    /** Why AWS's refresh would not look who serves any more, as it did at first; empty while it does. */
    static Optional<String> blind(Tick tick) {
        Balancers known = tick.state().watching().balancers();
        if (known == null) {
            return Optional.empty();
        }
        if (known.lostSince != null) {
            return Optional.of(known.moved + UNTOLD);
        }
        return known.ends && !tick.group().usesLoadBalancerHealthChecks()
                ? Optional.of(
                        "others moved the group's health check type from ELB to EC2, so AWS does not look who serves")
                : Optional.empty();
    }

    /** What our own strategy decided, unless that ends who may serve; and no more of it when nobody puts one back. */
    static Decided hold(Tick tick, Strategy strategy) {
        Balancers known = tick.state().watching().balancers();
        Decided decided = strategy.decide(tick);
        if (known == null || known.lostSince == null || tick.isEnding(RefreshState.Ending.Way.LEAVE) || isWhole(tick)) {
            return decided;
        }
        if (isOverdue(tick, known)) {
            return tick.failed(failure(known.moved + UNTOLD));
        }
        return decided.decision() instanceof Act act && act.changes().stream().anyMatch(change -> moves(tick, change))
                ? tick.waiting(waiting(known.moved + UNTOLD))
                : decided;
    }

    /** What follows when AWS's refresh would be blind and is not under way, or was cancelled for that; empty when it may go on. */
    static Optional<Decided> halt(Tick tick) {
        Balancers known = tick.state().watching().balancers();
        Optional<String> why = blind(tick);
        if (known == null || why.isEmpty()) {
            return Optional.empty();
        }
        Instant since = known.lostSince == null ? tick.state().changedAt() : known.lostSince;
        return Optional.of(
                tick.now().isAfter(since.plus(PATIENCE))
                        ? tick.failed(failure(why.get()))
                        : tick.waiting(waiting(why.get())));
    }

    private static boolean isOverdue(Tick tick, Balancers known) {
        return known.lostSince != null && tick.now().isAfter(known.lostSince.plus(PATIENCE));
    }

    private static String waiting(String why) {
        return why + ": no old instance ends, waiting " + Trouble.text(PATIENCE) + " whether they put it back";
    }

    static Failed failure(String why) {
        return Failed.leaving(why + ": put that back first, nothing more is replaced");
    }

    /** All that is left to do ends nobody who may serve. */
    private static boolean isWhole(Tick tick) {
        GroupHealth health = tick.health();
        List<InstanceObservation> current = health.current();
        return health.outdated().isEmpty() && health.healthy(current) == current.size();
    }

    private static boolean moves(Tick tick, Change change) {
        GroupHealth health = tick.health();
        Set<InstanceId> old = new TreeSet<>(Tick.ids(health.outdated()));
        boolean launches = change instanceof Change.SetDesired set && set.desired() > set.before();
        return launches || change.terminates().stream().anyMatch(old::contains);
    }
}
