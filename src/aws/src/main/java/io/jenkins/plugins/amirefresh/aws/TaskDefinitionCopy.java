package io.jenkins.plugins.amirefresh.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * A request that registers what was described. It takes every member of the request that the description has, by name, so
 * nothing is lost that this version of the SDK knows.
 */
final class TaskDefinitionCopy {

    private TaskDefinitionCopy() {}

    static RegisterTaskDefinitionRequest of(DescribeTaskDefinitionResponse described, Map<String, String> images) {
        TaskDefinition from = described.taskDefinition();
        Map<String, SdkField<?>> fields = new LinkedHashMap<>();
        from.sdkFields().forEach(field -> fields.put(field.memberName(), field));
        RegisterTaskDefinitionRequest.Builder request = RegisterTaskDefinitionRequest.builder();
        for (SdkField<?> field : request.sdkFields()) {
            SdkField<?> same = fields.get(field.memberName());
            Object value = same == null ? null : same.getValueOrDefault(from);
            if (value != null) {
                field.set(request, value);
            }
        }
        List<ContainerDefinition> containers = from.containerDefinitions().stream()
                .map(container -> images.containsKey(container.name())
                        ? container.toBuilder()
                                .image(images.get(container.name()))
                                .build()
                        : container)
                .toList();
        request.containerDefinitions(containers);
        return described.tags().isEmpty()
                ? request.build()
                : request.tags(described.tags()).build();
    }
}
