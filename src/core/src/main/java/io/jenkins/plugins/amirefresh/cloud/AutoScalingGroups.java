package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LifecycleHook;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** EC2 Auto Scaling groups. Reads may lag behind writes. */
public interface AutoScalingGroups {

    /** Every group, {@code ceil(groups/100)} calls. Permission: {@code autoscaling:DescribeAutoScalingGroups}. */
    List<GroupObservation> all();

    /** The same without their instances. */
    List<GroupObservation> outlines();

    /** Without their instances, those that have one of these tags. */
    List<GroupObservation> outlines(Collection<String> tags);

    /** The named groups, {@code ceil(names/100)} calls; unknown names are missing in the answer. */
    List<GroupObservation> named(Collection<AutoScalingGroupName> names);

    /**
     * What the group did since {@code since}, newest first, at most one page of 100; with launches that failed after that,
     * however long before they began: a hook may hold an instance for hours.
     * Permission: {@code autoscaling:DescribeScalingActivities}.
     */
    List<ScalingActivity> activities(AutoScalingGroupName group, Instant since);

    /** The group's lifecycle hooks, one call. Permission: {@code autoscaling:DescribeLifecycleHooks}. */
    List<LifecycleHook> lifecycleHooks(AutoScalingGroupName group);

    /**
     * The instances of the group's warm pool, {@code ceil(instances/50)} calls; none for a group without one.
     * Permission: {@code autoscaling:DescribeWarmPool}.
     */
    List<InstanceObservation> warmPool(AutoScalingGroupName group);

    /** Sets desired capacity without waiting for cooldowns; repeating it is safe. Permission: {@code SetDesiredCapacity}. */
    void setDesiredCapacity(AutoScalingGroupName group, int desired);

    /** Sets the maximum; repeating it is safe. Permission: {@code UpdateAutoScalingGroup}. */
    void setMaxSize(AutoScalingGroupName group, int max);

    /** Sets the minimum; repeating it is safe. Permission: {@code UpdateAutoScalingGroup}. */
    void setMinSize(AutoScalingGroupName group, int min);

    /** Sets minimum and desired capacity together; repeating it is safe. Permission: {@code UpdateAutoScalingGroup}. */
    void setSizes(AutoScalingGroupName group, int min, int desired);

    /** Sets where the group launches from, versions as named there; repeating it is safe. Launches nothing by itself. */
    void setLaunchSource(AutoScalingGroupName group, LaunchSource source);

    /**
     * Terminates one instance of a group through the group, so hooks and draining happen. Safe to repeat with the same id:
     * an instance already gone answers {@link CloudException.NotFound} or {@link CloudException.InvalidRequest}.
     *
     * @param capacity whether the group replaces it
     */
    void terminate(InstanceId instance, DesiredCapacity capacity);

    /** What a termination does to desired capacity. */
    enum DesiredCapacity {
        /** Keeps it, so the group launches a replacement. */
        KEEP,
        /** Lowers it by one. AWS refuses when that falls below the minimum. */
        DECREMENT
    }

    /** Sets scale-in protection, at most 50 instances a call; repeating it is safe. */
    void protectFromScaleIn(AutoScalingGroupName group, Collection<InstanceId> instances);

    /** Removes scale-in protection, at most 50 instances a call; repeating it is safe. */
    void unprotectFromScaleIn(AutoScalingGroupName group, Collection<InstanceId> instances);

    /** Suspends processes; repeating it is safe. */
    void suspend(AutoScalingGroupName group, Set<ScalingProcess> processes);

    /** Resumes processes; repeating it is safe. */
    void resume(AutoScalingGroupName group, Set<ScalingProcess> processes);

    /** Writes tags that are not propagated to instances; repeating it is safe. */
    void putTags(AutoScalingGroupName group, Map<String, String> tags);

    /** Removes tags by name; repeating it is safe. */
    void removeTags(AutoScalingGroupName group, Set<String> names);

    /** Writes one tag on several groups, one call; repeating it is safe. AWS writes none when it refuses one of them. */
    void putTag(String name, Map<AutoScalingGroupName, String> values);

    /** Removes one tag of several groups, one call; repeating it is safe. */
    void removeTag(String name, Collection<AutoScalingGroupName> groups);
}
