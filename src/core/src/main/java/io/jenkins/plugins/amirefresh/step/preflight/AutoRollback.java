package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import java.util.Optional;

/**
 * Whether AWS itself can roll an instance refresh back. Source: API reference, RefreshPreferences, AutoRollback; EC2 Auto
 * Scaling User Guide, "Undo changes with a manual or auto rollback".
 */
final class AutoRollback {

    private AutoRollback() {}

    static Optional<Objection> objection(GroupObservation group, LaunchTemplateVersionData target, RefreshPlan plan) {
        if (!plan.policy().managed().autoRollback() || plan.strategy() != RefreshStrategy.INSTANCE_REFRESH) {
            return Optional.empty();
        }
        Optional<String> alias = group.launchSource().templates().stream()
                .map(template -> template.version())
                .filter(version -> !(version instanceof VersionReference.Numbered))
                .map(VersionReference::text)
                .findFirst();
        if (alias.isPresent()) {
            return Optional.of(objection(
                    "the group names " + alias.get(), "let it name a number, or leave autoRollback to onFailure"));
        }
        return target.imageId().startsWith("resolve:")
                ? Optional.of(objection(
                        "version " + target.version() + " names " + target.imageId(),
                        "leave autoRollback to onFailure"))
                : Optional.empty();
    }

    private static Objection objection(String why, String cure) {
        return new Objection(Risk.AUTO_ROLLBACK, "AWS refuses autoRollback, since " + why + "; " + cure);
    }
}
