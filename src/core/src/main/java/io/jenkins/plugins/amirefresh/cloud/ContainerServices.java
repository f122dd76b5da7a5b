package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.ServiceObservation;
import io.jenkins.plugins.amirefresh.model.TaskDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services and task definitions of Amazon ECS. */
public interface ContainerServices {

    /** AWS's code for a cluster that does not exist. */
    String CLUSTER_NOT_FOUND = "ClusterNotFoundException";

    /**
     * The service with its tags; empty when the cluster has none of that name. Permission: {@code ecs:DescribeServices}.
     *
     * @throws CloudException.NotFound with {@link #CLUSTER_NOT_FOUND} when there is no such cluster
     */
    Optional<ServiceObservation> service(String cluster, String service);

    /** A task definition, also one that is INACTIVE. Permission: {@code ecs:DescribeTaskDefinition}. */
    TaskDefinition taskDefinition(String arn);

    /**
     * The newest of the last ten revisions that is later than {@code base}, active, and equal to it but for these images: what
     * an earlier {@link #register} of the same made. Up to 12 calls. Permission: {@code ecs:ListTaskDefinitions},
     * {@code ecs:DescribeTaskDefinition}.
     *
     * @param imageByContainer of the containers that get another image
     */
    Optional<TaskDefinition> registered(TaskDefinition base, Map<String, String> imageByContainer);

    /**
     * Registers a revision that is {@code base} in everything, tags included, but for these images. Two calls. AWS has no client
     * token for it: whoever repeats it registers another. Permission: {@code ecs:DescribeTaskDefinition},
     * {@code ecs:RegisterTaskDefinition}, {@code iam:PassRole} for its roles, {@code ecs:TagResource} when it has tags.
     */
    TaskDefinition register(TaskDefinition base, Map<String, String> imageByContainer);

    /**
     * Makes the service run a task definition; begins a deployment when it is another one. Permission: {@code ecs:UpdateService}.
     *
     * @return the service, with that deployment
     */
    ServiceObservation deploy(String cluster, String service, String taskDefinition);

    /** The same with new tasks also when it is the one that runs already: whoever repeats it begins another deployment. */
    ServiceObservation deployAnew(String cluster, String service, String taskDefinition);

    /** Sets tags of a service; others stay. Permission: {@code ecs:TagResource}. */
    void tag(String serviceArn, Map<String, String> tags);

    /** Takes tags from a service. Permission: {@code ecs:UntagResource}. */
    void untag(String serviceArn, Collection<String> keys);

    /**
     * Tasks of a deployment that stopped within about an hour, at most 100. Two calls. Permission: {@code ecs:ListTasks},
     * {@code ecs:DescribeTasks}.
     */
    List<StoppedTask> stoppedTasks(String cluster, String service, String deploymentId);

    /**
     * A task that stopped.
     *
     * @param code for example {@code EssentialContainerExited}
     * @param reason AWS's words, with the container's exit code where one ended
     */
    record StoppedTask(String id, String code, String reason) {}
}
