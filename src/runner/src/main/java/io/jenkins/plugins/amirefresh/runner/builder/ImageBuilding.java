package io.jenkins.plugins.amirefresh.runner.builder;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls to EC2 that building an image takes, in one region at a time. Ids and regions are texts, as on the command line. */
public interface ImageBuilding {

    /** The newest available image with this name, {@code *} for anything, of these owners. */
    Optional<String> newestImage(String region, String namePattern, List<String> owners);

    /** Launches one instance and answers its id. */
    String launch(String region, String image, String instanceType);

    /** {@code pending}, {@code running}, {@code stopping}, {@code stopped}, ... */
    String instanceState(String region, String instance);

    /** Stops it, so that its volumes are at rest. */
    void stop(String region, String instance);

    /** Ends it. */
    void terminate(String region, String instance);

    /** Makes an image of a stopped instance and answers its id. */
    String createImage(String region, String instance, String name, String description);

    /** Copies an image into {@code region} and answers the copy's id. */
    String copyImage(String region, String sourceRegion, String image, String name, String description);

    /** {@code pending}, {@code available}, {@code failed}, ... */
    String imageState(String region, String image);

    /** Lets accounts launch it. */
    void share(String region, String image, List<String> accounts);

    /** Tags it. */
    void tag(String region, String image, Map<String, String> tags);
}
