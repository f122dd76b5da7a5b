package io.jenkins.plugins.amirefresh.launchtemplate;

import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.BlockDevices;
import io.jenkins.plugins.amirefresh.model.CopiedSnapshots;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Decides on launch templates, one at a time: which AMI, whether it fits, and what must be pinned before. */
public final class TemplatePlanner {

    private final String runId;
    private final LatestUsers latestUsers;
    private final Set<AmiDifference> accepted;

    /** A planner for one run; some differences between an AMI and the one before count for nothing. */
    public TemplatePlanner(String runId, LatestUsers latestUsers, Set<AmiDifference> accepted) {
        this.runId = runId;
        this.latestUsers = latestUsers;
        this.accepted = Set.copyOf(accepted);
    }

    /** What happens to a template. */
    public TemplateDecision decide(TemplateFacts facts) {
        String image = facts.source().imageId();
        if (facts.wanted().isEmpty()) {
            return wrong("there is no AMI of family " + facts.family() + " in " + facts.region());
        }
        boolean isFollowing = facts.source().followsParameter();
        AmiId own = isFollowing || image.isEmpty() ? facts.named() : new AmiId(image);
        Optional<Ami> current =
                Optional.ofNullable(own == null ? null : facts.visible().get(own));
        Ami wanted = fitting(facts.wanted(), current);
        Optional<TemplateDecision> refusal = refusal(facts, current, wanted);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (isFollowing) {
            return following(facts, wanted);
        }
        if (image.equals(wanted.id().value())) {
            return new TemplateDecision.Keep(
                    facts.source().version(),
                    wanted.id(),
                    "version " + facts.source().version() + " launches " + wanted.id() + " already");
        }
        CopiedSnapshots snapshots = CopiedSnapshots.of(
                facts.source().blockDevices(),
                current,
                Optional.ofNullable(facts.visible().get(wanted.id())));
        return there(facts, snapshots, wanted)
                .<TemplateDecision>map(version -> new TemplateDecision.Keep(
                        version,
                        wanted.id(),
                        "version " + version + " launches " + wanted.id() + " and is else as version "
                                + facts.source().version()))
                .orElseGet(() -> create(facts, current, snapshots, wanted));
    }

    /** What a parameter names is its owner's to say. */
    private static TemplateDecision following(TemplateFacts facts, Ami wanted) {
        AmiId named = facts.named();
        String follows = "version " + facts.source().version() + " follows "
                + facts.source().imageId()
                + (named == null ? "" : ", which names " + named);
        return wanted.id().equals(named)
                ? new TemplateDecision.Keep(facts.source().version(), wanted.id(), follows)
                : wrong("its " + follows + ": let it name " + wanted.id());
    }

    /** A version made earlier that is what the new one would be. */
    private static Optional<LaunchTemplateVersion> there(TemplateFacts facts, CopiedSnapshots snapshots, Ami wanted) {
        BlockDevices mapped = facts.source().blockDevices().withoutSnapshots(snapshots.following());
        return facts.having().stream()
                .filter(version -> version.imageId().equals(wanted.id().value()))
                .filter(version -> version.settings().equals(facts.source().settings()))
                .filter(version -> version.blockDevices().equals(mapped))
                .map(LaunchTemplateVersionData::version)
                .max(Comparator.naturalOrder());
    }

    /** The one with the current architecture; when there is none, any, for the guard to name. */
    private static Ami fitting(List<Ami> wanted, Optional<Ami> current) {
        return wanted.stream()
                .filter(ami -> current.map(old -> old.architecture().equals(ami.architecture()))
                        .orElse(true))
                .findFirst()
                .orElse(wanted.get(0));
    }

    private Optional<TemplateDecision> refusal(TemplateFacts facts, Optional<Ami> current, Ami wanted) {
        if (facts.bad().containsKey(wanted.id())) {
            return Optional.of(new TemplateDecision.Refuse(
                    wanted.id() + " is marked bad: " + facts.bad().get(wanted.id()), false));
        }
        Ami seen = facts.visible().get(wanted.id());
        if (seen == null) {
            return Optional.of(wrong(wanted.id() + " is not visible to account " + facts.account() + " in "
                    + facts.region() + ": share it with that account"));
        }
        if (!seen.isAvailable()) {
            return Optional.of(wrong(wanted.id() + " is " + seen.state() + ", not available"));
        }
        Optional<String> objection = current.flatMap(old -> AmiGuards.objection(old, seen, accepted));
        if (objection.isPresent()) {
            String words = AmiGuards.differences(current.get(), seen).stream()
                    .map(AmiDifference::word)
                    .collect(Collectors.joining(","));
            return Optional.of(
                    wrong(objection.get() + "; take another AMI, or accept it with allowDifferences: '" + words + "'"));
        }
        return facts.source()
                .blockDevices()
                .tooSmallFor(seen)
                .map(problem -> new TemplateDecision.Refuse(
                        "version " + facts.source().version() + " " + problem
                                + ": give the template a version that maps it as large, or says no size",
                        false));
    }

