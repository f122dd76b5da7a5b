package io.jenkins.plugins.amirefresh.refresh;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceRefresh;
import io.jenkins.plugins.amirefresh.model.InstanceRefreshPreferences;
import io.jenkins.plugins.amirefresh.model.InstanceRefreshStatus;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LifecycleState;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One change of a group; announced by saving it before it is made. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.PutTags.class, name = "put-tags"),
    @JsonSubTypes.Type(value = Change.RemoveTags.class, name = "remove-tags"),
    @JsonSubTypes.Type(value = Change.SetMax.class, name = "set-max"),
    @JsonSubTypes.Type(value = Change.SetDesired.class, name = "set-desired"),
    @JsonSubTypes.Type(value = Change.SetLaunchSource.class, name = "set-launch-source"),
    @JsonSubTypes.Type(value = Change.Replace.class, name = "replace"),
    @JsonSubTypes.Type(value = Change.Retire.class, name = "retire"),
    @JsonSubTypes.Type(value = Change.Suspend.class, name = "suspend"),
    @JsonSubTypes.Type(value = Change.Resume.class, name = "resume"),
    @JsonSubTypes.Type(value = Change.StartInstanceRefresh.class, name = "start-instance-refresh"),
    @JsonSubTypes.Type(value = Change.CancelInstanceRefresh.class, name = "cancel-instance-refresh"),
})
public sealed interface Change {

    /** The group launches something else from then on. */
    default boolean launchesOther() {
        return this instanceof SetLaunchSource || this instanceof StartInstanceRefresh;
    }

    /** The sight shows the effect. */
    boolean isVisibleIn(GroupSight sight);

    /** A few words for people. */
    String describe();

    /** The instances it terminates. */
    default List<InstanceId> terminates() {
        return List.of();
    }

    /** Writes tags on the group. */
    record PutTags(Map<String, String> tags) implements Change {
        /** Copies the map. */
        public PutTags {
            tags = Map.copyOf(tags);
        }

        @Override
        public String describe() {
            return "tags " + String.join(", ", tags.keySet());
        }

        @Override
        public boolean isVisibleIn(GroupSight sight) {
            return sight.group().tags().entrySet().containsAll(tags.entrySet());
        }
    }

    /** Removes tags of the group. */
    record RemoveTags(Set<String> names) implements Change {
        /** Copies the set. */
        public RemoveTags {
            names = Set.copyOf(names);
        }

        @Override
        public String describe() {
            return "removal of the tags " + String.join(", ", names);
        }

        @Override
        public boolean isVisibleIn(GroupSight sight) {
            return names.stream().noneMatch(sight.group().tags()::containsKey);
        }
    }

    /** Sets the maximum. */
    record SetMax(int max) implements Change {
        @Override
        public String describe() {
            return "maximum " + max;
        }

        @Override
        public boolean isVisibleIn(GroupSight sight) {
            return sight.group().capacity().max() == max;
        }
    }

    /**
     * Sets desired capacity.
     *
     * @param before what it was when this was decided; anything else that is read later is an answer
     */
    record SetDesired(int before, int desired) implements Change {
        @Override
        public String describe() {
            return "desired capacity " + desired;
        }

        @Override
        public boolean isVisibleIn(GroupSight sight) {
            return sight.group().capacity().desired() != before;
        }
    }

    /** Sets where the group launches from. */
    record SetLaunchSource(LaunchSource source) implements Change {
        @Override
        public String describe() {
            return "launch template version "
                    + source.mainTemplate()
                            .map(template -> template.version().text())
                            .orElse("");
        }

        @Override
        public boolean isVisibleIn(GroupSight sight) {
            return sight.launches().equals(source);
        }
    }

    /** Terminates instances; the group replaces them. */
    record Replace(List<InstanceId> instances) implements Change {
        /** Copies the list. */
        public Replace {
            instances = List.copyOf(instances);
        }

        @Override
        public String describe() {
            return "termination of " + ids(instances);
        }

