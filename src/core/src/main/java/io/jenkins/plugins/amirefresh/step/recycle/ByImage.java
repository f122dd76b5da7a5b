package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.Instances;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.JournalFact.TemplatePlanned;
import io.jenkins.plugins.amirefresh.launchtemplate.AmiGuards;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchSource.OverrideImage;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.refresh.Matching;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.Running;
import io.jenkins.plugins.amirefresh.step.fleet.TemplateReads;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a group is brought to and what its instances run, by image: templates and AMIs of overrides come along or the group is
 * refused, and a version that only has another number is none to be replaced. Changes nothing.
 */
final class ByImage {

    private final StepHost host;
    private final RecycleSettings settings;
    private final Candidate candidate;
    private final GroupObservation group;
    private final TemplateReads reads;
    private final Cloud cloud;
    private final Map<LaunchTemplateId, Target> targets = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();

    ByImage(StepHost host, RecycleSettings settings, Candidate candidate, GroupObservation group, TemplateReads reads) {
        this.host = host;
        this.settings = settings;
        this.candidate = candidate;
        this.group = group;
        this.reads = reads;
        this.cloud = host.cloud(candidate.place().access(), candidate.place().region());
    }

    /**
     * What the look came to.
     *
     * @param outcome null when the group may be brought there
     * @param reason why not
     * @param notes for people
     */
    record Findings(@Nullable GroupOutcome outcome, String reason, Matching matching, List<String> notes) {

        Findings with(String note) {
            return note.isEmpty()
                    ? this
                    : new Findings(
                            outcome,
                            reason,
                            matching,
                            Stream.concat(notes.stream(), Stream.of(note)).toList());
        }

        /** Why a group without an outdated instance is left alone. */
        String done(Candidate candidate, GroupObservation group) {
            boolean isOnAnother = group.instances().stream()
                    .flatMap(instance -> instance.launchedVersion().stream())
                    .anyMatch(matching.same().getOrDefault(candidate.template(), Set.of())::contains);
            List<InstanceObservation> staying = group.instances().stream()
                    .filter(instance -> !instance.lifecycleState().isLeaving()
                            && !instance.lifecycleState().isWarmed())
                    .toList();
            if (Running.isOfOverrides(group, staying)) {
                return said("nothing to replace: " + Running.text(group, staying));
            }
            String done = isOnAnother
                    ? "all instances run what version " + candidate.to() + " launches already"
                    : (group.hasNoInstances()
                                    ? group.emptyLaunching(candidate.to())
                                    : "all instances are on version " + candidate.to())
                            + " already";
            return said(done);
        }

        private String said(String done) {
            return Stream.concat(Stream.of(done), notes.stream()).collect(Collectors.joining("; "));
        }
    }

    /**
     * A version that instances are brought to.
     *
     * @param image what it launches: an AMI id, empty when that is not known
     */
    private record Target(LaunchTemplateVersion to, LaunchTemplateVersionData data, String image) {}

    private static Findings ending(GroupOutcome outcome, String reason) {
        return new Findings(outcome, reason, Matching.BY_VERSION, List.of());
    }

    Findings look() {
        if (!candidate.what().note().isEmpty()) {
            notes.add(candidate.what().note());
        }
        if (!candidate.what().refusal().isEmpty()) {
            return ending(GroupOutcome.REFUSED, candidate.what().refusal());
        }
        Optional<String> refusal = targets();
        if (refusal.isPresent()) {
            return ending(GroupOutcome.REFUSED, refusal.get());
        }
        List<OverrideImage> images = new ArrayList<>();
        for (OverrideImage image : group.launchSource().imagesOfOverrides()) {
            String wanted =
                    Objects.requireNonNull(targets.get(image.template())).image();
            Optional<String> objection =
                    image.imageId().equals(wanted) ? Optional.empty() : brought(image, wanted, images);
            if (objection.isPresent()) {
                return ending(GroupOutcome.REFUSED, objection.get());
            }
            if (image.imageId().equals(wanted)) {
                images.add(image);
            }
        }
        Map<LaunchTemplateId, Set<LaunchTemplateVersion>> same = same();
        Map<LaunchTemplateId, LaunchTemplateVersion> overrides = new HashMap<>();
        targets.forEach((id, target) -> {
            if (!id.equals(candidate.template())) {
                overrides.put(id, target.to());
            }
        });
        Set<String> types = types();
        Matching matching = new Matching(overrides, images, same, unlike(same, images), types);
        return back(matching);
    }

