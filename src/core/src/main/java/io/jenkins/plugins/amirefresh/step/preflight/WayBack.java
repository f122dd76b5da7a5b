package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.LaunchTemplates;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.launchtemplate.VersionToken;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.CopiedSnapshots;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a group can go back to. No instance is ended for an image that is gone; where only the version is gone, another one
 * with its image does as well.
 */
public final class WayBack {

    private final StepHost host;
    private final Launchable launchable;
    private final Place place;
    private final RefreshRecord record;
    private @Nullable List<LaunchTemplateVersionData> twins;

    /**
     * Looks nothing up yet.
     *
     * @param place the group's
     * @param record how the group was before
     */
    public WayBack(StepHost host, Launchable launchable, Place place, RefreshRecord record) {
        this.host = host;
        this.launchable = launchable;
        this.place = place;
        this.record = record;
    }

    /**
     * Why the group cannot go back, empty when it can, be it by another version.
     *
     * @param others groups of the place that a new version could change
     */
    public Optional<String> problem(Collection<GroupObservation> others) {
        return direct().filter(problem -> twin().isEmpty()).flatMap(problem -> {
            Optional<AmiId> image = imageOfLostVersion();
            boolean isWholeLost = launchable
                    .version(place, record.template(), VersionReference.of(record.to()))
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

    /**
     * The version to go back to, the recorded one or another one with its image. It is made when there is none: a change
     * that nothing follows by itself, with a token that makes repeating it safe. Call it only without a {@link #problem}.
     */
    public LaunchTemplateVersion version() {
        if (direct().isEmpty()) {
            return record.from();
        }
        return twin().map(LaunchTemplateVersionData::version).orElseGet(this::make);
    }

    /** What is launched on the way back; empty when that is not known. Makes nothing. */
    public Optional<LaunchTemplateVersionData> target() {
        return launchable
                .version(place, record.template(), VersionReference.of(record.from()))
                .or(this::twin)
                .or(() -> launchable
                        .version(place, record.template(), VersionReference.of(record.to()))
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
        return launchable.problem(place, record.template(), record.from());
    }

    /** The image that the recorded version had, when that is gone. */
    private Optional<AmiId> imageOfLostVersion() {
        boolean isLost = launchable
                .version(place, record.template(), VersionReference.of(record.from()))
                .isEmpty();
        return isLost ? Optional.ofNullable(record.ami()) : Optional.empty();
    }

    /** The newest version with the image of the one that is gone. */
    private Optional<LaunchTemplateVersionData> twin() {
        List<LaunchTemplateVersionData> found = twins == null ? lookForTwins() : twins;
        twins = found;
        return found.stream().max(Comparator.comparing(LaunchTemplateVersionData::version));
    }

    private List<LaunchTemplateVersionData> lookForTwins() {
        return imageOfLostVersion()
                .filter(image -> launchable.problem(place, image).isEmpty())
                .map(image -> cloud().launchTemplates().versionsWith(record.template(), List.of(image)))
                .orElse(List.of());
    }

    private LaunchTemplateVersion make() {
        AmiId image = imageOfLostVersion().orElseThrow();
        LaunchTemplateVersion made = cloud().launchTemplates()
                .createVersion(new LaunchTemplates.NewVersion(
                        record.template(),
                        record.to(),
                        image,
                        snapshots(image),
                        "AMI Refresh: version " + record.to() + " with " + image + " of version " + record.from()
                                + ", which is gone",
                        VersionToken.of(record.runId(), record.template(), record.to(), image)));
        host.log(record.template() + ": version " + made + " is made, as version " + record.to() + " with " + image
                + " of version " + record.from() + ", which is gone");
        return made;
    }

    private CopiedSnapshots snapshots(AmiId image) {
        return launchable
                .version(place, record.template(), VersionReference.of(record.to()))
                .map(newer -> CopiedSnapshots.of(
                        newer.blockDevices(),
                        newer.ami().flatMap(ami -> launchable.image(place, ami)),
                        launchable.image(place, image)))
                .orElse(CopiedSnapshots.ALL);
    }

    private Optional<String> latestUser(Collection<GroupObservation> others) {
        return others.stream()
                .filter(group -> group.key().account().equals(record.group().account())
                        && group.key().region().equals(record.group().region()))
                .filter(group -> group.launchSource().templates().stream()
                        .anyMatch(template -> template.id().equals(record.template())
                                && template.version() instanceof VersionReference.Latest))
                .map(group -> group.key().name().value())
                .findFirst();
    }

    private Cloud cloud() {
        return host.cloud(place.access(), place.region());
    }
}
