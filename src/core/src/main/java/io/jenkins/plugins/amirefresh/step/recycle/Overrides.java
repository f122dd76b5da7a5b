package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.Instances;
import io.jenkins.plugins.amirefresh.journal.OverrideRecord;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.refresh.Matching;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The launch templates of a group's overrides, as they are and as they shall be. */
final class Overrides {

    private final Cloud cloud;
    private final GroupObservation group;
    private final Matching matching;

    Overrides(Cloud cloud, GroupObservation group, Matching matching) {
        this.cloud = cloud;
        this.group = group;
        this.matching = matching;
    }

    /**
     * What the group would launch next is what it is brought to.
     *
     * @param named the version of its own template that it names
     */
    boolean launchesWhat(Candidate candidate, Optional<LaunchTemplateVersion> named) {
        boolean isMain = named.filter(version -> isRight(candidate.template(), candidate.to(), version))
                .isPresent();
        return isMain
                && group.launchSource().withImages(matching.images()).equals(group.launchSource())
                && group.launchSource().overrideTemplates().stream().allMatch(this::isRight);
    }

    private boolean isRight(LaunchSource.Template use) {
        LaunchTemplateVersion wanted = matching.overrides().get(use.id());
        return wanted != null
                && number(use.id(), use.version())
                        .filter(version -> isRight(use.id(), wanted, version))
                        .isPresent();
    }

    private boolean isRight(LaunchTemplateId template, LaunchTemplateVersion wanted, LaunchTemplateVersion version) {
        return version.equals(wanted)
                || matching.same().getOrDefault(template, Set.of()).contains(version);
    }

    private Optional<LaunchTemplateVersion> number(LaunchTemplateId template, VersionReference reference) {
        return reference instanceof VersionReference.Numbered fixed
                ? Optional.of(fixed.version())
                : cloud.launchTemplates().version(template, reference).map(LaunchTemplateVersionData::version);
    }

    /**
     * What has to be known to bring them back.
     *
     * @param pinned how they named their versions, of those that were pinned
     * @param outdated what is replaced: an instance says what a parameter named when it was launched
     */
    List<OverrideRecord> records(Map<LaunchTemplateId, VersionReference> pinned, List<InstanceObservation> outdated) {
        List<OverrideRecord> records = new ArrayList<>();
        for (LaunchSource.Template use : group.launchSource().overrideTemplates()) {
            LaunchTemplateVersion to = matching.overrides().get(use.id());
            if (to != null) {
                Optional<LaunchTemplateVersion> named = number(use.id(), use.version());
                LaunchTemplateVersion from = WhatRan.of(use.id(), named, outdated)
                        .wayBack(version -> true)
                        .orElse(to);
                LaunchTemplateVersion previousDefault =
                        number(use.id(), new VersionReference.Default()).orElse(from);
                records.add(new OverrideRecord(
                        use.id(),
                        from,
                        to,
                        pinned.getOrDefault(use.id(), use.version()),
                        previousDefault,
                        image(use.id(), from, outdated).orElse(null)));
            }
        }
        return List.copyOf(records);
    }

    private Optional<AmiId> image(
            LaunchTemplateId template, LaunchTemplateVersion version, List<InstanceObservation> outdated) {
        Optional<InstanceId> one = outdated.stream()
                .filter(instance -> instance.isOn(template, version))
                .map(InstanceObservation::id)
                .findFirst();
        boolean isFollower = one.isPresent()
                && cloud.launchTemplates()
                        .version(template, VersionReference.of(version))
                        .filter(LaunchTemplateVersionData::followsParameter)
                        .isPresent();
        return isFollower
                ? cloud.instances().describe(List.of(one.get())).stream()
                        .map(Instances.Instance::ami)
                        .findFirst()
                : Optional.empty();
    }

    /** What becomes of them, for people; empty for nothing. */
    static String text(RefreshRecord record) {
        return record.overrides().stream()
                .filter(override -> !override.from().equals(override.to()))
                .map(override -> "its override's " + override.template() + " version " + override.from() + " to "
                        + override.to() + ", ")
                .collect(Collectors.joining());
    }
}
