package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.Instances;
import io.jenkins.plugins.amirefresh.journal.JournalFact.GroupPinned;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.launchtemplate.Pin;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.refresh.Matching;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.LeftRefresh;
import io.jenkins.plugins.amirefresh.step.fleet.TemplateReads;
import io.jenkins.plugins.amirefresh.step.preflight.Launchable;
import java.util.List;
import java.util.Optional;

/** What is written down of a group before its first change, for whoever brings it back. */
final class Before {

    private final StepHost host;
    private final Candidate candidate;
    private final GroupObservation group;
    private final TemplateReads reads;
    private final Launchable launchable;
    private final Matching matching;

    Before(
            StepHost host,
            Candidate candidate,
            GroupObservation group,
            TemplateReads reads,
            Launchable launchable,
            Matching matching) {
        this.host = host;
        this.candidate = candidate;
        this.group = group;
        this.reads = reads;
        this.launchable = launchable;
        this.matching = matching;
    }

    /**
     * The record.
     *
     * @param named the version that the group names
     */
    RefreshRecord record(RefreshPlan plan, Optional<LaunchTemplateVersion> named, List<InstanceObservation> outdated) {
        RefreshRecord seen = seen(plan, named, outdated);
        return seen.hasWayBack()
                ? seen
                : LeftRefresh.record(host, group, candidate.to())
                        .map(left -> goingOn(left, seen))
                        .orElse(seen);
    }

    /** What a run that did not end it found is gone by now; it is on the group's own record. */
    private static RefreshRecord goingOn(RefreshRecord left, RefreshRecord seen) {
        return new RefreshRecord(
                seen.runId(),
                seen.group(),
                seen.template(),
                left.from(),
                seen.to(),
                left.reference(),
                left.previousDefault(),
                seen.capacity(),
                left.overrides(),
                left.images(),
                left.ami(),
                left.byImage(),
                seen.limits(),
                seen.followed());
    }

    private RefreshRecord seen(
            RefreshPlan plan, Optional<LaunchTemplateVersion> named, List<InstanceObservation> outdated) {
        VersionReference reference = reference();
        LaunchTemplateVersion from =
                ran(named, outdated).wayBack(this::launches).orElse(candidate.to());
        LaunchTemplateVersion previousDefault = reads.version(
                        candidate.place(), candidate.template(), new VersionReference.Default())
                .map(LaunchTemplateVersionData::version)
                .orElse(from);
        Optional<LaunchTemplateVersionData> parameter = reads.version(
                        candidate.place(), candidate.template(), candidate.to())
                .filter(LaunchTemplateVersionData::followsParameter);
        AmiId ami = image(from, outdated).orElse(null);
        boolean namesOther = !matching.images().equals(group.launchSource().imagesOfOverrides());
        boolean isAlike = from.equals(candidate.to()) && !outdated.isEmpty();
        return new RefreshRecord(
                host.run().id(),
                group.key(),
                plan.template(),
                from,
                candidate.to(),
                reference,
                previousDefault,
                group.capacity(),
                new Overrides(cloud(), group, matching).records(Pins.overrides(host, group), outdated),
                group.launchSource().imagesOfOverrides(),
                ami,
                isAlike && (namesOther || (parameter.isPresent() && ami != null)),
                plan.policy().limits(),
                parameter.flatMap(this::named).orElse(null));
    }

    /** What a parameter names; the plan says so where nobody may ask. */
    private Optional<AmiId> named(LaunchTemplateVersionData version) {
        try {
            return cloud().launchTemplates().imageOf(version.template(), version.version());
        } catch (CloudException.AccessDenied e) {
            return Optional.empty();
        }
    }

    /** What a version launches; of one that is gone or follows a parameter, what an instance of it runs. */
    private Optional<AmiId> image(LaunchTemplateVersion version, List<InstanceObservation> outdated) {
        Optional<LaunchTemplateVersionData> data = reads.version(candidate.place(), candidate.template(), version);
        if (data.filter(known -> !known.followsParameter()).isPresent()) {
            return data.get().ami();
        }
        Optional<InstanceId> one = outdated.stream()
                .filter(instance -> instance.isOn(candidate.template(), version))
                .map(InstanceObservation::id)
                .findFirst();
        return one.isEmpty()
                ? Optional.empty()
                : cloud().instances().describe(List.of(one.get())).stream()
                        .map(Instances.Instance::ami)
                        .findFirst();
    }

    /** How the group named its version before anyone pinned it. */
    private VersionReference reference() {
        VersionReference now = group.launchSource().mainTemplate().orElseThrow().version();
        return host.journal()
                .history()
                .group(group.key())
                .pin()
                .map(GroupPinned::was)
                .or(this::pinnedByTag)
                .orElse(now);
    }

    private Optional<VersionReference> pinnedByTag() {
        String alias = group.tag(Pin.TAG).split(" ", 2)[0];
        return alias.equals("$Latest") || alias.equals("$Default")
                ? Optional.of(VersionReference.parse(alias))
                : Optional.empty();
    }

    /** What the instances run that are replaced. */
    WhatRan ran(Optional<LaunchTemplateVersion> named, List<InstanceObservation> outdated) {
        return WhatRan.of(candidate.template(), named.filter(version -> !version.equals(candidate.to())), outdated);
    }

    private boolean launches(LaunchTemplateVersion version) {
        return launchable
                        .problem(candidate.place(), candidate.template(), version)
                        .isEmpty()
                && reads.version(candidate.place(), candidate.template(), version)
                        .flatMap(data -> launchable.launched(candidate.place(), data))
                        .flatMap(image -> launchable.bad(candidate.place(), image))
                        .isEmpty();
    }

    private Cloud cloud() {
        return host.cloud(candidate.place().access(), candidate.place().region());
    }
}
