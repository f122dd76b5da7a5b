package io.jenkins.plugins.amirefresh.faultruns;

import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.scenario.MortalHttpClient;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.truth.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a build and its account: lets others act at their moments, keeps the accounts of all groups, and judges
 * each of our calls.
 */
final class Watch implements MortalHttpClient.Watcher {

    private final Simulator simulator;
    private final List<Move> pending;
    private final Map<String, Account> accounts = new TreeMap<>();
    private final Map<String, RefreshPlan> plans = new HashMap<>();
    private final Map<String, Integer> planBases = new HashMap<>();
    private final Map<String, Integer> planSurges = new HashMap<>();
    private final Map<String, SortedSet<String>> healthyAtRead = new HashMap<>();
    private final Map<String, Integer> surgeAtRead = new HashMap<>();
    private final Map<String, Sizes> known = new HashMap<>();
    private final Set<String> terminated = new HashSet<>();
    private final Set<String> confirmed = new HashSet<>();
    private final List<Violation> violations = new ArrayList<>();
    private final List<String> happened = new ArrayList<>();
    private final SortedSet<String> traits = new TreeSet<>();
    private Truth truth;
    private Instant truthAt;
    private Truth read;
    private Truth lastRead;
    private final World.Nature nature;
    final Recent recent;
    private final Defaults defaults = new Defaults();
    private int calls;
    private int largest;
    private Optional<Rival> rival = Optional.empty();

    Watch(Simulator simulator, List<Move> moves, World.Nature nature) {
        this.nature = nature;
        this.recent = new Recent(nature);
        this.simulator = simulator;
        this.pending = new ArrayList<>(moves);
        this.pending.sort(Comparator.comparing(Move::after));
        this.truth = Truth.of(simulator);
        this.truthAt = simulator.now();
        this.read = truth;
        this.lastRead = truth;
        truth.groups().forEach((name, group) -> accounts.put(name, new Account(name, group)));
        truth.goners().forEach((name, group) -> accounts.put(name, new Account(name, group)));
    }

    /** What must not have been. */
    List<Violation> violations() {
        return violations;
    }

    void violated(Violation violation) {
        if (Waiting.INVARIANTS.contains(violation.invariant())) {
            return;
        }
        violations.add(violation);
        happened.add(simulator.now() + " VIOLATION " + violation);
    }

    /** Every call of ours that changes something, and every move of others, in words. */
    List<String> happened() {
        return happened;
    }

    /** Of the moves that were made. */
    SortedSet<String> traits() {
        return traits;
    }

    Account account(String group) {
        return java.util.Objects.requireNonNull(accounts.get(group), group);
    }

    Map<String, Account> accounts() {
        return accounts;
    }

    /** How it is now. */
    Truth now() {
        if (!simulator.now().equals(truthAt)) {
            theirs(Truth.of(simulator));
        }
        return truth;
    }

    private void remember(Truth now) {
        truth = now;
        truthAt = simulator.now();
        recent.add(truthAt, now);
    }

    private void theirs(Truth after) {
        Truth before = truth;
        remember(after);
        after.groups().forEach((name, group) -> {
            Truth.Group earlier = before.groups().get(name);
            if (earlier != null) {
                account(name).theirs(earlier, group);
            }
        });
    }

    /** The plan that a group's work began with in this step. */
    void planned(RefreshPlan plan) {
        String group = plan.group().name().value();
        plans.put(group, plan);
        if (!now().groups().containsKey(group)) {
            return;
        }
        planBases.put(group, now().group(group).desired() - account(group).surge());
        planSurges.put(group, Math.max(0, account(group).surge()));
    }

    /** That plan. */
    Optional<RefreshPlan> plan(String group) {
        return Optional.ofNullable(plans.get(group));
    }

    Simulator simulator() {
        return simulator;
    }

    /** What was changed has no end in sight: hundreds of calls, and a hundred instances, are usual. */
    boolean isRunaway() {
        return calls > 5000 || largest > 200;
    }

    void forgetPlans() {
        plans.clear();
        planBases.clear();
    }

    /** Another controller works on the same groups from now on. */
    void meets(Rival newRival) {
        rival = Optional.of(newRival);
    }

    /** Lets time pass, others acting at their moments. */
    void pass(Instant until) {
        for (Optional<Runnable> next = next(until); next.isPresent(); next = next(until)) {
            next.get().run();
        }
        advanceTo(until);
    }

