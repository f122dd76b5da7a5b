package io.jenkins.plugins.amirefresh.step.retire;

import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.VersionBrief;
import java.time.Instant;
import java.util.List;

/** Every version of a launch template as one read showed them; kept until all templates are read. */
record TemplateVersions(LaunchTemplateId template, Instant readAt, List<VersionBrief> versions) {

    /** Copies the list. */
    TemplateVersions {
        versions = List.copyOf(versions);
    }
}
