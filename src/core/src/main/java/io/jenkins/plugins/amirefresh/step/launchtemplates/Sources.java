package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.launchtemplate.LatestUsers;
import io.jenkins.plugins.amirefresh.launchtemplate.Pin;
import io.jenkins.plugins.amirefresh.launchtemplate.Share;
import io.jenkins.plugins.amirefresh.launchtemplate.SourceVersion;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which versions of a template of one place are copied. A refresh changes the image and nothing else, so each group gets a
 * version that is made from the one it names; groups that name versions which are equal but for the image share one.
 */
final class Sources {

    private final StepHost host;
    private final SourceVersion wanted;
    private final PlaceSurvey survey;
    private final VersionMemory memory;
    private final BiPredicate<GroupObservation, LaunchTemplate> isSelected;
    private final Map<LaunchTemplateId, List<LaunchTemplateVersionData>> known = new HashMap<>();
    private final Map<LaunchTemplateId, List<Source>> found = new HashMap<>();

    /** @param isSelected whether the step is about this group, which launches from this template */
    Sources(
            StepHost host,
            SourceVersion wanted,
            PlaceSurvey survey,
            VersionMemory memory,
            BiPredicate<GroupObservation, LaunchTemplate> isSelected) {
        this.host = host;
        this.wanted = wanted;
        this.survey = survey;
        this.memory = memory;
        this.isSelected = isSelected;
    }

    /** A version to copy, and whom the copy is for. */
    record Source(LaunchTemplateVersionData data, Share share) {}

    /**
     * In the order of their numbers: what is copied from the latest is made last, so that {@code $Latest} means as much as
     * before. Empty when none can be read.
     */
    List<Source> of(LaunchTemplate template) {
        List<Source> sources = found.get(template.id());
        if (sources == null) {
            sources = look(template);
            found.put(template.id(), sources);
        }
        return sources;
    }

    /**
     * Why a version may not be made from this source: a group that nobody pins would launch it until the last one is made, or
     * for good when that fails.
     */
    Optional<String> objection(LaunchTemplate template, Source source, LatestUsers latestUsers) {
        boolean isLast = source.share().number() == of(template).size() - 1;
        return survey.users(template.id()).stream()
                .filter(group -> latestUsers == LatestUsers.ALLOW && !isLast && !group.deleting())
                .filter(group -> group.launchSource().names(template.id(), new VersionReference.Latest()))
                .findFirst()
                .map(group -> "a version made from version " + source.data().version() + " would be launched by group "
                        + group.key().name() + ", which names $Latest: let latestUsers be 'pin'");
    }

    /** Every version of a template that was read so far. */
    List<LaunchTemplateVersionData> known(LaunchTemplate template) {
        return known.getOrDefault(template.id(), survey.versions().getOrDefault(template.id(), List.of()));
    }

    /**
     * Versions that may be what a copy of {@code source} would be. Those that nobody named are asked for when an image is older
     * than the latest version: it may have been made for it.
     */
    List<LaunchTemplateVersionData> having(
            LaunchTemplate template, LaunchTemplateVersionData source, List<Ami> images) {
        List<LaunchTemplateVersionData> versions = known(template);
        Set<AmiId> ids = images.stream().map(Ami::id).collect(Collectors.toCollection(TreeSet::new));
        boolean isThere = versions.stream()
                .anyMatch(version -> version.ami().filter(ids::contains).isPresent()
                        && version.settings().equals(source.settings()));
        Optional<LaunchTemplateVersionData> latest = survey.latest(template);
        List<AmiId> older = images.stream()
                .filter(ami -> latest.filter(newest -> ami.createdAt().isBefore(newest.createdAt()))
                        .isPresent())
                .map(Ami::id)
                .toList();
        boolean areAllKnown = versions.stream()
                        .map(LaunchTemplateVersionData::version)
                        .distinct()
                        .count()
                == template.latestVersion().number();
        return isThere || older.isEmpty() || areAllKnown
                ? versions
                : memory.of(template.id(), "with " + older, () -> host.cloud(
                                survey.place().access(), survey.place().region())
                        .launchTemplates()
                        .versionsWith(template.id(), older));
    }

