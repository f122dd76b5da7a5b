package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.model.NamePattern;
import io.jenkins.plugins.amirefresh.powercycle.PowerRules;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Words of the step that fit nothing of all that has a schedule are slips of the pen: refused before anything is changed. */
final class PowerScope {

    private final PowerSettings settings;
    private final PowerRules rules;
    private final Collection<LocatedTarget> targets;

    /** @param targets everything that has a schedule */
    PowerScope(PowerSettings settings, PowerRules rules, Collection<LocatedTarget> targets) {
        this.settings = settings;
        this.rules = rules;
        this.targets = targets;
    }

    /**
     * Names the nearest that exists.
     *
     * @param isWhole every account and region has answered: nobody knows what is in the others
     * @throws ParameterException for an exclusion that is almost an environment, and for names or environments without any
     */
    void require(boolean isWhole) {
        if (settings.excludesByWords()) {
            GroupSelection.requireMeant(
                    PowerCycle.EXCLUDE_ENVIRONMENTS, settings.excludedEnvironments(), this::environments);
        }
        if (!isWhole) {
            return;
        }
        if (targets.stream().noneMatch(target -> target.isNamed(settings.names()))) {
            refuse(
                    PowerCycle.NAMES,
                    settings.names(),
                    "the id, tag Name or name of an instance or group",
                    targets.stream().map(target -> target.target().name()));
        }
        if (environments().noneMatch(known -> NamePattern.anyFitsIgnoringCase(settings.environments(), known))) {
            refuse(PowerCycle.ENVIRONMENTS, settings.environments(), "the environment of something", environments());
        }
    }

    private static void refuse(String parameter, List<String> words, String what, Stream<String> known) {
        if (!words.isEmpty()) {
            throw ParameterException.of(
                    parameter,
                    String.join(",", words),
                    what + " that has a schedule in the accounts and regions of this step; nearest: "
                            + NamePattern.nearest(words, known.filter(name -> !name.isEmpty())));
        }
    }

    private Stream<String> environments() {
        return targets.stream()
                .map(target -> rules.environment(target.target().tags()))
                .flatMap(Optional::stream);
    }
}
