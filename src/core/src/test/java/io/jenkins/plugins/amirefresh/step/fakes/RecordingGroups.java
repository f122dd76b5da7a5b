package io.jenkins.plugins.amirefresh.step.fakes;

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
import java.util.TreeMap;
import java.util.function.Consumer;

/** Writes changes down. Reads go through the observer. */
public final class RecordingGroups implements AutoScalingGroups {

    private final List<GroupObservation> groups;
    private final Consumer<String> changes;

    /** @param changes hears of each */
    public RecordingGroups(List<GroupObservation> groups, Consumer<String> changes) {
        this.groups = groups;
        this.changes = changes;
    }

    @Override
    public List<GroupObservation> all() {
        throw new UnsupportedOperationException("groups are read through the observer");
    }

    @Override
    public List<GroupObservation> outlines(Collection<String> tags) {
        throw new UnsupportedOperationException("groups are read through the observer");
    }

    @Override
    public List<GroupObservation> outlines() {
        throw new UnsupportedOperationException("groups are read through the observer");
    }

    @Override
    public List<GroupObservation> named(Collection<AutoScalingGroupName> names) {
        return groups.stream()
                .filter(group -> names.contains(group.key().name()))
                .toList();
    }

    @Override
    public List<ScalingActivity> activities(AutoScalingGroupName group, Instant since) {
        return List.of();
    }

    @Override
    public List<LifecycleHook> lifecycleHooks(AutoScalingGroupName group) {
        return List.of();
    }

    @Override
    public List<InstanceObservation> warmPool(AutoScalingGroupName group) {
        return List.of();
    }

    @Override
    public void setDesiredCapacity(AutoScalingGroupName group, int desired) {
        changes.accept("set desired of " + group + " to " + desired);
    }

    @Override
    public void setMaxSize(AutoScalingGroupName group, int max) {
        changes.accept("set maximum of " + group + " to " + max);
    }

    @Override
    public void setMinSize(AutoScalingGroupName group, int min) {
        changes.accept("set minimum of " + group + " to " + min);
    }

    @Override
    public void setSizes(AutoScalingGroupName group, int min, int desired) {
        changes.accept("set sizes of " + group + " to " + min + "/" + desired);
    }

    @Override
    public void putTag(String name, Map<AutoScalingGroupName, String> values) {
        changes.accept("tag " + name + " " + new TreeMap<>(values));
    }

    @Override
    public void removeTag(String name, Collection<AutoScalingGroupName> named) {
        changes.accept("untag " + name + " " + named);
    }

    @Override
    public void setLaunchSource(AutoScalingGroupName group, LaunchSource source) {
        changes.accept("set version of " + group + " to "
                + source.mainTemplate().orElseThrow().version().text());
    }

    @Override
    public void terminate(InstanceId instance, DesiredCapacity capacity) {
        changes.accept("terminate " + instance);
    }

    @Override
    public void protectFromScaleIn(AutoScalingGroupName group, Collection<InstanceId> instances) {
        changes.accept("protect " + instances);
    }

    @Override
    public void unprotectFromScaleIn(AutoScalingGroupName group, Collection<InstanceId> instances) {
        changes.accept("unprotect " + instances);
    }

    @Override
    public void suspend(AutoScalingGroupName group, Set<ScalingProcess> processes) {
        changes.accept("suspend " + processes);
    }

    @Override
    public void resume(AutoScalingGroupName group, Set<ScalingProcess> processes) {
        changes.accept("resume " + processes);
    }

    @Override
    public void putTags(AutoScalingGroupName group, Map<String, String> tags) {
        changes.accept("tag " + group + " " + new TreeMap<>(tags));
    }

    @Override
    public void removeTags(AutoScalingGroupName group, Set<String> names) {
        changes.accept("untag " + group + " " + names);
    }
}
