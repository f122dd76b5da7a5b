package io.jenkins.plugins.amirefresh.step.retire;

import io.jenkins.plugins.amirefresh.journal.OverrideRecord;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.retire.UseGraph;
import io.jenkins.plugins.amirefresh.step.fleet.RecordTag;
import java.util.HashMap;
import java.util.Map;

/** What groups name: versions of launch templates, images of overrides, and what they would go back to. */
final class GroupUses {

    private final UseGraph graph;
    private final Map<String, String> parameters;
    private final Map<LaunchTemplateId, Map<LaunchTemplateVersion, String>> named = new HashMap<>();

    /** @param parameters takes who follows a parameter, by its name */
    GroupUses(UseGraph graph, Map<String, String> parameters) {
        this.graph = graph;
        this.parameters = parameters;
    }

    /** Who names a version by its number. */
    Map<LaunchTemplateVersion, String> named(LaunchTemplateId template) {
        return named.getOrDefault(template, Map.of());
    }

    void name(LaunchTemplateId template, LaunchTemplateVersion version, String who) {
        named.computeIfAbsent(template, key -> new HashMap<>()).putIfAbsent(version, who);
    }

    /** What is named as an image is one, or a parameter that names one. */
    void image(String image, String who) {
        if (image.startsWith("ami-")) {
            graph.image(new AmiId(image), who);
        } else if (image.startsWith("resolve:ssm:")) {
            parameters.put(image.substring("resolve:ssm:".length()), who);
        }
    }

    void add(GroupObservation group) {
        String who = "group " + group.key().name();
        for (LaunchSource.Template use : group.launchSource().templates()) {
            if (use.version() instanceof VersionReference.Numbered fixed) {
                name(use.id(), fixed.version(), "named by " + who);
            }
        }
        group.launchSource().imagesOfOverrides().forEach(override -> image(override.imageId(), "override of " + who));
        RecordTag.of(group).ifPresent(record -> add(record, who));
    }

    /** A rollback reads nothing else; the version it came to is where it was before it goes back. */
    private void add(RefreshRecord record, String who) {
        String back = "the way back of " + who;
        name(record.template(), record.from(), back);
        name(record.template(), record.to(), "the last refresh of " + who);
        name(record.template(), record.previousDefault(), back);
        for (OverrideRecord override : record.overrides()) {
            name(override.template(), override.from(), back);
            name(override.template(), override.to(), "the last refresh of " + who);
            name(override.template(), override.previousDefault(), back);
        }
        record.images().forEach(override -> image(override.imageId(), back));
        if (record.ami() != null) {
            image(record.ami().value(), "the last refresh of " + who);
        }
    }
}
