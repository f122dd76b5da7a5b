package io.jenkins.plugins.amirefresh.step.observe;

import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.CapacityReservationSpecification;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceMaintenancePolicy;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LifecycleHook;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** So many groups, g0 to gN, that count who reads them. */
final class FakeGroups implements AutoScalingGroups {

    private final int size;
    final List<String> reads = new ArrayList<>();
    boolean throttling;

    FakeGroups(int size) {
        this.size = size;
    }

    static GroupKey key(int index) {
        return new GroupKey(
                new AccountId("111111111111"), new AwsRegion("eu-west-1"), new AutoScalingGroupName("g" + index));
    }

    @Override
    public List<GroupObservation> all() {
        return list("all");
    }

    @Override
    public List<GroupObservation> outlines(Collection<String> tags) {
        return list("outlines of " + tags);
    }

    @Override
    public List<GroupObservation> outlines() {
        return list("outlines");
    }

    private List<GroupObservation> list(String what) {
        read(what);
        List<GroupObservation> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add(group(key(i)));
        }
        return all;
    }

    @Override
    public List<GroupObservation> named(Collection<AutoScalingGroupName> names) {
        read("named " + names.size());
        return names.stream()
                .filter(name -> Integer.parseInt(name.value().substring(1)) < size)
                .map(name -> group(key(Integer.parseInt(name.value().substring(1)))))
                .toList();
    }

    private void read(String what) {
        reads.add(what);
        if (throttling) {
            throw new CloudException.Throttled(
                    "DescribeAutoScalingGroups in eu-west-1: Throttling", "Throttling", null);
        }
    }

    private static GroupObservation group(GroupKey key) {
        return new GroupObservation(
                key,
                Instant.EPOCH,
                new Capacity(1, 1, 1),
                new LaunchSource.LaunchConfiguration("old"),
                List.of(),
                Map.of(),
                Set.of(),
                false,
                false,
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                InstanceMaintenancePolicy.NONE,
                false,
                false,
                false,
                CapacityReservationSpecification.UNSET,
                Map.of());
    }

    @Override
    public List<ScalingActivity> activities(AutoScalingGroupName group, Instant since) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<LifecycleHook> lifecycleHooks(AutoScalingGroupName group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<InstanceObservation> warmPool(AutoScalingGroupName group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setDesiredCapacity(AutoScalingGroupName group, int desired) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setMaxSize(AutoScalingGroupName group, int max) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setMinSize(AutoScalingGroupName group, int min) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setSizes(AutoScalingGroupName group, int min, int desired) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putTag(String name, Map<AutoScalingGroupName, String> values) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeTag(String name, Collection<AutoScalingGroupName> named) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setLaunchSource(AutoScalingGroupName group, LaunchSource source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void terminate(InstanceId instance, DesiredCapacity capacity) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void protectFromScaleIn(AutoScalingGroupName group, Collection<InstanceId> instances) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unprotectFromScaleIn(AutoScalingGroupName group, Collection<InstanceId> instances) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void suspend(AutoScalingGroupName group, Set<ScalingProcess> processes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resume(AutoScalingGroupName group, Set<ScalingProcess> processes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putTags(AutoScalingGroupName group, Map<String, String> tags) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeTags(AutoScalingGroupName group, Set<String> names) {
        throw new UnsupportedOperationException();
    }
}
