package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Versions of launch templates and images, each read once a tick however many groups ask. */
public final class TemplateReads {

    /** As many templates may be asked for one by one. */
    private static final int FEW = 4;

    private record Version(Place place, LaunchTemplateId template, LaunchTemplateVersion number) {}

    private record Alias(Place place, LaunchTemplateId template, VersionReference reference) {}

    private record Image(Place place, AmiId id) {}

    private final StepHost host;
    private final Map<Version, LaunchTemplateVersionData> versions = new HashMap<>();
    private final Map<Image, Ami> images = new HashMap<>();
    private final Map<Alias, Optional<LaunchTemplateVersionData>> aliases = new HashMap<>();
    private final Set<Object> asked = new HashSet<>();
    private final Map<Place, String> unseen = new HashMap<>();
    private final Set<Place> worthASweep = new HashSet<>();

    /** For one tick. */
    public TemplateReads(StepHost host) {
        this.host = host;
    }

    /** Says which templates will be asked for, so that many of a place are read in pages and not one by one. */
    public void expect(Map<Place, Set<LaunchTemplateId>> templates) {
        templates.forEach((place, ofPlace) -> {
            if (ofPlace.size() > FEW) {
                worthASweep.add(place);
            }
        });
    }

    /** What a way to name a version means, empty when there is no such version. */
    public Optional<LaunchTemplateVersionData> version(
            Place place, LaunchTemplateId template, VersionReference reference) {
        if (reference instanceof VersionReference.Numbered fixed) {
            return version(place, template, fixed.version());
        }
        sweepIfWorth(place);
        return aliases.computeIfAbsent(
                new Alias(place, template, reference),
                missing -> cloud(place).launchTemplates().version(template, reference));
    }

    private void sweepIfWorth(Place place) {
        if (!worthASweep.contains(place) || !asked.add(place)) {
            return;
        }
        Map<LaunchTemplateId, List<LaunchTemplateVersionData>> swept =
                cloud(place).launchTemplates().latestAndDefaultOfAll().stream()
                        .collect(Collectors.groupingBy(LaunchTemplateVersionData::template));
        swept.forEach((template, found) -> {
            found.forEach(data -> {
                asked.add(new Version(place, template, data.version()));
                versions.put(new Version(place, template, data.version()), data);
            });
            aliases.put(
                    new Alias(place, template, new VersionReference.Latest()),
                    found.stream().max(Comparator.comparing(LaunchTemplateVersionData::version)));
            aliases.put(
                    new Alias(place, template, new VersionReference.Default()),
                    found.stream().filter(LaunchTemplateVersionData::isDefault).findFirst());
        });
    }

    /** The versions that exist, of these. */
    public List<LaunchTemplateVersionData> versions(
            Place place, LaunchTemplateId template, Collection<LaunchTemplateVersion> numbers) {
        sweepIfWorth(place);
        Set<LaunchTemplateVersion> missing = numbers.stream()
                .filter(number -> asked.add(new Version(place, template, number)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!missing.isEmpty()) {
            cloud(place)
                    .launchTemplates()
                    .versions(template, missing)
                    .forEach(data -> versions.put(new Version(place, template, data.version()), data));
        }
        return numbers.stream()
                .distinct()
                .map(number -> versions.get(new Version(place, template, number)))
                .filter(Objects::nonNull)
                .toList();
    }

    /** One that exists. */
    public Optional<LaunchTemplateVersionData> version(
            Place place, LaunchTemplateId template, LaunchTemplateVersion number) {
        return versions(place, template, List.of(number)).stream().findFirst();
    }

    /** The images that the account sees, of these. */
    public Map<AmiId, Ami> images(Place place, Collection<AmiId> ids) {
        Set<AmiId> missing = ids.stream()
                .filter(id -> asked.add(new Image(place, id)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!missing.isEmpty()) {
            read(place, missing);
        }
        Map<AmiId, Ami> found = new HashMap<>();
        for (AmiId id : ids) {
            Ami ami = images.get(new Image(place, id));
            if (ami != null) {
                found.put(id, ami);
            }
        }
        return found;
    }

    private void read(Place place, Set<AmiId> ids) {
        try {
            cloud(place).amis().describe(ids).forEach(ami -> images.put(new Image(place, ami.id()), ami));
        } catch (CloudException.AccessDenied e) {
            unseen.put(place, "its images are not known: " + e.getMessage());
        }
    }

    /** Why images of a place may not be seen, empty when they may, or nobody asked. */
    public Optional<String> unseen(Place place) {
        return Optional.ofNullable(unseen.get(place));
    }

    private Cloud cloud(Place place) {
        return host.cloud(place.access(), place.region());
    }
}
