package io.jenkins.plugins.amirefresh.faultruns;

import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.recorder.GroupSample;
import io.jenkins.plugins.amirefresh.truth.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/** Compares who served while we were at work with what was promised. */
final class ServingJudge {

    /** Two ticks, and the call that cancels. */
    private static final Duration TWO_LOOKS = Duration.ofSeconds(90);

    private final Simulator simulator;
    private final World.Nature nature;

    ServingJudge(Simulator simulator, World.Nature nature) {
        this.simulator = simulator;
        this.nature = nature;
    }

    /**
     * How AWS went on, in a refresh that we began, to end what served although two looks could have seen that too little did;
     * empty when it did not.
     */
    Optional<String> overrun(RefreshPlan plan, GroupResult row, Truth.Group group) {
        Instant from = row.startedAt();
        if (from == null || plan.strategy() != RefreshStrategy.INSTANCE_REFRESH) {
            return Optional.empty();
        }
        AccountRegion at = new AccountRegion(
                row.group().account().value(), row.group().region().value());
        NavigableMap<Instant, GroupSample> history =
                simulator.recorded(recorder -> recorder.history(at, group.name(), from, simulator.now()));
        ToIntFunction<GroupSample> serving = measure(plan, group);
        int promised = history.isEmpty()
                ? 0
                : Math.min(plan.floor(), serving.applyAsInt(history.firstEntry().getValue()));
        Instant seen = Instant.MAX;
        int before = promised;
        for (Map.Entry<Instant, GroupSample> entry : history.entrySet()) {
            int now = serving.applyAsInt(entry.getValue());
            // Others may want fewer than the floor meanwhile, by a schedule to none.
            int least = Math.min(promised, entry.getValue().desired());
            if (now < least && now < before && entry.getKey().isAfter(seen)) {
                return Optional.of(now + " serve at " + entry.getKey() + ", fewer than the floor of " + plan.floor()
                        + " do for long");
            }
            if (now >= least) {
                seen = Instant.MAX;
            } else if (seen.equals(Instant.MAX)) {
                seen = entry.getKey().plus(TWO_LOOKS);
            }
            before = now;
        }
        return Optional.empty();
    }

    /** Who does the group's work, as far as anybody can tell. */
    static SortedSet<String> ready(World.Nature nature, Truth.Group group, Duration warmup) {
        if (!nature.isQuiet()) {
            return group.healthy();
        }
        if (group.isBalanced()) {
            return group.serving();
        }
        boolean isTold = warmup.compareTo(nature.boot()) >= 0 && nature.isGood();
        SortedSet<String> ready = new TreeSet<>(group.healthy());
        group.instances().stream()
                .filter(instance -> isTold && !instance.isAnswering())
                .forEach(instance -> ready.remove(instance.id()));
        return ready;
    }

    /** Behind no load balancer a warmup that is long enough is what tells; without one, running is all. */
    private ToIntFunction<GroupSample> measure(RefreshPlan plan, Truth.Group group) {
        if (group.isBalanced()) {
            return GroupSample::serving;
        }
        return plan.warmup().compareTo(nature.boot()) >= 0 && nature.isGood()
                ? GroupSample::answering
                : GroupSample::inService;
    }
}
