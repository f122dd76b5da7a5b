package io.jenkins.plugins.amirefresh.model;

import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one read said of an instance of a group.
 *
 * @param rawLifecycleState AWS's text, also when {@code lifecycleState} does not know it
 * @param template the launch template it was launched from, null for a launch configuration
 * @param version the resolved version it was launched from, null for a launch configuration
 * @param weight units of the group's capacity that it counts for, 1 or more
 */
public record InstanceObservation(
        InstanceId id,
        LifecycleState lifecycleState,
        String rawLifecycleState,
        HealthStatus healthStatus,
        String availabilityZone,
        String instanceType,
        @Nullable LaunchTemplateId template,
        @Nullable LaunchTemplateVersion version,
        boolean protectedFromScaleIn,
        int weight) {

    /** Units of capacity that these count for together. */
    public static int units(Collection<InstanceObservation> instances) {
        return instances.stream().mapToInt(InstanceObservation::weight).sum();
    }

    /** In service and healthy in the group's own view. */
    public boolean isHealthyInService() {
        return lifecycleState == LifecycleState.IN_SERVICE && healthStatus == HealthStatus.HEALTHY;
    }

    /** Was launched from exactly this version of this template. */
    public boolean isOn(LaunchTemplateId wantedTemplate, LaunchTemplateVersion wantedVersion) {
        return wantedTemplate.equals(template) && wantedVersion.equals(version);
    }

    /** The version it was launched from. */
    public Optional<LaunchTemplateVersion> launchedVersion() {
        return Optional.ofNullable(version);
    }
}
