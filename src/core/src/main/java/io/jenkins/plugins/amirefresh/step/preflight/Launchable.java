package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchSource.OverrideImage;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether versions of launch templates can launch: that they exist, and that their image does, is available and shared with
 * the account. Asked once a tick for each version and image; what may not be read has nothing against it.
 */
public final class Launchable {

    private final StepHost host;
    private final Map<Version, Optional<LaunchTemplateVersionData>> versions = new HashMap<>();
    private final Map<Image, Optional<Ami>> images = new HashMap<>();
    private final Map<Version, Meaning> meanings = new HashMap<>();
    private final Set<Place> withoutImages = new HashSet<>();
    private final Map<Place, Set<String>> unknown = new HashMap<>();

    private record Version(Place place, LaunchTemplateId template, VersionReference reference) {}

    private record Image(Place place, AmiId id) {}

    /**
     * What a parameter names now.
     *
     * @param ami empty when nothing, or when that is not known
     * @param problem why it names nothing, empty when it does or nobody may look
     */
    private record Meaning(Optional<AmiId> ami, Optional<String> problem) {}

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
            withoutImages.add(place);
            unknown(place, "the images it launches are not known: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void unknown(Place place, String why) {
        unknown.computeIfAbsent(place, missing -> new LinkedHashSet<>()).add(why);
    }

    /** What could not be read of a place so far, and why. */
    Set<String> unknown(Place place) {
        return unknown.getOrDefault(place, Set.of());
    }

    /** Why nothing can be launched from a version, one line without its number's end; empty when nothing is known. */
    public Optional<String> problem(Place place, LaunchTemplateId template, LaunchTemplateVersion version) {
        Optional<LaunchTemplateVersionData> data = version(place, template, VersionReference.of(version));
        return data.isPresent()
                ? problem(place, data.get())
                : Optional.of("version " + version + " of " + template + " no longer exists");
    }

    /** The same for a version that exists; a parameter counts for what it names now. */
    Optional<String> problem(Place place, LaunchTemplateVersionData version) {
        String launches = "version " + version.version() + " launches ";
        if (!version.followsParameter()) {
            return version.ami()
                    .flatMap(id -> problem(place, id).map(why -> launches + why))
                    .or(() -> tooSmall(place, version));
        }
        Meaning meaning = meaning(place, version);
        return meaning.problem()
                .or(() -> meaning.ami().flatMap(id -> problem(place, id)).map(why -> "which names " + why))
                .map(why -> launches + version.imageId() + ", " + why);
    }

    /** A volume of its image that a version makes smaller than it is: nothing can be launched from it then. */
    Optional<String> tooSmall(Place place, LaunchTemplateVersionData version) {
        return version.ami()
                .filter(id -> !version.blockDevices().devices().isEmpty())
                .flatMap(id -> image(place, id))
                .flatMap(version.blockDevices()::tooSmallFor)
                .map(why -> "version " + version.version() + " " + why);
    }

    /** Why nothing, or not everything, can be launched from what a group names now, its overrides included. */
    public Optional<String> problem(Place place, LaunchSource source) {
        Stream<Optional<String>> named = source.templates().stream().map(use -> problem(place, use));
        Stream<Optional<String>> images = source.imagesOfOverrides().stream()
                .map(OverrideImage::imageId)
                .filter(image -> image.startsWith("ami-"))
                .map(image -> problem(place, new AmiId(image)).map(why -> "an override launches " + why));
        return Stream.concat(named, images).flatMap(Optional::stream).findFirst();
    }

    private Optional<String> problem(Place place, LaunchSource.Template use) {
        return version(place, use.id(), use.version())
                .map(data -> problem(place, data))
                .orElseGet(
                        () -> Optional.of("version " + use.version().text() + " of " + use.id() + " no longer exists"));
    }

    /** Known to launch nothing at all from what a group names now. */
    boolean isStuck(Place place, LaunchSource source) {
        return source.imagesOfOverrides().isEmpty()
                && source.templates().stream()
                        .allMatch(use -> problem(place, use).isPresent());
    }

    /** What a version launches now, a parameter's image where it follows one; empty when that is not known. */
    public Optional<AmiId> launched(Place place, LaunchTemplateVersionData version) {
        return version.followsParameter() ? meaning(place, version).ami() : version.ami();
    }

    /** Why an image was marked bad, in this run or by its tag; empty when it was not. */
    public Optional<String> bad(Place place, AmiId id) {
        return host.journal()
                .history()
                .badReason(id)
                .or(() -> image(place, id).map(found -> found.tags().getOrDefault(AmiTags.BAD, "")))
                .filter(reason -> !reason.isEmpty());
    }

    private Meaning meaning(Place place, LaunchTemplateVersionData version) {
        Version asked = new Version(place, version.template(), VersionReference.of(version.version()));
        Meaning known = meanings.get(asked);
        if (known == null) {
            known = look(place, version);
            meanings.put(asked, known);
        }
        return known;
    }

    private Meaning look(Place place, LaunchTemplateVersionData version) {
        try {
            Optional<AmiId> ami = cloud(place).launchTemplates().imageOf(version.template(), version.version());
            return new Meaning(
                    ami, ami.isPresent() ? Optional.empty() : Optional.of("which is no parameter that names an image"));
        } catch (CloudException.AccessDenied e) {
            unknown(place, "which image " + version.imageId() + " means is not known: " + e.getMessage());
            return new Meaning(Optional.empty(), Optional.empty());
        }
    }

    /** Why nothing can be launched from an image: {@code ami-0123456789abcdef0, which is disabled}. */
    Optional<String> problem(Place place, AmiId id) {
        Optional<Ami> image = image(place, id);
        if (image.isEmpty()) {
            return withoutImages.contains(place)
                    ? Optional.empty()
                    : Optional.of(id + ", which no longer exists, or is not shared with this account any more");
        }
        return image.filter(found -> !found.isAvailable()).map(found -> id + ", which is " + found.state());
    }

    private Cloud cloud(Place place) {
        return host.cloud(place.access(), place.region());
    }
}
