package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.InstanceRefresh;
import io.jenkins.plugins.amirefresh.model.InstanceRefreshId;
import io.jenkins.plugins.amirefresh.model.InstanceRefreshPreferences;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import java.util.List;

/** AWS's own managed replacement of a group's instances. No client token exists: look before starting a second time. */
public interface InstanceRefreshes {

    /** The group's newest refreshes, newest first, at most one page. Permission: {@code DescribeInstanceRefreshes}. */
    List<InstanceRefresh> of(AutoScalingGroupName group);

    /**
     * Starts one. Throws {@link CloudException.Conflict} when one is in progress. Permission: {@code StartInstanceRefresh},
     * and on launch also {@code iam:PassRole} and what the template needs.
     */
    InstanceRefreshId start(AutoScalingGroupName group, LaunchSource desired, InstanceRefreshPreferences preferences);

    /**
     * Stops the running one; {@link CloudException.NotFound} when none runs.
     *
     * @param waits after the launches and terminations in flight, else at once
     */
    void cancel(AutoScalingGroupName group, boolean waits);

    /** Reverses the running one; AWS refuses after its end. */
    void rollBack(AutoScalingGroupName group);
}
