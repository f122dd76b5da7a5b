package io.jenkins.plugins.amirefresh.ecs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody wants of one service.
 *
 * @param cluster name or ARN
 * @param service name or ARN
 * @param image for {@code container}; empty when {@code images} says all
 * @param container empty for the only one
 * @param images by container
 * @param tags to set on the service
 * @param tagMode what becomes of the others
 */
public record ServiceRequest(
        String cluster,
        String service,
        String image,
        String container,
        Map<String, String> images,
        Map<String, String> tags,
        TagMode tagMode) {

    /** Source: ECS API Reference, "Tag". */
    private static final Pattern TAG_TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

    private static final String TAG_CHARACTERS = "letters, numbers, spaces and _ . : / = + - @";

    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    /** Why AWS would refuse the key of a tag, after the service has changed; what it takes instead. */
    public static Optional<String> problemOfKey(String key) {
        boolean isLong = key.isEmpty() || key.length() > LONGEST_KEY;
        return isLong || key.toLowerCase(Locale.ROOT).startsWith("aws:")
                ? Optional.of("keys of 1 to 128 characters that do not begin with aws:")
                : problemOfText(key);
    }

    /** The same for a value. */
    public static Optional<String> problemOfValue(String value) {
        return value.length() > LONGEST_VALUE ? Optional.of("at most 256 characters") : problemOfText(value);
    }

    private static Optional<String> problemOfText(String text) {
        return TAG_TEXT.matcher(text).matches() ? Optional.empty() : Optional.of(TAG_CHARACTERS);
    }

    /** Copies the maps, in their order. */
    public ServiceRequest {
        images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** A container is to get an image. */
    public boolean hasImages() {
        return !image.isEmpty() || !images.isEmpty();
    }

    /** What becomes of tags that are not named. */
    public enum TagMode {
        /** They stay. */
        MERGE,
        /** They go. */
        REPLACE
    }

    /** The cluster that a service's ARN names; empty for a name, and for an ARN that names none. */
    public static Optional<String> clusterOf(String service) {
        return EcsArn.ofService(service).map(EcsArn::cluster).filter(named -> !named.isEmpty());
    }

    /** Why the cluster can be none, said after its name. */
    public Optional<String> clusterProblem() {
        return EcsArn.clusterProblem(cluster);
    }

    /** Why the service can be none, or none of this cluster, said after its name. */
    public Optional<String> serviceProblem() {
        return EcsArn.serviceProblem(service).or(() -> clusterOf(service)
                .filter(named -> !named.equals(shortName(cluster)))
                .map(named -> "is in cluster " + named + ", and cluster is " + shortName(cluster)));
    }

    /** Why an ARN of it is not what a step reaches that works there; one line without the name of the step. */
    public Optional<String> elsewhere(String region, String account) {
        return EcsArn.ofCluster(cluster)
                .flatMap(arn -> arn.elsewhere(region, account).map(why -> "cluster '" + cluster + "' " + why))
                .or(() -> EcsArn.ofService(service)
                        .flatMap(arn -> arn.elsewhere(region, account).map(why -> "service '" + service + "' " + why)));
    }

    /** {@code shop/web}. */
    public String text() {
        return shortName(cluster) + "/" + shortName(service);
    }

    /** The name of what may be an ARN. */
    public static String shortName(String nameOrArn) {
        return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    }
}
