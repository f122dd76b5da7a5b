package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.cloud.LaunchTemplates;
import io.jenkins.plugins.amirefresh.journal.OverrideRecord;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.launchtemplate.VersionToken;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.CopiedSnapshots;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource.OverrideImage;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a group can go back to. No instance is ended for what cannot be launched; where only the version is gone, another one
 * does as well that launches its image, and else what the newer one launches. Changes nothing.
 */
public final class WayBack {

    private final StepHost host;
    private final Launchable launchable;
    private final PlaceReads reads;
    private final Set<Risk> allowed;
    private final Place place;
    private final @Nullable GroupObservation group;
    private final RefreshRecord record;
    private final Set<String> unknown = new LinkedHashSet<>();
    private @Nullable List<LaunchTemplateVersionData> twins;

    /**
     * Looks nothing up yet.
     *
     * @param place the group's
     * @param group null when it was not read
     * @param record how the group was before
     */
    WayBack(
            StepHost host,
            Launchable launchable,
            PlaceReads reads,
            Set<Risk> allowed,
            Place place,
            @Nullable GroupObservation group,
            RefreshRecord record) {
        this.host = host;
        this.launchable = launchable;
        this.reads = reads;
        this.allowed = allowed;
        this.place = place;
        this.group = group;
        this.record = record;
    }

    /**
     * Why the group cannot go back, empty when it can, be it by another version. For an image that is gone no instance is
     * ended, whatever is taken on.
     *
     * @param others groups of the place that a new version could change
     */
    Optional<Objection> objection(Collection<GroupObservation> others) {
        return lost(others)
                .or(this::ofOverrides)
                .map(why -> new Objection(null, why))
                .or(() -> missing().map(why -> new Objection(Risk.MISSING_RESOURCES, why)));
    }

    private Optional<String> lost(Collection<GroupObservation> others) {
        return direct().filter(problem -> twin().isEmpty()).flatMap(problem -> {
            Optional<AmiId> image = imageOfLostVersion();
            boolean isWholeLost = launchable
                    .version(place, record.template(), VersionReference.of(source()))
                    .isEmpty();
            if (image.isEmpty() || isWholeLost) {
                return Optional.of(problem);
            }
            return launchable
                    .problem(place, image.get())
                    .map(why -> problem + ", and its image was " + why)
                    .or(() -> latestUser(others)
                            .map(user -> problem + ", and " + user
                                    + " would launch a new version with its image at once, since it names $Latest"));
        });
    }

    /** An override's own template or image is launched as well. */
    private Optional<String> ofOverrides() {
        Stream<Optional<String>> versions = record.overrides().stream().map(override -> launchable
                .problem(place, override.template(), override.from())
                .or(() -> before(override)
                        .flatMap(version -> launchable.launched(place, version))
                        .flatMap(this::bad)
                        .map(bad -> "version " + override.from() + " of " + override.template() + " launches " + bad
                                + again(override)))
                .map(why -> why + ", for an override of it"));
        Stream<Optional<String>> images = record.images().stream()
                .map(OverrideImage::imageId)
                .filter(image -> image.startsWith("ami-"))
                .map(AmiId::new)
                .map(image -> launchable
                        .problem(place, image)
                        .or(() -> bad(image))
                        .map(why -> "an override launches " + why));
        return Stream.concat(versions, images).flatMap(Optional::stream).findFirst();
    }

    /** A parameter's owner can bring back what it named. */
    private static String again(OverrideRecord override) {
        return override.ami() == null ? "" : "; let its parameter name " + override.ami() + " again";
    }

    private Optional<String> bad(AmiId image) {
        return launchable.bad(place, image).map(reason -> image + ", which is marked bad: " + reason);
    }

    private Optional<String> missing() {
        GroupObservation seen = group;
        if (seen == null || allowed.contains(Risk.MISSING_RESOURCES)) {
            return Optional.empty();
        }
        Stream<LaunchTemplateVersionData> launched = Stream.concat(
                target().stream(), record.overrides().stream().flatMap(override -> before(override).stream()));
        Optional<String> first = Optional.empty();
        for (LaunchTemplateVersionData version : launched.toList()) {
            Resources.Found found = Resources.look(reads, place, seen, version);
            unknown.addAll(found.unknown());
            first = first.or(found::problem);
        }
        return first;
    }

    private Optional<LaunchTemplateVersionData> before(OverrideRecord override) {
        return launchable.version(place, override.template(), VersionReference.of(override.from()));
    }

    /** What could not be looked at, and why. */
    Set<String> unknown() {
        return unknown;
    }

    /** The version to go back to, the recorded one or another one with its image; empty when one has to be made. */
    public Optional<LaunchTemplateVersion> version() {
        return direct().isEmpty() ? Optional.of(record.from()) : twin().map(LaunchTemplateVersionData::version);
    }

