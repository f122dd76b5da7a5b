package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a group launches: the version of each of its launch templates.
 *
 * @param main of its own template
 * @param overrides of other templates that its overrides name
 * @param unknown names of templates that the account does not show; when there is one, the rest may be incomplete
 */
record Launched(
        Optional<LaunchTemplateVersion> main,
        Map<LaunchTemplateId, LaunchTemplateVersion> overrides,
        List<String> unknown) {

    Launched {
        overrides = Map.copyOf(overrides);
        unknown = List.copyOf(unknown);
    }

    /**
     * Resolves the names of versions.
     *
     * @param templates those of the group's account and region
     * @param named how the version of a use is named
     */
    static Launched of(
            LaunchSource source,
            Map<LaunchTemplateId, LaunchTemplate> templates,
            Function<LaunchSource.Template, VersionReference> named) {
        Map<LaunchTemplateId, LaunchTemplateVersion> versions = new HashMap<>();
        for (LaunchSource.Template use : source.templates()) {
            Optional<LaunchTemplateVersion> version = version(templates, use.id(), named.apply(use));
            if (version.isEmpty()) {
                return new Launched(
                        Optional.empty(), Map.of(), List.of(use.name().toString()));
            }
            versions.putIfAbsent(use.id(), version.get());
        }
        Optional<LaunchTemplateVersion> main = source.mainTemplate().map(use -> versions.remove(use.id()));
        return new Launched(main, versions, List.of());
    }

    private static Optional<LaunchTemplateVersion> version(
            Map<LaunchTemplateId, LaunchTemplate> templates, LaunchTemplateId id, VersionReference named) {
        if (named instanceof VersionReference.Numbered numbered) {
            return Optional.of(numbered.version());
        }
        return Optional.ofNullable(templates.get(id))
                .map(template -> named instanceof VersionReference.Latest
                        ? template.latestVersion()
                        : template.defaultVersion());
    }

    /** What the group is to be brought to, beside the version of its own template. */
    Wanted wanted() {
        return new Wanted(overrides, false, true, "", "", Map.of(), true);
    }
}
