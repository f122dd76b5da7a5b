package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.ContainerImages;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/** Images of ECR over the AWS SDK. */
final class AwsContainerImages implements ContainerImages {

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsContainerImages(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public Optional<String> digest(String registryId, String repository, String tag, String digest) {
        ImageIdentifier id = ImageIdentifier.builder()
                .imageTag(tag.isEmpty() ? null : tag)
                .imageDigest(digest.isEmpty() ? null : digest)
                .build();
        BatchGetImageResponse answer = calls.call("BatchGetImage", repository, () -> clients.containerRegistry()
                .batchGetImage(request -> request.registryId(registryId)
                        .repositoryName(repository)
                        .imageIds(id)));
        return answer.images().stream()
                .map(image -> image.imageId().imageDigest())
                .findFirst();
    }
}