    /** What happens next by others, empty when nothing does until then. */
    private Optional<Runnable> next(Instant until) {
        Instant move = pending.isEmpty()
                ? Instant.MAX
                : WorldMaker.START.plus(pending.get(0).after());
        Instant theirs = rival.flatMap(Rival::due).orElse(Instant.MAX);
        if (move.isAfter(until) && theirs.isAfter(until)) {
            return Optional.empty();
        }
        return move.isAfter(theirs)
                ? rival.map(other -> () -> {
                    advanceTo(theirs);
                    other.act(simulator.now());
                })
                : Optional.of(() -> {
                    advanceTo(move);
                    make(pending.remove(0));
                });
    }

    private void advanceTo(Instant moment) {
        while (recent.isKept() && simulator.now().isBefore(moment.minus(Recent.STEP))) {
            simulator.advanceTo(simulator.now().plus(Recent.STEP));
            now();
        }
        if (moment.isAfter(simulator.now())) {
            simulator.advanceTo(moment);
        }
    }

    /** Lets the other controller come to its end. */
    void passUntilAlone(Instant latest) {
        Optional<Instant> due = rival.flatMap(Rival::due);
        while (due.isPresent() && !due.get().isAfter(latest)) {
            pass(due.get());
            due = rival.flatMap(Rival::due);
        }
    }

    private void make(Move move) {
        Truth before = now();
        Optional<String> outcome = move.make(simulator, before);
        outcome.ifPresent(text -> {
            happened.add(simulator.now() + " others: " + move.group() + " " + text);
            if (text.contains(" done: ")) {
                traits.add("move:" + move.kind().name().toLowerCase(java.util.Locale.ROOT));
            }
            if (move.kind() == Move.Kind.MOVE_DEFAULT && text.contains(" done: ")) {
                defaults.moved(before, before.group(move.group()));
            }
            if (move.kind() == Move.Kind.SUSPEND) {
                account(move.group()).suspendedAgain(move.process());
            }
        });
        theirs(Truth.of(simulator));
    }

    @Override
    public void sending(MortalHttpClient.Call call) {
        if (!call.isMutating()) {
            return;
        }
        calls++;
        List<Move> due =
                pending.stream().filter(move -> move.beforeCall() == calls).toList();
        pending.removeAll(due);
        due.forEach(this::make);
        now();
    }

    @Override
    public void sent(MortalHttpClient.Call call, int status) {
        if (status == 200) {
            defaults.sent(call).ifPresent(what -> violated(new Violation(Invariant.DEFAULTS, "", what)));
        }
        if (call.isMutating()) {
            changed(call, status);
            return;
        }
        // Nobody has seen what AWS did not answer.
        String answered = status == 200 ? call.operation() : "";
        if (answered.equals("DescribeAutoScalingGroups")) {
            lastRead = now();
            known.clear();
            lastRead.groups().forEach((name, group) -> known.put(name, Sizes.of(group)));
            if (!call.parameters().containsKey("AutoScalingGroupNames.member.1")) {
                seen(true);
            }
        } else if (answered.equals("DescribeTargetHealth")) {
            seen(false);
        }
    }

    /** Healthy at any read since the groups were last read counts as healthy: each read is of another moment. */
    private void seen(boolean isGroups) {
        Truth now = now();
        if (isGroups) {
            read = now;
            terminated.clear();
        }
        now.groups().forEach((name, group) -> {
            if (isGroups) {
                healthyAtRead.put(name, ready(group));
                surgeAtRead.put(name, account(name).surge());
            } else {
                healthyAtRead.computeIfAbsent(name, key -> new TreeSet<>()).addAll(ready(group));
            }
            healthyAtRead.get(name).addAll(recent.seemedHealthy(group));
        });
    }

    private SortedSet<String> ready(Truth.Group group) {
        Duration warmup = plan(group.name()).map(RefreshPlan::warmup).orElse(Duration.ZERO);
        return new TreeSet<>(ServingJudge.ready(nature, group, warmup));
    }

    private void changed(MortalHttpClient.Call call, int status) {
        Truth before = truth;
        Truth after = Truth.of(simulator);
        remember(after);
        String group = Affected.group(call, before);
        happened.add(simulator.now() + " ours: " + status + " " + call.operation() + " " + call.parameters());
        if (group.isEmpty() || !after.groups().containsKey(group)) {
            return;
        }
        Truth.Group was = before.group(group);
        Truth.Group is = after.group(group);
        largest = Math.max(largest, is.desired());
        boolean isLease =
                call.parameters().getOrDefault("Tags.member.1.Key", "").startsWith("ami-refresh:lease:");
        if (!isLease && (status == 200 || !was.equals(is))) {
            account(group).touch();
        }
        if (status == 200 || !was.equals(is)) {
            overtaking(call, group, was, is);
        }
        account(group).ours(was, is).forEach(this::violated);
        if (call.operation().equals("TerminateInstanceInAutoScalingGroup")) {
            terminated(call, group, was, is, status);
        } else if (is.desired() < was.desired()) {
            lowered(group, is);
        }
    }

