package io.jenkins.plugins.amirefresh.step.retire;

import io.jenkins.plugins.amirefresh.cloud.AmiUses;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.NamePattern;
import io.jenkins.plugins.amirefresh.model.VersionBrief;
import io.jenkins.plugins.amirefresh.retire.UseGraph;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what refers to images in one place. Templates are kept in the state: of many, AWS shows a few a second. */
final class UseReader {

    /** What was read longer ago is read again. */
    private static final Duration FRESH = Duration.ofMinutes(15);

    private static final String TEMPLATE = "template:";

    private final RetireSettings settings;
    private final StepHost host;
    private final UseGraph graph;
    private final Map<String, String> parameters = new TreeMap<>();
    private StepState state;

    UseReader(RetireSettings settings, StepHost host, UseGraph graph, StepState state) {
        this.settings = settings;
        this.host = host;
        this.graph = graph;
        this.state = state;
    }

    /** With the templates that were read. */
    StepState state() {
        return state;
    }

    /** Everything in a place; asked again, it goes on with the templates that it has not read. */
    void read(Cloud cloud, Collection<LocatedGroup> groups) {
        Instant now = host.clock().instant();
        parameters.clear();
        GroupUses uses = new GroupUses(graph, parameters);
        groups.forEach(located -> uses.add(located.group()));
        AmiUses others = cloud.amiUses();
        AmiUses.Fleets fleets = others.fleets();
        fleets.templates().forEach((version, who) -> {
            String[] parts = version.split(" ", 2);
            uses.name(
                    new LaunchTemplateId(parts[0]),
                    new LaunchTemplateVersion(Long.parseLong(parts[1])),
                    "named by " + who);
        });
        fleets.images().forEach((ami, words) -> words.forEach(word -> graph.image(ami, word)));
        for (LaunchTemplate template : cloud.launchTemplates().all()) {
            add(template, versions(cloud, template, now), uses, now);
        }
        graph.images(others.instances());
        graph.images(others.launchConfigurations());
        graph.images(others.parameters(name -> NamePattern.anyFits(settings.parameterNames(), name)));
        Map<String, AmiId> followed = others.named(parameters.keySet());
        followed.forEach((name, ami) -> graph.image(ami, parameters.get(name) + " follows parameter " + name));
    }

    private TemplateVersions versions(Cloud cloud, LaunchTemplate template, Instant now) {
        String key = TEMPLATE + cloud.region() + "/" + template.id();
        Optional<TemplateVersions> known = state.read(key, TemplateVersions.class)
                .filter(versions -> versions.readAt().isAfter(now.minus(FRESH)));
        if (known.isPresent()) {
            return known.get();
        }
        TemplateVersions read = new TemplateVersions(
                template.id(),
                now,
                cloud.launchTemplates().versionsOf(template.id()).stream()
                        .map(VersionBrief::of)
                        .toList());
        state = state.with(key, Json.write(read));
        return read;
    }

    private void add(LaunchTemplate template, TemplateVersions versions, GroupUses uses, Instant now) {
        Map<LaunchTemplateVersion, String> counting =
                settings.horizon().of(versions.versions(), template.defaultVersion(), uses.named(template.id()), now);
        for (VersionBrief version : versions.versions()) {
            String who = "launch template " + template.name() + " version " + version.version();
            String why = counting.get(version.version());
            if (why != null) {
                uses.image(version.image(), who + " (" + why + ")");
                version.snapshots().forEach(snapshot -> graph.snapshot(snapshot, who + " (" + why + ")"));
            } else if (version.image().startsWith("ami-")) {
                graph.past(new AmiId(version.image()), template.name() + " " + version.version());
            }
        }
    }
}
