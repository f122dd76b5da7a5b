package io.jenkins.plugins.amirefresh.ecs;

import java.util.Locale;
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

    private static final String REPOSITORY = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";

    // Source: github.com/distribution/reference, "Grammar".
    private static final Pattern GRAMMAR = Pattern.compile(
            "(?:[A-Za-z0-9][A-Za-z0-9-]*(?:\\.[A-Za-z0-9][A-Za-z0-9-]*)*(?::[0-9]+)?/)?" + REPOSITORY + "(?:/"
                    + REPOSITORY
                    + ")*(?::\\w[\\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?");

    private static final Pattern ECR_HOST =
            Pattern.compile("[^/]*\\.dkr[.-]ecr[.-][^/]*\\.(?:amazonaws\\.com(?:\\.cn)?|on\\.aws)(?:[/:@].*)?");

    /**
     * Why no registry can have such an image, in the words of AWS where these are known; empty when one can. An address of
     * ECR that is not whole would be taken for one of another registry, of which nobody can tell whether it exists.
     */
    public static Optional<String> problem(String image) {
        if (image.isEmpty() || ":@".indexOf(image.charAt(0)) >= 0) {
            return Optional.of("Container.image repository should not be null or empty.");
        }
        if (!GRAMMAR.matcher(image).matches()) {
            return Optional.of("Container.image '" + image
                    + "' is no image; one is such as host/repository:tag or host/repository@sha256:..., with the repository"
                    + " in small letters and no tag that is empty");
        }
        boolean isOfEcr = ECR_HOST.matcher(image.toLowerCase(Locale.ROOT)).matches();
        return isOfEcr && ofEcr(image).isEmpty()
                ? Optional.of("Container.image '" + image
                        + "' is in Amazon ECR, but no address of an image there; one is such as"
                        + " 111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/app:1.5")
                : Optional.empty();
    }

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
