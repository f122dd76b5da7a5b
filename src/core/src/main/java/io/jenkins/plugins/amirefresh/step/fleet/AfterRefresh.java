package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.refresh.RefreshDecider;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.time.Instant;
import java.util.List;

/** How a group fares that was refreshed some time ago. */
public final class AfterRefresh {

    private AfterRefresh() {}

    /**
     * What AWS's health checks took out since; empty when it is no more than happens to any group, or nobody may ask.
     *
     * @param since when its refresh ended
     * @throws CloudException when its place cannot be read
     */
    public static String takenOut(StepHost host, GroupWork work, GroupObservation group, Instant since) {
        List<ScalingActivity> taken = activities(FleetWork.cloud(host, work), group, since).stream()
                .filter(ScalingActivity::isOfHealthCheck)
                .toList();
        return taken.size() < RefreshDecider.tooManyLost(group.capacity().desired())
                ? ""
                : "AWS took " + taken.size() + (taken.size() == 1 ? " instance" : " instances")
                        + " out meanwhile, the last one: "
                        + taken.get(0).cause().strip().replaceAll("\\.$", "");
    }

    private static List<ScalingActivity> activities(Cloud cloud, GroupObservation group, Instant since) {
        try {
            return cloud.autoScalingGroups().activities(group.key().name(), since);
        } catch (CloudException.AccessDenied e) {
            return List.of();
        }
    }
}
