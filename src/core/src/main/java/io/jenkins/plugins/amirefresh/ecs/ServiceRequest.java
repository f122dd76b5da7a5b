package io.jenkins.plugins.amirefresh.ecs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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

    /** Copies the maps, in their order. */
    public ServiceRequest {
        images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
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
