package io.jenkins.plugins.amirefresh.faultruns;

import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups;
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

/** Groups that do what others do, until somebody overrides a part. */
class DressedGroups implements AutoScalingGroups {

    private final AutoScalingGroups groups;

    DressedGroups(AutoScalingGroups groups) {
        this.groups = groups;
    }

    @Override
    public List<GroupObservation> all() {
        return groups.all();
    }

    @Override
    public List<GroupObservation> outlines(Collection<String> tags) {
        return groups.outlines(tags);
    }

    @Override
    public List<GroupObservation> outlines() {
        return groups.outlines();
    }

    @Override
    public List<GroupObservation> named(Collection<AutoScalingGroupName> names) {
        return groups.named(names);
    }

    @Override
    public List<ScalingActivity> activities(AutoScalingGroupName group, Instant since) {
        return groups.activities(group, since);
    }

    @Override
    public List<LifecycleHook> lifecycleHooks(AutoScalingGroupName group) {
        return groups.lifecycleHooks(group);
    }

    @Override
    public List<InstanceObservation> warmPool(AutoScalingGroupName group) {
        return groups.warmPool(group);
    }

    @Override
    public void setDesiredCapacity(AutoScalingGroupName group, int desired) {
        groups.setDesiredCapacity(group, desired);
    }

    @Override
    public void setMaxSize(AutoScalingGroupName group, int max) {
        groups.setMaxSize(group, max);
    }

    @Override
    public void setMinSize(AutoScalingGroupName group, int min) {
        groups.setMinSize(group, min);
    }

    @Override
    public void setLaunchSource(AutoScalingGroupName group, LaunchSource source) {
        groups.setLaunchSource(group, source);
    }

    @Override
    public void terminate(InstanceId instance, DesiredCapacity capacity) {
        groups.terminate(instance, capacity);
    }

    @Override
    public void protectFromScaleIn(AutoScalingGroupName group, Collection<InstanceId> instances) {
        groups.protectFromScaleIn(group, instances);
    }

    @Override
    public void unprotectFromScaleIn(AutoScalingGroupName group, Collection<InstanceId> instances) {
        groups.unprotectFromScaleIn(group, instances);
    }

    @Override
    public void suspend(AutoScalingGroupName group, Set<ScalingProcess> processes) {
        groups.suspend(group, processes);
    }

    @Override
    public void resume(AutoScalingGroupName group, Set<ScalingProcess> processes) {
        groups.resume(group, processes);
    }

    @Override
    public void putTags(AutoScalingGroupName group, Map<String, String> tags) {
        groups.putTags(group, tags);
    }

    @Override
    public void removeTags(AutoScalingGroupName group, Set<String> names) {
        groups.removeTags(group, names);
    }

    @Override
    public void setSizes(AutoScalingGroupName group, int min, int desired) {
        groups.setSizes(group, min, desired);
    }

    @Override
    public void putTag(String name, Map<AutoScalingGroupName, String> values) {
        groups.putTag(name, values);
    }

    @Override
    public void removeTag(String name, Collection<AutoScalingGroupName> names) {
        groups.removeTag(name, names);
    }
}
