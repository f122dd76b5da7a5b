package io.jenkins.plugins.amirefresh.cloud;

import java.util.Optional;

/** Images of Amazon ECR. */
public interface ContainerImages {

    /**
     * The digest of an image; empty when the repository has none by that name. Permission: {@code ecr:BatchGetImage}, the one
     * that pulling needs.
     *
     * @param registryId the account that has the repository
     * @param tag empty when only a digest is given
     * @param digest empty when only a tag is given
     * @throws CloudException.NotFound when there is no such repository
     */
    Optional<String> digest(String registryId, String repository, String tag, String digest);
}
