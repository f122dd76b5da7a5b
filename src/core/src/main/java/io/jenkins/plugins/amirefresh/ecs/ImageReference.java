package io.jenkins.plugins.amirefresh.ecs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image of Amazon ECR as a task definition names it. Source: ECR User Guide, "Amazon ECR private registry", registry URLs.
 *
 * @param account that has the registry
 * @param tag {@code latest} when neither tag nor digest is said, empty with a digest alone
 * @param digest empty without one
 */
public record ImageReference(String account, String region, String repository, String tag, String digest) {

    private static final Pattern ECR = Pattern.compile(
            "([0-9]{12})\\.dkr[.-]ecr(?:-fips)?\\.([a-z0-9-]+)\\.(?:amazonaws\\.com(?:\\.cn)?|on\\.aws)/"
                    + "([^:@]+)(?::([^@]+))?(?:@(.+))?");

    /** The image, when it is one of ECR; others cannot be looked up. */
    public static Optional<ImageReference> ofEcr(String image) {
        Matcher matcher = ECR.matcher(image);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String digest = matcher.group(5) == null ? "" : matcher.group(5);
        String tag = matcher.group(4) == null ? (digest.isEmpty() ? "latest" : "") : matcher.group(4);
        return Optional.of(new ImageReference(matcher.group(1), matcher.group(2), matcher.group(3), tag, digest));
    }

    /** {@code shop/app:2} or {@code shop/app@sha256:...}. */
    public String name() {
        return repository + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
    }
}
