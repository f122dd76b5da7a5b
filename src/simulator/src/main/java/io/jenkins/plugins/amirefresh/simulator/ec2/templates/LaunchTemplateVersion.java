package io.jenkins.plugins.amirefresh.simulator.ec2.templates;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One version, which never changes.
 *
 * @param number at least 1, never used again
 * @param description empty when it has none
 * @param createdBy ARN of the principal
 * @param data LaunchTemplateData under AWS's member names; not to be changed
 */
public record LaunchTemplateVersion(
        LaunchTemplate template,
        long number,
        String description,
        Instant createTime,
        String createdBy,
        ObjectNode data) {

    /** Whether the template's default is this one. */
    public boolean isDefault() {
        return template.defaultVersion() == number;
    }
}
