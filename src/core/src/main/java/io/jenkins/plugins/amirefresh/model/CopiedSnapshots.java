package io.jenkins.plugins.amirefresh.model;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What becomes of the snapshots that a version's block device mappings name when a version with another image is made from it.
 *
 * @param any there are some; AWS copies none by itself
 * @param following devices that get none, so that they follow the new image
 */
public record CopiedSnapshots(boolean any, Set<String> following) {

    /** Nobody looked: all that there are stay. */
    public static final CopiedSnapshots ALL = new CopiedSnapshots(true, Set.of());

    /** Copies the set. */
    public CopiedSnapshots {
        following = Set.copyOf(following);
    }

    /**
     * Those of the old image's own volumes follow the new image, all others stay.
     *
     * @param source what the version maps that is copied
     * @param current its image, empty when that is gone
     * @param wanted the new image, empty when nobody may look at it
     */
    public static CopiedSnapshots of(BlockDevices source, Optional<Ami> current, Optional<Ami> wanted) {
        Set<String> following = new TreeSet<>();
        current.map(source::followingImage).ifPresent(following::addAll);
        wanted.map(source::followingImage).ifPresent(following::addAll);
        return new CopiedSnapshots(source.nameSnapshots(), following);
    }
}