        @Override
        public List<InstanceId> terminates() {
            return instances;
        }

        @Override
        public boolean isVisibleIn(GroupSight sight) {
            return areLeaving(sight.group(), instances);
        }
    }

    /** Terminates instances and lowers desired capacity by as many. */
    record Retire(List<InstanceId> instances) implements Change {
        /** Copies the list. */
        public Retire {
            instances = List.copyOf(instances);
        }

        @Override
        public String describe() {
            return "termination of " + ids(instances);
        }

        @Override
        public List<InstanceId> terminates() {
            return instances;
        }

        @Override
        public boolean isVisibleIn(GroupSight sight) {
            return areLeaving(sight.group(), instances);
        }
    }

    /** Suspends processes. */
    record Suspend(Set<ScalingProcess> processes) implements Change {
        /** Copies the set. */
        public Suspend {
            processes = Set.copyOf(processes);
        }

        @Override
        public String describe() {
            return "suspension of " + names(processes);
        }

        @Override
        public boolean isVisibleIn(GroupSight sight) {
            return sight.group().suspendedProcesses().containsAll(processes);
        }
    }

    /** Resumes processes. */
    record Resume(Set<ScalingProcess> processes) implements Change {
        /** Copies the set. */
        public Resume {
            processes = Set.copyOf(processes);
        }

        @Override
        public String describe() {
            return "resumption of " + names(processes);
        }

        @Override
        public boolean isVisibleIn(GroupSight sight) {
            return processes.stream().noneMatch(sight.group().suspendedProcesses()::contains);
        }
    }

    /**
     * Starts AWS's own refresh. There is no client token: look before starting a second time.
     *
     * @param notBefore a refresh that started earlier is not this one
     */
    record StartInstanceRefresh(LaunchSource desired, InstanceRefreshPreferences preferences, Instant notBefore)
            implements Change {
        @Override
        public String describe() {
            return "the start of an instance refresh";
        }

        @Override
        public boolean isVisibleIn(GroupSight sight) {
            return startedIn(sight).isPresent();
        }

        /** The refresh that this change started; AWS's clock may be a minute behind ours. */
        Optional<InstanceRefresh> startedIn(GroupSight sight) {
            Instant earliest = notBefore.minus(Duration.ofMinutes(1));
            return sight.instanceRefreshes().stream()
                    .filter(refresh -> ManagedRefreshes.wants(refresh, desired))
                    .filter(refresh -> refresh.startedAt() == null
                            ? ManagedRefreshes.isActive(refresh.status())
                            : !refresh.startedAt().isBefore(earliest))
                    .findFirst();
        }
    }

    /**
     * Cancels AWS's own refresh, which this run started.
     *
     * @param waits AWS first ends the launches and terminations it has begun, which it never does with instances that do
     *     not get healthy
     */
    record CancelInstanceRefresh(boolean waits) implements Change {
        @Override
        public String describe() {
            return "the end of the instance refresh";
        }

        @Override
        public boolean isVisibleIn(GroupSight sight) {
            return sight.instanceRefreshes().stream()
                    .map(refresh -> refresh.status())
                    .noneMatch(status -> status == InstanceRefreshStatus.PENDING
                            || status == InstanceRefreshStatus.IN_PROGRESS
                            || status == InstanceRefreshStatus.BAKING
                            || (!waits && status == InstanceRefreshStatus.CANCELLING));
        }
    }

    private static boolean areLeaving(GroupObservation group, List<InstanceId> ids) {
        return group.instances().stream()
                .filter(instance -> ids.contains(instance.id()))
                .map(instance -> instance.lifecycleState())
                .allMatch(LifecycleState::isLeaving);
    }

    private static String ids(List<InstanceId> instances) {
        return String.join(", ", instances.stream().map(InstanceId::value).toList());
    }

    private static String names(Set<ScalingProcess> processes) {
        return String.join(
                ", ", processes.stream().map(ScalingProcess::awsName).sorted().toList());
    }
}