    private List<Source> look(LaunchTemplate template) {
        List<Source> one = (wanted == SourceVersion.DEFAULT ? survey.defaultVersion(template) : survey.latest(template))
                .stream().map(data -> new Source(data, Share.ALL)).toList();
        if (wanted != SourceVersion.GROUPS || one.isEmpty()) {
            return one;
        }
        List<VersionReference> names = names(template);
        read(template, names);
        Map<LaunchTemplateVersion, Set<String>> namesByVersion = new HashMap<>();
        for (VersionReference name : names) {
            version(template, name).ifPresent(version -> namesByVersion
                    .computeIfAbsent(newestLike(template, version).version(), number -> new LinkedHashSet<>())
                    .addAll(List.of(name.text(), version.version().toString())));
        }
        List<LaunchTemplateVersion> order =
                namesByVersion.keySet().stream().sorted().toList();
        List<Source> sources = new ArrayList<>();
        for (LaunchTemplateVersion number : order) {
            Share share = order.size() == 1
                    ? Share.ALL
                    : new Share(sources.size(), List.copyOf(namesByVersion.getOrDefault(number, Set.of())));
            version(template, VersionReference.of(number)).ifPresent(data -> sources.add(new Source(data, share)));
        }
        return sources.isEmpty() ? one : List.copyOf(sources);
    }

    /**
     * How the groups that are selected name the template's version; all of them when none is. One that follows {@code $Latest}
     * counts in any case: a version that is made for others must not become what it launches.
     */
    private List<VersionReference> names(LaunchTemplate template) {
        List<GroupObservation> users = survey.users(template.id()).stream()
                .filter(group -> !group.deleting())
                .toList();
        boolean isAnySelected = users.stream().anyMatch(group -> isSelected.test(group, template));
        return users.stream()
                .flatMap(group -> names(group, template.id())
                        .filter(name -> !isAnySelected
                                || name instanceof VersionReference.Latest
                                || isSelected.test(group, template)))
                .distinct()
                .toList();
    }

    private static Stream<VersionReference> names(GroupObservation group, LaunchTemplateId template) {
        return group.launchSource().templates().stream()
                .filter(use -> use.id().equals(template))
                .map(use -> Pin.named(group, use));
    }

    /** Numbers that are neither the latest nor the default, in one call. */
    private void read(LaunchTemplate template, Collection<VersionReference> names) {
        List<LaunchTemplateVersionData> versions = new ArrayList<>(known(template));
        Set<LaunchTemplateVersion> missing = new TreeSet<>();
        for (VersionReference name : names) {
            if (name instanceof VersionReference.Numbered fixed
                    && versions.stream().noneMatch(data -> data.version().equals(fixed.version()))) {
                missing.add(fixed.version());
            }
        }
        if (!missing.isEmpty()) {
            versions.addAll(memory.of(template.id(), missing.toString(), () -> host.cloud(
                            survey.place().access(), survey.place().region())
                    .launchTemplates()
                    .versions(template.id(), missing)));
        }
        known.put(template.id(), List.copyOf(versions));
    }

    private Optional<LaunchTemplateVersionData> version(LaunchTemplate template, VersionReference name) {
        return name.fold(
                () -> survey.latest(template), () -> survey.defaultVersion(template), number -> known(template).stream()
                        .filter(data -> data.version().equals(number))
                        .findFirst());
    }

    /** The newest version that is equal to this one but for the image. */
    private LaunchTemplateVersionData newestLike(LaunchTemplate template, LaunchTemplateVersionData version) {
        return known(template).stream()
                .filter(other -> other.settings().equals(version.settings())
                        && other.blockDevices().equals(version.blockDevices()))
                .max(Comparator.comparing(LaunchTemplateVersionData::version))
                .orElse(version);
    }
}
