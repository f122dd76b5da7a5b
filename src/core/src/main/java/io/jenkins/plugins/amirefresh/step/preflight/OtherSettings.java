package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.model.BlockDevices;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a group would get besides another image. A refresh changes the image alone: what else its template's versions hold is
 * for its owner to choose, by the version that the group names.
 */
final class OtherSettings {

    private final Launchable launchable;
    private final PlannedRefresh refresh;

    OtherSettings(Launchable launchable, PlannedRefresh refresh) {
        this.launchable = launchable;
        this.refresh = refresh;
    }

    /** A group that follows {@code $Latest} of a template gets whatever its newest version holds: its owner said so. */
    Optional<Objection> objection() {
        return refresh.group().launchSource().templates().stream()
                .filter(use -> !followsLatest(use))
                .flatMap(use -> difference(use).stream())
                .findFirst()
                .map(difference -> new Objection(
                        Risk.OTHER_SETTINGS,
                        difference
                                + "; let updateLaunchTemplates copy the group's own version (sourceVersion: 'groups'),"
                                + " or let the group name a version with the settings it shall have"));
    }

    private boolean followsLatest(LaunchSource.Template use) {
        boolean isMain = use.id().equals(refresh.record().template());
        VersionReference named = isMain ? refresh.record().reference() : override(use);
        return named instanceof VersionReference.Latest;
    }

    /** As it was named before it was pinned. */
    private VersionReference override(LaunchSource.Template use) {
        return refresh.record().overrides().stream()
                .filter(override -> override.template().equals(use.id()))
                .map(override -> override.reference())
                .findFirst()
                .orElse(use.version());
    }

    private Optional<String> difference(LaunchSource.Template use) {
        Optional<LaunchTemplateVersionData> own = launchable.version(refresh.place(), use.id(), use.version());
        Optional<LaunchTemplateVersionData> target = target(use);
        if (own.isEmpty() || target.isEmpty()) {
            return Optional.empty();
        }
        List<String> members = members(launchable, refresh.place(), own.get(), target.get());
        return members.isEmpty()
                ? Optional.empty()
                : Optional.of("version " + target.get().version() + " of " + use.name()
                        + " changes more than the image of version "
                        + own.get().version() + ", which the group names: " + String.join(", ", members));
    }

    private Optional<LaunchTemplateVersionData> target(LaunchSource.Template use) {
        if (use.id().equals(refresh.target().template())) {
            return Optional.of(refresh.target());
        }
        return refresh.record().overrides().stream()
                .filter(override -> override.template().equals(use.id()))
                .flatMap(override ->
                        launchable.version(refresh.place(), use.id(), VersionReference.of(override.to())).stream())
                .findFirst();
    }

    /** What another version holds otherwise, the image and its volumes' snapshots aside; empty for nothing. */
    static List<String> members(
            Launchable launchable, Place place, LaunchTemplateVersionData own, LaunchTemplateVersionData target) {
        List<String> members = new ArrayList<>(own.settings().differences(target.settings()));
        if (!own.blockDevices().equals(target.blockDevices())
                && own.settings().equals(target.settings())
                && differInSnapshots(launchable, place, own, target)) {
            members.add("SnapshotId in BlockDeviceMappings");
        }
        return members;
    }

    /** Snapshots of an image's own volumes aside; where an image is not known, nothing is said. */
    private static boolean differInSnapshots(
            Launchable launchable, Place place, LaunchTemplateVersionData own, LaunchTemplateVersionData target) {
        List<BlockDevices> others = Stream.of(own, target)
                .flatMap(version -> version
                        .ami()
                        .flatMap(ami -> launchable.image(place, ami))
                        .map(image -> version.blockDevices()
                                .withoutSnapshots(version.blockDevices().followingImage(image)))
                        .stream())
                .toList();
        return others.size() == 2 && !others.get(0).equals(others.get(1));
    }
}
