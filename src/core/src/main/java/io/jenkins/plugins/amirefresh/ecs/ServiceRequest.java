package io.jenkins.plugins.amirefresh.ecs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /** What AWS takes in keys and values of tags, for people. */
    public static final String TAG_CHARACTERS = "letters, numbers, spaces and _ . : / = + - @";

    /** AWS would refuse the key or value of a tag, after the service has changed. */
    public static boolean isTagText(String text) {
        return TAG_TEXT.matcher(text).matches();
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

    /** {@code shop/web}. */
    public String text() {
        return shortName(cluster) + "/" + shortName(service);
    }

    /** The name of what may be an ARN. */
    public static String shortName(String nameOrArn) {
        return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    }
}