    /** A size that others set since it was read is overwritten; what our own calls made of it meanwhile is known. */
    private void overtaking(MortalHttpClient.Call call, String group, Truth.Group was, Truth.Group is) {
        Sizes seen = known.getOrDefault(group, Sizes.of(was));
        boolean setsDesired = call.operation().equals("SetDesiredCapacity");
        boolean setsMax = call.parameters().containsKey("MaxSize");
        if (setsDesired) {
            int hidden = is.desired() == was.desired() ? recent.concealedDesired(group, was.desired()) : 0;
            account(group).overtakenDesired(seen.desired() == was.desired() ? hidden : was.desired() - seen.desired());
            if (seen.desired() != was.desired()) {
                traits.add("race:overtaken");
            }
        }
        if (setsMax && seen.max() != was.max()) {
            account(group).overtakenMax(seen.max());
            traits.add("race:overtaken");
        }
        if (call.operation().equals("SuspendProcesses") && lastRead.groups().containsKey(group)) {
            SortedSet<String> between = new TreeSet<>(was.suspended());
            between.removeAll(lastRead.group(group).suspended());
            between.retainAll(call.parameters().values());
            between.forEach(account(group)::overtakenSuspension);
        }
        int desired = setsDesired ? is.desired() : seen.desired() + is.desired() - was.desired();
        known.put(group, new Sizes(desired, setsMax ? is.max() : seen.max()));
    }

    private void terminated(MortalHttpClient.Call call, String group, Truth.Group was, Truth.Group is, int status) {
        String id = String.valueOf(call.parameters().get("InstanceId"));
        boolean wasLeaving = isLeaving(id, was);
        boolean isShown = isLeaving(id, lastRead.groups().get(group)) && !recent.showsStaying(group, id);
        boolean wasKnown = terminated.contains(id) || isShown;
        if (wasLeaving && wasKnown && is.desired() < was.desired()) {
            violated(new Violation(Invariant.ONCE, group, "desired capacity lowered again for " + id));
        }
        if (confirmed.contains(id)) {
            violated(new Violation(Invariant.ONCE, group, id + " terminated again"));
        }
        if (status == 200) {
            confirmed.add(id);
        }
        boolean leaves =
                is.instances().stream().noneMatch(instance -> instance.id().equals(id) && !instance.isLeaving());
        if (leaves && !wasLeaving) {
            terminated.add(id);
            if (healthyAtRead.getOrDefault(group, new TreeSet<>()).contains(id) && !recent.showsUnwell(group, id)) {
                requireFloor(group, 0, "terminating " + id);
            }
        }
    }

    private static boolean isLeaving(String id, Truth.@Nullable Group group) {
        return group != null
                && group.instances().stream().anyMatch(instance -> instance.id().equals(id) && instance.isLeaving());
    }

    /** AWS chooses when more count than are desired. */
    private void lowered(String group, Truth.Group is) {
        long counting = is.counting().stream()
                .filter(instance -> !terminated.contains(instance.id()))
                .count();
        int chosen = (int) Math.max(0, counting - is.desired());
        if (chosen > 0) {
            requireFloor(group, chosen, "letting AWS choose " + chosen);
        }
    }

    private void requireFloor(String group, int more, String what) {
        RefreshPlan plan = plans.get(group);
        if (plan == null || !read.groups().containsKey(group)) {
            return;
        }
        int base = read.group(group).desired() - surgeAtRead.getOrDefault(group, 0);
        int taken = Math.max(0, planBases.getOrDefault(group, base) - base);
        int planned = Math.max(0, plan.floor() - planSurges.getOrDefault(group, 0) - taken);
        // Others who scaled out above their own maximum, while ours was higher, lose that with it.
        int floor = Math.min(planned, now().group(group).max());
        SortedSet<String> rest = new TreeSet<>(healthyAtRead.getOrDefault(group, new TreeSet<>()));
        rest.removeAll(terminated);
        if (rest.size() - more < floor) {
            violated(new Violation(
                    Invariant.FLOOR,
                    group,
                    what + " leaves " + (rest.size() - more) + " healthy, the floor is " + floor + " ("
                            + plan.strategy() + ", desired " + base + ")"));
        }
    }
}
