package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.LifecycleHook;
import io.jenkins.plugins.amirefresh.refresh.AwsReadiness;
import io.jenkins.plugins.amirefresh.refresh.LaunchFacts;

/** Reads what matters of a group's launches, its hooks only where something depends on them. */
public final class LaunchFactsReader {

    private LaunchFactsReader() {}

    /** The facts of a group that shall launch {@code version}; hooks that may not be read count as none. */
    public static LaunchFacts read(Cloud cloud, GroupObservation group, LaunchTemplateVersionData version) {
        boolean mayLaunchAtOnce = AwsReadiness.dependsOnHooks(group);
        return new LaunchFacts(
                !version.networkInterfaceIds().isEmpty(), !mayLaunchAtOnce || hasLaunchHook(cloud, group));
    }

    private static boolean hasLaunchHook(Cloud cloud, GroupObservation group) {
        try {
            return cloud.autoScalingGroups().lifecycleHooks(group.key().name()).stream()
                    .anyMatch(LifecycleHook::isForLaunch);
        } catch (CloudException.AccessDenied e) {
            return false;
        }
    }
}
