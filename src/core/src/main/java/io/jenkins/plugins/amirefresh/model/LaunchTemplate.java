package io.jenkins.plugins.amirefresh.model;

import java.util.Map;

/** A launch template as one read described it. */
public record LaunchTemplate(
        LaunchTemplateId id,
        LaunchTemplateName name,
        LaunchTemplateVersion defaultVersion,
        LaunchTemplateVersion latestVersion,
        Map<String, String> tags) {

    /** Copies the tags. */
    public LaunchTemplate {
        tags = Map.copyOf(tags);
    }
}