    /** The version to make when there is none: a change that nothing follows by itself. Ask only without an {@link #objection}. */
    public LaunchTemplates.NewVersion toMake() {
        AmiId image = imageOfLostVersion().orElseThrow();
        LaunchTemplateVersion source = source();
        String text = "version " + source + " with " + image + " of version " + record.from()
                + (recorded().isPresent() ? "" : ", which is gone");
        return new LaunchTemplates.NewVersion(
                record.template(),
                source,
                image,
                snapshots(source, image),
                "AMI Refresh: " + text,
                VersionToken.of(record.runId(), record.template(), source, image));
    }

    /** What a version to go back to is made from. */
    private LaunchTemplateVersion source() {
        return recorded().isPresent() ? record.from() : record.to();
    }

    /** That the recorded version follows a parameter, which names another image by now; empty when it does not. */
    public Optional<String> elsewhere() {
        AmiId before = record.ami();
        return recorded()
                .filter(version -> before != null && version.followsParameter())
                .flatMap(version -> launchable
                        .launched(place, version)
                        .filter(now -> !now.equals(before))
                        .map(now -> "version " + version.version() + " follows " + version.imageId() + ", which names "
                                + now + " now"));
    }

    private Optional<LaunchTemplateVersionData> recorded() {
        return launchable.version(place, record.template(), VersionReference.of(record.from()));
    }

    /** What is launched on the way back; empty when that is not known. */
    public Optional<LaunchTemplateVersionData> target() {
        return recorded()
                .filter(version -> elsewhere().isEmpty())
                .or(this::twin)
                .or(() -> launchable
                        .version(place, record.template(), VersionReference.of(source()))
                        .map(newer -> newer.withImage(
                                imageOfLostVersion().map(AmiId::value).orElse(""))));
    }

    /** What is said of a version that is not the recorded one; empty when it is. */
    public Optional<String> remark() {
        return direct().map(problem -> problem + ", the way back is "
                + twin().map(twin -> "version " + twin.version() + " with the same image")
                        .orElseGet(() -> "a new version with its image "
                                + imageOfLostVersion().map(AmiId::value).orElse("")));
    }

    private Optional<String> direct() {
        return launchable.problem(place, record.template(), record.from()).or(this::elsewhere);
    }

    /** The image that the recorded version had, when that is gone, or follows a parameter and is no way back. */
    private Optional<AmiId> imageOfLostVersion() {
        boolean isLost =
                recorded().map(LaunchTemplateVersionData::followsParameter).orElse(true);
        return isLost ? Optional.ofNullable(record.ami()) : Optional.empty();
    }

    /** The newest version with the image of the one that is gone, and like the newer one in all else. */
    private Optional<LaunchTemplateVersionData> twin() {
        List<LaunchTemplateVersionData> found = twins == null ? lookForTwins() : twins;
        twins = found;
        return found.stream().max(Comparator.comparing(LaunchTemplateVersionData::version));
    }

    private List<LaunchTemplateVersionData> lookForTwins() {
        return imageOfLostVersion()
                .filter(image -> launchable.problem(place, image).isEmpty())
                .map(image -> host.cloud(place.access(), place.region())
                        .launchTemplates()
                        .versionsWith(record.template(), List.of(image)))
                .map(found -> found.stream().filter(this::isAlike).toList())
                .orElse(List.of());
    }

    /** A way back changes the image alone: what a version that is gone launched besides, the newer one still says. */
    private boolean isAlike(LaunchTemplateVersionData twin) {
        return launchable
                .version(place, record.template(), VersionReference.of(source()))
                .filter(own ->
                        OtherSettings.members(launchable, place, own, twin).isEmpty())
                .isPresent();
    }

    private CopiedSnapshots snapshots(LaunchTemplateVersion source, AmiId image) {
        return launchable
                .version(place, record.template(), VersionReference.of(source))
                .map(newer -> CopiedSnapshots.of(
                        newer.blockDevices(),
                        launchable.launched(place, newer).flatMap(ami -> launchable.image(place, ami)),
                        launchable.image(place, image)))
                .orElse(CopiedSnapshots.ALL);
    }

    private Optional<String> latestUser(Collection<GroupObservation> others) {
        return others.stream()
                .filter(other -> !other.key().equals(record.group())
                        && other.key().account().equals(record.group().account())
                        && other.key().region().equals(record.group().region()))
                .filter(other -> other.launchSource().templates().stream()
                        .anyMatch(template -> template.id().equals(record.template())
                                && template.version() instanceof VersionReference.Latest))
                .map(other -> other.key().name().value())
                .findFirst();
    }
}