    private TemplateDecision create(TemplateFacts facts, Optional<Ami> current, CopiedSnapshots snapshots, Ami wanted) {
        List<Pin> pins = new ArrayList<>();
        List<String> unpinned = new ArrayList<>();
        for (GroupObservation group : facts.groups()) {
            if (!group.deleting()
                    && latestUsers != LatestUsers.ALLOW
                    && followsLatest(group, facts.template().id())) {
                if (latestUsers == LatestUsers.REFUSE) {
                    return new TemplateDecision.Refuse(
                            "group " + group.key().name() + " names $Latest and latestUsers is refuse", false);
                }
                if (isLatestGone(facts)) {
                    unpinned.add(group.key().name().value());
                } else {
                    // Also one that is opted out or a dry run: else its next scale-out would launch what nobody proved.
                    pins.add(pin(group, facts));
                }
            }
        }
        return new TemplateDecision.Create(
                facts.source().version(),
                wanted.id(),
                snapshots,
                VersionToken.of(runId, facts.template().id(), facts.source().version(), wanted.id()),
                pins,
                why(facts, current, wanted, pins) + unpinned(facts, unpinned));
    }

    /** A group that is pinned to such a version could replace no instance until its window. */
    private static boolean isLatestGone(TemplateFacts facts) {
        return facts.latest()
                .ami()
                .map(image -> !facts.visible().containsKey(image))
                .orElse(false);
    }

    private static String unpinned(TemplateFacts facts, List<String> groups) {
        return groups.isEmpty()
                ? ""
                : "; not pinned, since version " + facts.latest().version() + " can launch nothing: "
                        + groups.stream().sorted().collect(Collectors.joining(", "));
    }

    private static boolean followsLatest(GroupObservation group, LaunchTemplateId template) {
        return group.launchSource().templates().stream()
                .anyMatch(use -> use.id().equals(template) && isLatest(use.version()));
    }

    private static boolean isLatest(VersionReference reference) {
        return reference.fold(() -> true, () -> false, number -> false);
    }

    private static Pin pin(GroupObservation group, TemplateFacts facts) {
        LaunchTemplateId template = facts.template().id();
        LaunchSource source = group.launchSource();
        LaunchSource pinned =
                source.with(template, VersionReference.of(facts.latest().version()));
        String earlier = group.tag(Pin.TAG);
        Map<LaunchTemplateId, VersionReference> overrides = new TreeMap<>(Pin.overridesIn(earlier));
        source.overrideTemplates().stream()
                .filter(use -> use.id().equals(template))
                .forEach(use -> overrides.put(use.id(), use.version()));
        VersionReference named =
                source.mainTemplate().map(LaunchSource.Template::version).orElseThrow();
        VersionReference was =
                named instanceof VersionReference.Numbered ? Pin.mainIn(earlier).orElse(named) : named;
        return new Pin(group.key(), was, facts.latest().version(), pinned, overrides);
    }

    private static String why(TemplateFacts facts, Optional<Ami> current, Ami wanted, List<Pin> pins) {
        String image = facts.source().imageId();
        String from = image.isEmpty()
                ? "version " + facts.source().version() + " names no AMI"
                : "version " + facts.source().version() + " launches " + image
                        + (current.isPresent() ? "" : ", which is gone");
        String remark = current.flatMap(
                        old -> AmiGuards.remark(old, wanted, facts.source().blockDevices()))
                .map(text -> "; " + text)
                .orElse("");
        String pinned = pins.isEmpty()
                ? ""
                : "; pinned first: "
                        + pins.stream()
                                .map(pin -> pin.group().name().value())
                                .sorted()
                                .collect(Collectors.joining(", "));
        return from + remark + pinned;
    }

    private static TemplateDecision wrong(String why) {
        return new TemplateDecision.Refuse(why, true);
    }
}
