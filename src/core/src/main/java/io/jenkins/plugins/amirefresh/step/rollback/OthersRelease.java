package io.jenkins.plugins.amirefresh.step.rollback;

import io.jenkins.plugins.amirefresh.cloud.LaunchTemplates;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What others brought a group to after the refresh that is on record. Another image of theirs was no part of that refresh:
 * taking it back takes somebody who means this group.
 */
final class OthersRelease {

    private final RefreshRecord record;
    private final GroupObservation group;
    private final LaunchTemplates templates;

    OthersRelease(StepHost host, LocatedGroup located, RefreshRecord record) {
        this.record = record;
        this.group = located.group();
        this.templates =
                host.cloud(located.place().access(), located.place().region()).launchTemplates();
    }

    /** What it is, for people; empty when the group launches and runs what it was brought to or came from. */
    Optional<String> text() {
        Optional<LaunchTemplateVersion> launched = group.launchSource()
                .mainTemplate()
                .filter(template -> template.id().equals(record.template()))
                .flatMap(this::number);
        return launched.filter(this::isTheirs)
                .or(() -> newest().filter(this::isTheirs))
                .map(version -> "others brought it from version " + record.to() + " to version " + version
                        + " since run " + record.runId() + ": it launches version "
                        + launched.map(LaunchTemplateVersion::toString).orElse("of another template") + ", and "
                        + count(version) + " of " + living().size() + " instances run version " + version);
    }

    private Optional<LaunchTemplateVersion> number(LaunchSource.Template template) {
        return template.version() instanceof VersionReference.Numbered fixed
                ? Optional.of(fixed.version())
                : templates.version(template.id(), template.version()).map(LaunchTemplateVersionData::version);
    }

    /** Newer than what the refresh brought; older ones were there before it, and left alone. */
    private Optional<LaunchTemplateVersion> newest() {
        return living().stream()
                .filter(instance -> record.template().equals(instance.template()))
                .flatMap(instance -> instance.launchedVersion().stream())
                .filter(version -> version.compareTo(record.to()) > 0)
                .max(Comparator.naturalOrder());
    }

    /** A version with the image of the refresh is no other release, nor is one made to go back to. */
    private boolean isTheirs(LaunchTemplateVersion version) {
        if (version.equals(record.from())
                || version.equals(record.to())
                || VersionReference.of(version).equals(record.reference())) {
            return false;
        }
        Optional<String> image = image(version);
        boolean isOfWayBack = record.ami() != null
                && image.filter(record.ami().value()::equals).isPresent();
        return !isOfWayBack && (image.isEmpty() || !image.equals(image(record.to())));
    }

    private Optional<String> image(LaunchTemplateVersion version) {
        return templates
                .version(record.template(), VersionReference.of(version))
                .map(LaunchTemplateVersionData::imageId);
    }

    private long count(LaunchTemplateVersion version) {
        return living().stream()
                .filter(instance -> instance.isOn(record.template(), version))
                .count();
    }

    private List<InstanceObservation> living() {
        return group.instances().stream()
                .filter(instance -> !instance.lifecycleState().isLeaving()
                        && !instance.lifecycleState().isWarmed())
                .toList();
    }
}
