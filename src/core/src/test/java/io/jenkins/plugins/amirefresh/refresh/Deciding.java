package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.ScaleInProtectedInstances;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Act;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecision.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model of a group, and a decider that works on it. */
abstract class Deciding {

    final GroupModel model = new GroupModel(0, 4, 4);
    RefreshState state = RefreshState.start(model.now);

    RefreshDecision decide(RefreshPlan plan) {
        Decided decided = RefreshDecider.decide(plan, asked(plan), state, model.now);
        state = decided.state();
        return decided.decision();
    }

    /** No more than was asked for. */
    private GroupSight asked(RefreshPlan plan) {
        GroupSight all = model.sight();
        boolean asksForActivities =
                RefreshDecider.needs(plan, all.group(), state).contains(GroupSight.Read.ACTIVITIES);
        return asksForActivities
                ? all
                : new GroupSight(
                        all.group(),
                        all.targetHealth(),
                        all.classicHealth(),
                        List.of(),
                        all.instanceRefreshes(),
                        Map.of(),
                        all.stateReasons());
    }

    void decideAndMake(RefreshPlan plan) {
        Act act = (Act) decide(plan);
        act.changes().forEach(model::make);
    }

    RefreshDecision drive(RefreshPlan plan) {
        return drive(plan, 1000);
    }

    RefreshDecision drive(RefreshPlan plan, int ticks) {
        RefreshDecision decision = new Wait("");
        for (int tick = 0; tick < ticks; tick++) {
            model.advance(Duration.ofSeconds(15));
            decision = decide(plan);
            if (decision instanceof Act act) {
                act.changes().forEach(model::make);
            } else if (!(decision instanceof Wait)) {
                return decision;
            }
        }
        return decision;
    }

    RestoreTag tagOf(Act act) {
        act.changes().stream().filter(Change.PutTags.class::isInstance).forEach(model::make);
        return RestoreTag.of(model.sight().group()).orElseThrow();
    }

    RefreshPlan plan(RefreshStrategy strategy, RefreshPolicy policy) {
        return RefreshPlan.of(
                "run-1",
                model.sight().group(),
                strategy,
                GroupModel.TEMPLATE,
                new LaunchTemplateVersion(2),
                false,
                policy);
    }

    static RefreshPlan warmingUpFor(Duration warmup, RefreshPlan plan) {
        return new RefreshPlan(
                plan.runId(),
                plan.group(),
                plan.strategy(),
                plan.template(),
                plan.to(),
                plan.batch(),
                plan.launchesFirst(),
                plan.floor(),
                warmup,
                plan.fixedNetworkInterface(),
                plan.policy(),
                plan.reusesSlots(),
                plan.allowance(),
                plan.ownWayBack(),
                plan.hasty(),
                plan.matching(),
                plan.wayBack(),
                false,
                plan.ownPossible());
    }

    static RefreshPolicy policy(int batch, @Nullable ScaleInProtectedInstances protectedInstances) {
        return RefreshPolicy.DEFAULT
                .but()
                .batchSize(batch == 0 ? null : BatchSize.of(batch))
                .scaleInProtectedInstances(protectedInstances)
                .build();
    }
}
