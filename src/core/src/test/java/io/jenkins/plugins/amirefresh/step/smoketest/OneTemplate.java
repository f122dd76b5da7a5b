package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.cloud.LaunchTemplates;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.BlockDevices;
import io.jenkins.plugins.amirefresh.model.CapacityReservationSpecification;
import io.jenkins.plugins.amirefresh.model.LaunchResources;
import io.jenkins.plugins.amirefresh.model.LaunchSettings;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateName;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Launch templates whose versions are there when asked for, and of which nothing else is asked. */
final class OneTemplate implements LaunchTemplates {

    @Override
    public Optional<LaunchTemplateVersionData> version(LaunchTemplateId template, VersionReference version) {
        return Optional.of(new LaunchTemplateVersionData(
                template,
                new LaunchTemplateName("web-template"),
                new LaunchTemplateVersion(Long.parseLong(version.text())),
                false,
                "ami-0123456789abcdef" + version.text(),
                "t3.micro",
                List.of(),
                "",
                CapacityReservationSpecification.UNSET,
                Instant.EPOCH,
                new LaunchSettings(Map.of("InstanceType", "t3.micro")),
                BlockDevices.NONE,
                LaunchResources.NONE));
    }

    @Override
    public List<LaunchTemplate> all() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<LaunchTemplateVersionData> latestAndDefaultOfAll() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<LaunchTemplateVersionData> versions(
            LaunchTemplateId template, Collection<LaunchTemplateVersion> versions) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<LaunchTemplateVersionData> versionsOf(LaunchTemplateId template) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<LaunchTemplateVersionData> versionsWith(LaunchTemplateId template, Collection<AmiId> amis) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<AmiId> imageOf(LaunchTemplateId template, LaunchTemplateVersion version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LaunchTemplateVersion createVersion(NewVersion version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setDefaultVersion(LaunchTemplateId template, LaunchTemplateVersion version) {
        throw new UnsupportedOperationException();
    }
}
