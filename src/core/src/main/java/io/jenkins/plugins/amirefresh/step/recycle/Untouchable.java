package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LifecycleState;
import io.jenkins.plugins.amirefresh.refresh.RefreshPolicy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Outdated instances that nobody said what to do with. */
final class Untouchable {

    private Untouchable() {}

    static Optional<String> refusal(List<InstanceObservation> outdated, RefreshPolicy policy) {
        String protectedOnes = names(outdated.stream()
                .filter(InstanceObservation::protectedFromScaleIn)
                .toList());
        if (!protectedOnes.isEmpty() && policy.scaleInProtectedInstances() == null) {
            return Optional.of(
                    "protected from scale in: " + protectedOnes + "; say what to do with scaleInProtectedInstances");
        }
        String standby = names(outdated.stream()
                .filter(instance -> instance.lifecycleState() == LifecycleState.STANDBY)
                .toList());
        return standby.isEmpty() || policy.standbyInstances() != null
                ? Optional.empty()
                : Optional.of("in standby: " + standby + "; say what to do with standbyInstances");
    }

    private static String names(List<InstanceObservation> instances) {
        return instances.stream().map(instance -> instance.id().value()).collect(Collectors.joining(", "));
    }
}