    /** The types that its policy has, where an instance of another one is to be replaced. */
    private Set<String> types() {
        Set<String> types = candidate.what().byType() ? group.launchSource().instanceTypes() : Set.of();
        Set<String> gone = staying().stream()
                .map(InstanceObservation::instanceType)
                .filter(type -> !types.isEmpty() && !types.contains(type))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!gone.isEmpty()) {
            notes.add("its policy no longer has " + String.join(", ", gone));
        }
        return types;
    }

    /** The wanted version of each template of the group, or why one has none. */
    private Optional<String> targets() {
        for (LaunchSource.Template use : group.launchSource().templates()) {
            if (targets.containsKey(use.id())) {
                continue;
            }
            boolean isMain = use.id().equals(candidate.template());
            LaunchTemplateVersion to =
                    isMain ? candidate.to() : candidate.what().overrides().get(use.id());
            Optional<Target> target = to == null ? asNamed(use) : target(use.id(), to);
            if (target.isEmpty()) {
                return Optional.of(
                        isMain
                                ? "launch template " + use.name() + " has no version " + candidate.to()
                                : "an override launches from " + use.name()
                                        + ", which got no version in this run and launches another image: give it the"
                                        + " tag "
                                        + AmiTags.FAMILY + ", and its family to updateLaunchTemplates");
            }
            targets.put(use.id(), target.get());
        }
        return Optional.empty();
    }

    private Optional<Target> target(LaunchTemplateId template, LaunchTemplateVersion to) {
        Optional<TemplatePlanned> planned = host.journal().history().facts(TemplatePlanned.class).stream()
                .filter(plan -> settings.isDryRun()
                        && plan.account().equals(group.key().account())
                        && plan.region().equals(group.key().region())
                        && plan.template().equals(template)
                        && plan.to().equals(to))
                .reduce((earlier, later) -> later);
        LaunchTemplateVersion there = planned.map(TemplatePlanned::from).orElse(to);
        return reads.version(candidate.place(), template, there).map(data -> {
            AmiId made = planned.map(TemplatePlanned::ami).orElse(null);
            String image = planned.isPresent() && !there.equals(to) ? (made == null ? "" : made.value()) : image(data);
            return new Target(to, data, image);
        });
    }

    /** An override's template without a version of this run is right when it launches the wanted image as it is. */
    private Optional<Target> asNamed(LaunchSource.Template use) {
        String wanted =
                Objects.requireNonNull(targets.get(candidate.template())).image();
        return reads.version(candidate.place(), use.id(), use.version())
                .map(data -> new Target(data.version(), data, image(data)))
                .filter(target -> !wanted.isEmpty() && target.image().equals(wanted));
    }

    /** What a version launches now; a parameter is asked for. */
    private String image(LaunchTemplateVersionData data) {
        if (!data.followsParameter()) {
            return data.imageId();
        }
        try {
            return cloud.launchTemplates()
                    .imageOf(data.template(), data.version())
                    .map(AmiId::value)
                    .orElse("");
        } catch (CloudException.AccessDenied e) {
            notes.add("which image " + data.imageId() + " means is not known: " + e.getMessage());
            return "";
        }
    }

    /** An override that names an AMI goes before its template: it has to name the new one of the same architecture. */
    private Optional<String> brought(OverrideImage image, String wanted, List<OverrideImage> images) {
        String subject = "an override" + (image.instanceType().isEmpty() ? "" : " for " + image.instanceType())
                + " names " + image.imageId();
        String cure = ": take the image out of the override, or let it name the new one";
        if (!image.imageId().startsWith("ami-") || !wanted.startsWith("ami-")) {
            return Optional.of(subject + ", and which image it shall launch is not known" + cure);
        }
        Map<AmiId, Ami> seen = reads.images(
                candidate.place(),
                Stream.concat(
                                Stream.of(new AmiId(image.imageId()), new AmiId(wanted)),
                                candidate.what().byArchitecture().values().stream())
                        .toList());
        Ami old = seen.get(new AmiId(image.imageId()));
        if (reads.unseen(candidate.place()).isPresent()) {
            return Optional.of(
                    subject + ", and " + reads.unseen(candidate.place()).get() + cure);
        }
        if (old == null) {
            return Optional.of(subject + ", which is gone" + cure);
        }
        Ami main = seen.get(new AmiId(wanted));
        AmiId ofFamily = candidate.what().byArchitecture().get(old.architecture());
        Ami fitting = main != null && main.architecture().equals(old.architecture())
                ? main
                : ofFamily == null ? null : seen.get(ofFamily);
        if (fitting == null) {
            return Optional.of(subject + ", and there is no new image for " + old.architecture() + cure);
        }
        Optional<String> objection = candidate.what().isNamed() || Kin.are(old, fitting)
                ? AmiGuards.objection(old, fitting)
                : Optional.of("which is " + Kin.whose(old) + ", not " + Kin.whose(fitting));
        if (objection.isEmpty()) {
            images.add(image.naming(fitting.id().value()));
        }
        return objection.map(why -> subject + (why.startsWith("which ") ? ", " : ", and ") + why + cure);
    }

    private List<InstanceObservation> staying() {
        return group.instances().stream()
                .filter(instance -> !instance.lifecycleState().isLeaving()
                        && !instance.lifecycleState().isWarmed())
                .toList();
    }

    private Map<LaunchTemplateId, Set<LaunchTemplateVersion>> launched() {
        Map<LaunchTemplateId, Set<LaunchTemplateVersion>> launched = new HashMap<>();
        for (InstanceObservation instance : staying()) {
            LaunchTemplateId template = instance.template();
            LaunchTemplateVersion version = instance.version();
            if (template != null && version != null && targets.containsKey(template)) {
                launched.computeIfAbsent(template, key -> new TreeSet<>()).add(version);
            }
        }
        return launched;
    }

    /** Versions that instances run and that are equal to the wanted one; a version made in this run has none. */
    private Map<LaunchTemplateId, Set<LaunchTemplateVersion>> same() {
        if (settings.replacesSameAmi() || candidate.what().isNew()) {
            return Map.of();
        }
        Map<LaunchTemplateId, Set<LaunchTemplateVersion>> same = new HashMap<>();
        launched().forEach((template, versions) -> {
            Target target = Objects.requireNonNull(targets.get(template));
            Set<LaunchTemplateVersion> equal = reads.versions(candidate.place(), template, versions).stream()
                    .filter(data -> !data.version().equals(target.to()))
                    .filter(data ->
                            data.launchesTheSameAs(target.data()) && image(data).equals(target.image()))
                    .map(LaunchTemplateVersionData::version)
                    .collect(Collectors.toSet());
            if (!equal.isEmpty()) {
                same.put(template, equal);
            }
        });
        return same;
    }

    /** Instances of a wanted version that run another image all the same: only they themselves say which. */
    private Set<InstanceId> unlike(Map<LaunchTemplateId, Set<LaunchTemplateVersion>> same, List<OverrideImage> images) {
        Map<InstanceId, String> expected = new HashMap<>();
        for (InstanceObservation instance : staying()) {
            LaunchTemplateId template = instance.template();
            Target target = template == null ? null : targets.get(template);
            if (template != null && target != null && isOn(instance, template, target, same)) {
                String override = images.stream()
                        .filter(image -> image.instanceType().equals(instance.instanceType()))
                        .map(OverrideImage::imageId)
                        .findFirst()
                        .orElse("");
                boolean isTold = override.isEmpty() && !target.data().followsParameter();
                String image = override.isEmpty() ? target.image() : override;
                if (!isTold && !image.isEmpty()) {
                    expected.put(instance.id(), image);
                }
            }
        }
        if (expected.isEmpty()) {
            return Set.of();
        }
        Set<InstanceId> unlike = new HashSet<>();
        for (Instances.Instance instance : cloud.instances().describe(expected.keySet())) {
            if (!instance.ami().value().equals(expected.get(instance.id()))) {
                unlike.add(instance.id());
            }
        }
        return unlike;
    }

    private static boolean isOn(
            InstanceObservation instance,
            LaunchTemplateId template,
            Target target,
            Map<LaunchTemplateId, Set<LaunchTemplateVersion>> same) {
        LaunchTemplateVersion version = instance.version();
        return version != null
                && (version.equals(target.to())
                        || same.getOrDefault(template, Set.of()).contains(version));
    }

    /** Nobody goes back to an older image of the same family who was not told so by name. */
    private Findings back(Matching matching) {
        String wanted =
                Objects.requireNonNull(targets.get(candidate.template())).image();
        Set<LaunchTemplateVersion> versions = launched().getOrDefault(candidate.template(), Set.of());
        boolean isOn = versions.stream().allMatch(candidate.to()::equals);
        if (candidate.what().isNamed() || isOn || !wanted.startsWith("ami-")) {
            return new Findings(null, "", matching, notes);
        }
        Set<AmiId> ids = reads.versions(candidate.place(), candidate.template(), versions).stream()
                .map(LaunchTemplateVersionData::imageId)
                .filter(image -> image.startsWith("ami-"))
                .map(AmiId::new)
                .collect(Collectors.toCollection(TreeSet::new));
        ids.add(new AmiId(wanted));
        Map<AmiId, Ami> seen = reads.images(candidate.place(), ids);
        reads.unseen(candidate.place()).ifPresent(notes::add);
        Ami next = seen.get(new AmiId(wanted));
        Optional<Ami> newer = seen.values().stream()
                .filter(own -> next != null && own.createdAt().isAfter(next.createdAt()) && Kin.are(own, next))
                .max(Comparator.comparing(Ami::createdAt));
        return newer.map(own -> older(own, Objects.requireNonNull(next)))
                .orElseGet(() -> new Findings(null, "", matching, notes));
    }

    private static Findings older(Ami own, Ami wanted) {
        String bad = own.tags().getOrDefault(AmiTags.BAD, "");
        String what = "runs " + named(own) + ", which is newer than " + named(wanted);
        return bad.isEmpty()
                ? ending(GroupOutcome.SKIPPED, what + "; name an image or version to go back to it")
                : ending(
                        GroupOutcome.REFUSED,
                        what + " and marked bad: " + bad + "; go back with rollbackAsgs, or name an image or version");
    }

    private static String named(Ami ami) {
        return ami.name() + " (" + ami.id() + ")";
    }
}
