package io.jenkins.plugins.amirefresh.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Act;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random worlds in which a model of a group obeys the decider; a failing seed is in the assertion's description. */
class RefreshWalkTest {

    private static final int WORLDS = 80;

    @ParameterizedTest
    @EnumSource(
            value = RefreshStrategy.class,
            names = {"OUT_IN", "IN_OUT", "ROLLING", "CANARY"})
    void whenTheWorldIsCalm_thenEveryGroupIsWhollyRefreshedAndAsItWas(RefreshStrategy strategy) {
        for (long seed = 0; seed < WORLDS; seed++) {
            walk(seed, strategy, false, false);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RefreshStrategy.class,
            names = {"OUT_IN", "IN_OUT", "ROLLING", "CANARY"})
    void whenAnswersAreLostAndReadsLag_thenTheEndIsTheSame(RefreshStrategy strategy) {
        for (long seed = 0; seed < WORLDS; seed++) {
            walk(seed, strategy, true, false);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RefreshStrategy.class,
            names = {"OUT_IN", "IN_OUT", "ROLLING", "CANARY"})
    void whenAnAutoscalerMoves_thenItsSizeStays(RefreshStrategy strategy) {
        for (long seed = 0; seed < WORLDS; seed++) {
            walk(seed, strategy, false, true);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void whenTheNewVersionIsBad_thenTheRollbackPutsEverythingBack(int size) {
        for (RefreshStrategy strategy : EnumSet.complementOf(EnumSet.of(RefreshStrategy.INSTANCE_REFRESH))) {
            GroupModel model = new GroupModel(size, size, size);
            model.badVersion = 2;
            RefreshPlan plan = plan(model, strategy, 0);
            RefreshState state = RefreshState.start(model.now);
            Decided failed = drive(model, plan, state, new Random(1), false, new ArrayList<>());
            assertThat(failed.decision()).isInstanceOf(RefreshDecision.Failed.class);

            Decided back = drive(
                    model,
                    plan.backTo(new LaunchTemplateVersion(1)),
                    failed.state().next(model.now),
                    new Random(1),
                    false,
                    new ArrayList<>());

            assertThat(back.decision()).isInstanceOf(RefreshDecision.Done.class);
            assertThat(model.isWhollyOn(1)).isTrue();
            assertThat(model.desired + "/" + model.max).isEqualTo(size + "/" + size);
            assertThat(model.suspended).isEmpty();
            assertThat(model.tags).isEmpty();
        }
    }

    private static void walk(long seed, RefreshStrategy strategy, boolean isRough, boolean hasAutoscaler) {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(8);
        GroupModel model =
                new GroupModel(random.nextInt(size + 1), size, size + (random.nextBoolean() ? 0 : random.nextInt(9)));
        model.zones = 1 + random.nextInt(2);
        boolean rebalanceSuspended = random.nextInt(4) == 0;
        if (rebalanceSuspended) {
            model.suspended.add(ScalingProcess.AZ_REBALANCE);
        }
        int max = model.max;
        RefreshPlan plan = plan(model, strategy, random.nextInt(4));
        List<Integer> moves = new ArrayList<>();

        Decided end = drive(
                model, plan, RefreshState.start(model.now), random, isRough, hasAutoscaler ? moves : new NoMoves());

        String world = strategy + " seed " + seed + " " + model.effects;
        assertThat(end.decision()).as(world + end.decision()).isInstanceOf(RefreshDecision.Done.class);
        assertThat(model.isWhollyOn(2)).as(world).isTrue();
        assertThat(model.max).as(world).isEqualTo(max);
        // The owner's maximum holds again at the end, also for what others raised while it was higher.
        int others = moves.stream().mapToInt(Integer::intValue).sum();
        assertThat(model.desired).as(world).isEqualTo(Math.min(size + others, max));
        assertThat(model.suspended.contains(ScalingProcess.AZ_REBALANCE))
                .as(world)
                .isEqualTo(rebalanceSuspended);
        assertThat(model.tags).as(world).isEmpty();
    }

    /** An autoscaler that never moves. */
    private static final class NoMoves extends ArrayList<Integer> {
        private static final long serialVersionUID = 1L;
    }

    private static Decided drive(
            GroupModel model,
            RefreshPlan plan,
            RefreshState start,
            Random random,
            boolean isRough,
            List<Integer> moves) {
        RefreshState state = start;
        GroupSight stale = model.sight();
        int floor = plan.floor();
        for (int tick = 0; tick < 2000; tick++) {
            GroupSight fresh = model.sight();
            GroupSight sight = isRough && random.nextInt(3) == 0 ? stale : fresh;
            stale = fresh;
            RefreshState loaded = Json.read(Json.write(state), RefreshState.class);
            assertThat(loaded).isEqualTo(state);
            Decided decided = RefreshDecider.decide(plan, sight, loaded, model.now);
            state = decided.state();
            if (decided.decision() instanceof Act act) {
                long before = model.healthy();
                state = act(model, act, state, random, isRough);
                if (model.healthy() < before) {
                    assertThat(model.healthy())
                            .as("floor of " + plan.strategy() + " " + model.effects)
                            .isGreaterThanOrEqualTo(Math.min(floor, Math.max(0, model.desired - 1)));
                }
            } else if (!(decided.decision() instanceof Wait)) {
                return decided;
            }
            if (!(moves instanceof NoMoves)
                    && random.nextInt(12) == 0
                    && moves.size() < 3
                    && model.desired < model.max) {
                model.desired++;
                moves.add(1);
            }
            model.advance(Duration.ofSeconds(15));
        }
        throw new AssertionError("no end: " + state + " " + model.effects);
    }

    /** Makes the changes; in a rough world the process dies before, between or after them and loses the answer. */
    private static RefreshState act(GroupModel model, Act act, RefreshState state, Random random, boolean isRough) {
        if (isRough && random.nextInt(4) == 0) {
            int made = random.nextInt(act.changes().size() + 1);
            act.changes().subList(0, made).forEach(model::make);
            return state;
        }
        act.changes().forEach(model::make);
        int retired = act.changes().stream()
                .filter(Change.Retire.class::isInstance)
                .mapToInt(change -> change.terminates().size())
                .sum();
        return state.made(act.changes(), retired);
    }

    private static RefreshPlan plan(GroupModel model, RefreshStrategy strategy, int batch) {
        RefreshPolicy policy = RefreshPolicy.DEFAULT
                .but()
                .batchSize(batch == 0 ? null : BatchSize.of(batch))
                .build();
        return RefreshPlan.of(
                "run-1",
                model.sight().group(),
                strategy,
                GroupModel.TEMPLATE,
                new LaunchTemplateVersion(2),
                false,
                policy);
    }
}
