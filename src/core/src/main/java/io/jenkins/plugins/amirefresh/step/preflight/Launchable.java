package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether versions of launch templates can launch: that they exist, and that their image does, is available and shared with
 * the account. Asked once a tick for each version and image; what may not be read has nothing against it.
 */
public final class Launchable {

    private final StepHost host;
    private final Map<Version, Optional<LaunchTemplateVersionData>> versions = new HashMap<>();
    private final Map<Image, Optional<Ami>> images = new HashMap<>();
    private final Map<Place, String> unknown = new HashMap<>();

    private record Version(Place place, LaunchTemplateId template, VersionReference reference) {}

    private record Image(Place place, AmiId id) {}

    /** For one tick. */
    public Launchable(StepHost host) {
        this.host = host;
    }

    /** A version, empty when it or its template does not exist. */
    public Optional<LaunchTemplateVersionData> version(
            Place place, LaunchTemplateId template, VersionReference reference) {
        Version asked = new Version(place, template, reference);
        Optional<LaunchTemplateVersionData> found = versions.get(asked);
        if (found == null) {
            found = cloud(place).launchTemplates().version(template, reference);
            versions.put(asked, found);
        }
        return found;
    }

    /** What somebody else read of a version in this tick. */
    public void know(
            Place place,
            LaunchTemplateId template,
            VersionReference reference,
            Optional<LaunchTemplateVersionData> found) {
        versions.put(new Version(place, template, reference), found);
    }

    /** An image as the account sees it, empty when it does not, or may not look. */
    public Optional<Ami> image(Place place, AmiId id) {
        Image asked = new Image(place, id);
        Optional<Ami> found = images.get(asked);
        if (found == null) {
            found = read(place, id);
            images.put(asked, found);
        }
        return found;
    }

    private Optional<Ami> read(Place place, AmiId id) {
        try {
            return cloud(place).amis().describe(List.of(id)).stream().findFirst();
        } catch (CloudException.AccessDenied e) {
            unknown.put(place, "the images it launches are not known: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Why images of a place could not be read so far, empty when they were. */
    String unknown(Place place) {
        return unknown.getOrDefault(place, "");
    }

    /** Why nothing can be launched from a version, one line without its number's end; empty when nothing is known. */
    public Optional<String> problem(Place place, LaunchTemplateId template, LaunchTemplateVersion version) {
        Optional<LaunchTemplateVersionData> data = version(place, template, VersionReference.of(version));
        return data.isPresent()
                ? problem(place, data.get())
                : Optional.of("version " + version + " of " + template + " no longer exists");
    }

    /** The same for a version that exists. */
    Optional<String> problem(Place place, LaunchTemplateVersionData version) {
        return version.ami()
                .flatMap(id -> problem(place, id).map(why -> "version " + version.version() + " launches " + why))
                .or(() -> tooSmall(place, version));
    }

    /** A volume of its image that a version makes smaller than it is: nothing can be launched from it then. */
    Optional<String> tooSmall(Place place, LaunchTemplateVersionData version) {
        return version.ami()
                .filter(id -> !version.blockDevices().devices().isEmpty())
                .flatMap(id -> image(place, id))
                .flatMap(version.blockDevices()::tooSmallFor)
                .map(why -> "version " + version.version() + " " + why);
    }

    /** Why nothing can be launched from an image: {@code ami-0123456789abcdef0, which is disabled}. */
    Optional<String> problem(Place place, AmiId id) {
        Optional<Ami> image = image(place, id);
        if (image.isEmpty()) {
            return unknown.containsKey(place)
                    ? Optional.empty()
                    : Optional.of(id + ", which no longer exists, or is not shared with this account any more");
        }
        return image.filter(found -> !found.isAvailable()).map(found -> id + ", which is " + found.state());
    }

    private Cloud cloud(Place place) {
        return host.cloud(place.access(), place.region());
    }
}
