package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LifecycleState;
import io.jenkins.plugins.amirefresh.model.ScaleInProtectedInstances;
import io.jenkins.plugins.amirefresh.model.StandbyInstances;
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

    /** None of them is to be replaced, and no other one runs: nothing would prove what the group launches next. */
    static Optional<String> nobodyLeft(
            GroupObservation group,
            List<InstanceObservation> outdated,
            RefreshPolicy policy,
            LaunchTemplateVersion to) {
        boolean hasOthers = group.instances().stream()
                .anyMatch(instance -> !instance.lifecycleState().isLeaving()
                        && !instance.lifecycleState().isWarmed()
                        && !outdated.contains(instance));
        boolean isNobody = !outdated.isEmpty()
                && !hasOthers
                && outdated.stream()
                        .allMatch(instance -> (isStandby(instance)
                                        && policy.standbyInstances() == StandbyInstances.IGNORE)
                                || (instance.protectedFromScaleIn()
                                        && policy.scaleInProtectedInstances() == ScaleInProtectedInstances.IGNORE));
        return isNobody
                ? Optional.of("every instance is left alone as asked: " + names(outdated)
                        + "; none would be replaced, so nothing would prove version " + to
                        + ", which the next launch would bring: release one, or say Refresh, Terminate or Wait for"
                        + " them instead of Ignore")
                : Optional.empty();
    }

    /** None of them may go before people release it. */
    static boolean waitsFor(List<InstanceObservation> outdated, RefreshPolicy policy) {
        return outdated.stream()
                .allMatch(instance -> (isStandby(instance) && policy.standbyInstances() == StandbyInstances.WAIT)
                        || (instance.protectedFromScaleIn()
                                && policy.scaleInProtectedInstances() == ScaleInProtectedInstances.WAIT));
    }

    private static boolean isStandby(InstanceObservation instance) {
        return instance.lifecycleState() == LifecycleState.STANDBY
                || instance.lifecycleState() == LifecycleState.ENTERING_STANDBY;
    }

    private static String names(List<InstanceObservation> instances) {
        return instances.stream().map(instance -> instance.id().value()).collect(Collectors.joining(", "));
    }
}
