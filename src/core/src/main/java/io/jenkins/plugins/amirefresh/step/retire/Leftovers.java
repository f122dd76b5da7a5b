package io.jenkins.plugins.amirefresh.step.retire;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.retire.RetireMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Snapshots of images that were deregistered, by this run or by one that was killed. */
final class Leftovers {

    private static final String OF = "of ";

    private final Cloud cloud;
    private final List<String> deleted = new ArrayList<>();
    private final Map<String, String> refused = new TreeMap<>();

    Leftovers(Cloud cloud) {
        this.cloud = cloud;
    }

    /** What the tag on a snapshot says. */
    static String of(AmiId image) {
        return OF + image;
    }

    /** Those that could be deleted. */
    List<String> deleted() {
        return deleted;
    }

    /** AWS's answer by snapshot that it did not delete. */
    Map<String, String> refused() {
        return refused;
    }

    /** Deletes the snapshots whose image is gone. */
    void delete() {
        Map<String, String> tagged = cloud.snapshots().tagged(RetireMark.TAG);
        Set<AmiId> images = tagged.values().stream()
                .filter(value -> value.matches("of ami-([0-9a-f]{8}|[0-9a-f]{17})"))
                .map(value -> new AmiId(value.substring(OF.length())))
                .collect(Collectors.toSet());
        Set<String> there = cloud.amis().describe(images).stream()
                .filter(image -> !"deregistered".equals(image.state()))
                .map(Ami::id)
                .map(Leftovers::of)
                .collect(Collectors.toSet());
        tagged.forEach((snapshot, value) -> {
            if (value.startsWith(OF) && !there.contains(value)) {
                delete(snapshot);
            }
        });
    }

    private void delete(String snapshot) {
        try {
            cloud.snapshots().delete(snapshot);
            deleted.add(snapshot);
        } catch (CloudException.NotFound e) {
            deleted.add(snapshot);
        } catch (CloudException e) {
            if (e.isTransient()) {
                throw e;
            }
            refused.put(snapshot, String.valueOf(e.getMessage()));
        }
    }

    /** Somebody else needs it: no run tries again. */
    void leave(String snapshot) {
        cloud.snapshots().removeTag(snapshot, RetireMark.TAG);
    }
}
