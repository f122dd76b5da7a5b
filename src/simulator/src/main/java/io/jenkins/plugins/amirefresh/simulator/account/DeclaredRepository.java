package io.jenkins.plugins.amirefresh.simulator.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A repository of Amazon ECR.
 *
 * @param images what was pushed to it, oldest first
 */
public record DeclaredRepository(int line, String name, List<PushedImage> images) {

    public DeclaredRepository {
        images = Lists.orEmpty(images);
    }

    /**
     * An image.
     *
     * @param tags none: it is known by its digest alone
     * @param digest {@code sha256:} and 64 hexadecimal digits; null: made from the repository's name and the tags
     */
    public record PushedImage(int line, List<String> tags, @Nullable String digest) {

        public PushedImage {
            tags = Lists.orEmpty(tags);
        }
    }
}
