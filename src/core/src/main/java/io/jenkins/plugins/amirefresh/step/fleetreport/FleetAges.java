package io.jenkins.plugins.amirefresh.step.fleetreport;

import io.jenkins.plugins.amirefresh.cloud.Instances;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.schedule.Blackout;
import io.jenkins.plugins.amirefresh.schedule.DefaultWindows;
import io.jenkins.plugins.amirefresh.schedule.MaintenanceWindow;
import io.jenkins.plugins.amirefresh.schedule.Schedule;
import io.jenkins.plugins.amirefresh.schedule.ScheduleTags;
import io.jenkins.plugins.amirefresh.schedule.WindowDefaults;
import io.jenkins.plugins.amirefresh.step.Settings;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.GroupFamilies;
import io.jenkins.plugins.amirefresh.step.fleet.HoldTag;
import io.jenkins.plugins.amirefresh.step.fleet.Lease;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.fleet.RecordTag;
import io.jenkins.plugins.amirefresh.step.fleet.TemplateReads;
import io.jenkins.plugins.amirefresh.step.preflight.Launchable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what groups run and launch; instances, versions and images of a place in pages. */
final class FleetAges {

    private final StepHost host;
    private final GroupFamilies families;
    private final TemplateReads reads;
    private final Launchable launchable;
    private final ScheduleTags tags;

    FleetAges(StepHost host, GroupFamilies families) {
        this.host = host;
        this.families = families;
        this.reads = new TemplateReads(host);
        this.launchable = new Launchable(host);
        Settings defaults = host.settings();
        this.tags = new ScheduleTags(new WindowDefaults(
                "",
                DefaultWindows.of(defaults.windows()),
                defaults.zone(),
                defaults.windowDuration(),
                defaults.tagNames(),
                Blackout.NONE));
    }

    /** Says whose templates will be read. */
    void expect(Collection<LocatedGroup> groups) {
        Map<Place, Set<LaunchTemplateId>> templates = new LinkedHashMap<>();
        groups.forEach(located -> located.group().launchSource().templates().forEach(use -> templates
                .computeIfAbsent(located.place(), place -> new HashSet<>())
                .add(use.id())));
        reads.expect(templates);
    }

    /** The rows of a place's groups. */
    List<FleetRow> of(Place place, Collection<LocatedGroup> groups) {
        List<InstanceId> ids = groups.stream()
                .flatMap(located -> serving(located.group()))
                .map(InstanceObservation::id)
                .toList();
        Map<InstanceId, Instances.Instance> instances = ids.isEmpty()
                ? Map.of()
                : host.cloud(place.access(), place.region()).instances().describe(ids).stream()
                        .collect(Collectors.toMap(Instances.Instance::id, found -> found));
        Map<AmiId, Ami> images = reads.images(
                place, instances.values().stream().map(Instances.Instance::ami).collect(Collectors.toSet()));
        return groups.stream()
                .map(located -> row(
                        located,
                        serving(located.group())
                                .flatMap(instance -> Optional.ofNullable(instances.get(instance.id())).stream())
                                .toList(),
                        images))
                .toList();
    }

    private static Stream<InstanceObservation> serving(GroupObservation group) {
        return group.instances().stream()
                .filter(instance -> !instance.lifecycleState().isLeaving()
                        && !instance.lifecycleState().isWarmed());
    }

    private FleetRow row(LocatedGroup located, List<Instances.Instance> instances, Map<AmiId, Ami> images) {
        GroupObservation group = located.group();
        Instant now = host.clock().instant();
        Optional<LaunchSource.Template> main = group.launchSource().mainTemplate();
        Set<AmiId> launched = launched(located);
        Optional<LaunchTemplateVersionData> version =
                main.flatMap(use -> reads.version(located.place(), use.id(), use.version()));
        Schedule schedule = tags.read(group.tags(), GroupFamilies.environment(host, group));
        return new FleetRow(
                group.key().account().value(),
                group.key().region().value(),
                group.key().name().value(),
                GroupFamilies.environment(host, group),
                families.of(located),
                running(instances, images, now),
                launched.stream().map(AmiId::value).sorted().collect(Collectors.joining(", ")),
                launched.isEmpty()
                        ? 0
                        : (int) instances.stream()
                                .filter(instance -> !launched.contains(instance.ami()))
                                .count(),
                version.map(data -> data.version().number()).orElse(0L),
                version.map(data -> behind(located, data)).orElse(0L),
                schedule.fold(
                        windows -> windows.calendar().text(), Schedule.Unset::reason, Schedule.Unreadable::reason),
                next(schedule, now),
                HoldTag.of(group).orElse(""),
                Lease.ofAnother("", group, now).map(Lease::runId).orElse(""),
                RecordTag.of(group).map(RefreshRecord::runId).orElse(""),
                launchable.problem(located.place(), group.launchSource()).orElse(""));
    }

    private static @Nullable Instant next(Schedule schedule, Instant now) {
        return schedule.<Optional<MaintenanceWindow>>fold(
                        windows -> windows.calendar().currentOrNext(now),
                        unset -> Optional.empty(),
                        unreadable -> Optional.empty())
                .map(MaintenanceWindow::start)
                .orElse(null);
    }

    /** Every image that the group may launch now; empty when one of them is not known. */
    private Set<AmiId> launched(LocatedGroup located) {
        Set<AmiId> launched = new HashSet<>();
        LaunchSource source = located.group().launchSource();
        for (LaunchSource.Template use : source.templates()) {
            Optional<LaunchTemplateVersionData> data = reads.version(located.place(), use.id(), use.version());
            launchable.know(located.place(), use.id(), use.version(), data);
            Optional<AmiId> image = data.flatMap(found -> launchable.launched(located.place(), found));
            if (image.isEmpty()) {
                return Set.of();
            }
            launched.add(image.get());
        }
        source.imagesOfOverrides().stream()
                .map(LaunchSource.OverrideImage::imageId)
                .filter(image -> image.startsWith("ami-"))
                .forEach(image -> launched.add(new AmiId(image)));
        return launched;
    }

    private long behind(LocatedGroup located, LaunchTemplateVersionData data) {
        LaunchTemplate template = families.templates(located.place()).get(data.template());
        return template == null
                ? 0
                : template.latestVersion().number() - data.version().number();
    }

    private static List<FleetRow.Image> running(
            List<Instances.Instance> instances, Map<AmiId, Ami> images, Instant now) {
        Map<String, List<Instances.Instance>> byImage = instances.stream()
                .collect(Collectors.groupingBy(instance -> instance.ami().value(), TreeMap::new, Collectors.toList()));
        List<FleetRow.Image> running = new ArrayList<>();
        byImage.forEach((id, of) -> {
            Ami ami = images.get(new AmiId(id));
            running.add(new FleetRow.Image(
                    id,
                    ami == null ? "" : ami.name(),
                    ami == null ? null : ami.createdAt(),
                    of.stream()
                            .map(Instances.Instance::launchedAt)
                            .min(Comparator.naturalOrder())
                            .orElse(null),
                    of.size()));
        });
        running.sort(Comparator.comparing(FleetRow.Image::isDated)
                .thenComparing(image -> image.age(now).orElse(Duration.ZERO), Comparator.reverseOrder()));
        return running;
    }
}
