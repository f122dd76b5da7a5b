package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.InstanceId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Starting and stopping of EC2 instances. */
public interface InstancePower {

    /**
     * Those that are not ending and have one of these tags, whatever its value, pages of 1,000.
     * Permission: {@code ec2:DescribeInstances}.
     */
    List<Tagged> withAnyTag(Collection<String> names);

    /**
     * Those of them that have one of these values: in a value {@code *} and {@code ?} stand for other letters, so more may
     * come. Pages of 1,000, {@code ceil(values/200)} questions. Permission: {@code ec2:DescribeInstances}.
     */
    List<Tagged> withTag(String name, Collection<String> values, Set<State> states);

    /** Those with one of these tags that belong to an Auto Scaling group. Permission: {@code ec2:DescribeInstances}. */
    List<Tagged> membersWithAnyTag(Collection<String> names);

    /** Those with one of these tags that are ending or have ended a short while ago. */
    Set<InstanceId> endingWithAnyTag(Collection<String> names);

    /** The names of the Auto Scaling groups among these, and perhaps of others, that have instances which have not ended. */
    Set<String> groupsWithInstances(Collection<String> groups);

    /** Those of these that are not ending. Permission: {@code ec2:DescribeInstances}. */
    List<Tagged> with(Collection<InstanceId> ids);

    /**
     * The tags with these names of all instances that have one, whatever their state: far less to read than the instances.
     * Pages of 1,000. Permission: {@code ec2:DescribeTags}.
     */
    Map<InstanceId, Map<String, String>> tags(Collection<String> names);

    /** The same of some instances, 200 a call. */
    Map<InstanceId, Map<String, String>> tags(Collection<String> names, Collection<InstanceId> ids);

    /**
     * Starts instances, one call; safe to repeat. AWS starts none when it refuses one of them.
     * Permission: {@code ec2:StartInstances}.
     *
     * @param ids at most {@link #MOST_IDS}
     */
    void start(Collection<InstanceId> ids);

    /**
     * Stops instances, one call; safe to repeat. AWS stops none when it refuses one of them.
     * Permission: {@code ec2:StopInstances}.
     *
     * @param ids at most {@link #MOST_IDS}
     * @param memory whether they keep it, which each must have been launched for
     */
    void stop(Collection<InstanceId> ids, Memory memory);

    /** Changes the type of a stopped instance; repeating it is safe. Permission: {@code ec2:ModifyInstanceAttribute}. */
    void changeType(InstanceId id, String instanceType);

    /** How many instances one call may name: a number that AWS takes and that leaves little to do again when it refuses one. */
    int MOST_IDS = 100;

    /** A state of an instance that is not ending. */
    enum State {
        /** On its way up. */
        PENDING,
        /** Up. */
        RUNNING,
        /** On its way down. */
        STOPPING,
        /** Down. */
        STOPPED
    }

    /** What becomes of an instance's memory when it stops. */
    enum Memory {
        /** It is lost. */
        LOST,
        /** It hibernates. */
        KEPT
    }

    /**
     * An instance with what a schedule asks of it.
     *
     * @param canHibernate it was launched so that it can
     */
    record Tagged(Instances.Instance instance, Map<String, String> tags, String instanceType, boolean canHibernate) {

        /** Copies the tags. */
        public Tagged {
            tags = Map.copyOf(tags);
        }
    }
}
