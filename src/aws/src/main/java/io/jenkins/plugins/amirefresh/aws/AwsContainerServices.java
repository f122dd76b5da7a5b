package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.ContainerServices;
import io.jenkins.plugins.amirefresh.model.ServiceObservation;
import io.jenkins.plugins.amirefresh.model.TaskDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;

/** Services of ECS over the AWS SDK. */
final class AwsContainerServices implements ContainerServices {

    private static final int LOOKED_AT = 10;

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsContainerServices(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public Optional<ServiceObservation> service(String cluster, String service) {
        DescribeServicesResponse answer =
                calls.call("DescribeServices", cluster + "/" + service, () -> clients.containers()
                        .describeServices(request ->
                                request.cluster(cluster).services(service).include(ServiceField.TAGS)));
        return answer.services().stream().findFirst().map(ServiceObservations::of);
    }

    @Override
    public TaskDefinition taskDefinition(String arn) {
        return ServiceObservations.of(described(arn).taskDefinition());
    }

    private DescribeTaskDefinitionResponse described(String arn) {
        return calls.call("DescribeTaskDefinition", TaskDefinition.text(arn), () -> clients.containers()
                .describeTaskDefinition(request -> request.taskDefinition(arn).include(TaskDefinitionField.TAGS)));
    }

    @Override
    public Optional<TaskDefinition> registered(TaskDefinition base, Map<String, String> imageByContainer) {
        RegisterTaskDefinitionRequest wanted = TaskDefinitionCopy.of(described(base.arn()), imageByContainer);
        List<String> newest = calls.call("ListTaskDefinitions", base.family(), () -> clients.containers()
                        .listTaskDefinitions(request -> request.familyPrefix(base.family())
                                .sort(SortOrder.DESC)
                                .maxResults(LOOKED_AT)))
                .taskDefinitionArns();
        for (String arn : newest) {
            if (revision(arn) > base.revision()) {
                DescribeTaskDefinitionResponse other = described(arn);
                if (TaskDefinitionCopy.of(other, Map.of()).equals(wanted)) {
                    return Optional.of(ServiceObservations.of(other.taskDefinition()));
                }
            }
        }
        return Optional.empty();
    }

    private static int revision(String arn) {
        String number = arn.substring(arn.lastIndexOf(':') + 1);
        return number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : 0;
    }

    @Override
    public TaskDefinition register(TaskDefinition base, Map<String, String> imageByContainer) {
        RegisterTaskDefinitionRequest request = TaskDefinitionCopy.of(described(base.arn()), imageByContainer);
        return ServiceObservations.of(calls.call("RegisterTaskDefinition", base.family(), () -> clients.containersOnce()
                        .registerTaskDefinition(request))
                .taskDefinition());
    }

    @Override
    public ServiceObservation deploy(String cluster, String service, String taskDefinition) {
        return ServiceObservations.of(calls.call("UpdateService", cluster + "/" + service, () -> clients.containers()
                        .updateService(request ->
                                request.cluster(cluster).service(service).taskDefinition(taskDefinition)))
                .service());
    }

    @Override
    public ServiceObservation deployAnew(String cluster, String service, String taskDefinition) {
        return ServiceObservations.of(
                calls.call("UpdateService", cluster + "/" + service, () -> clients.containersOnce()
                                .updateService(request -> request.cluster(cluster)
                                        .service(service)
                                        .taskDefinition(taskDefinition)
                                        .forceNewDeployment(true)))
                        .service());
    }

    @Override
    public void tag(String serviceArn, Map<String, String> tags) {
        List<Tag> list = tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        calls.call("TagResource", serviceArn, () -> clients.containers()
                .tagResource(request -> request.resourceArn(serviceArn).tags(list)));
    }

    @Override
    public void untag(String serviceArn, Collection<String> keys) {
        calls.call("UntagResource", serviceArn, () -> clients.containers()
                .untagResource(request -> request.resourceArn(serviceArn).tagKeys(keys)));
    }

    @Override
    public List<StoppedTask> stoppedTasks(String cluster, String service, String deploymentId) {
        List<String> arns = calls.call("ListTasks", cluster + "/" + service, () -> clients.containers()
                        .listTasks(request ->
                                request.cluster(cluster).startedBy(deploymentId).desiredStatus(DesiredStatus.STOPPED)))
                .taskArns();
        if (arns.isEmpty()) {
            return List.of();
        }
        return calls
                .call("DescribeTasks", cluster + "/" + service, () -> clients.containers()
                        .describeTasks(request -> request.cluster(cluster).tasks(arns)))
                .tasks()
                .stream()
                .map(ServiceObservations::stopped)
                .toList();
    }
}
