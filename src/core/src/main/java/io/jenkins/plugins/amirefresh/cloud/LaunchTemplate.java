package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateName;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
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
