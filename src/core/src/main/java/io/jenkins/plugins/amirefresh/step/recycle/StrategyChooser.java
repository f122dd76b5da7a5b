package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.refresh.LaunchFacts;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RefreshPolicy;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.refresh.StrategyChoice;
import io.jenkins.plugins.amirefresh.step.preflight.Preflight;
import java.util.Optional;
import java.util.function.Function;

/**
 * Chooses a strategy where nobody did, by what there is room for. Changes nothing.
 *
 * @param planned the plan that a choice comes to
 * @param outdated how many instances have to be replaced
 */
record StrategyChooser(
        Place place,
        GroupObservation group,
        LaunchTemplateVersionData target,
        LaunchFacts facts,
        Preflight preflight,
        Function<StrategyChoice, RefreshPlan> planned,
        int outdated) {

    StrategyChoice auto(RefreshPolicy policy) {
        StrategyChoice first = StrategyChoice.auto(group, facts, policy);
        return terminatingFirst(first).orElseGet(() -> inOut(first).orElse(first));
    }

    /** Where replacements have no room first, old instances go first, as far below capacity as AWS would go. */
    private Optional<StrategyChoice> terminatingFirst(StrategyChoice first) {
        Optional<StrategyChoice> lower = first.terminatingFirst(group);
        RefreshPlan meant = planned.apply(first);
        int launches = Preflight.launchedFirst(group, meant, outdated);
        return lower.filter(choice -> preflight.lacksRoom(place, group, target, launches));
    }

    /** In-out where too few replacements have room, as long as it keeps as much capacity as was meant to stay. */
    private Optional<StrategyChoice> inOut(StrategyChoice first) {
        StrategyChoice inOut = new StrategyChoice(
                RefreshStrategy.IN_OUT,
                "its capacity reservations have no room for replacements first",
                first.policy());
        RefreshPlan meant = planned.apply(first);
        RefreshPlan plan = planned.apply(inOut);
        int together = Math.max(
                Preflight.launchedFirst(group, meant, outdated),
                Math.min(outdated, group.capacity().desired() - meant.floor()));
        boolean fits = plan.floor() >= meant.floor()
                && StrategyChoice.refusal(inOut.strategy(), plan.policy(), group, plan.fixedNetworkInterface())
                        .isEmpty();
        return fits && preflight.isTight(place, group, target, together) ? Optional.of(inOut) : Optional.empty();
    }
}
