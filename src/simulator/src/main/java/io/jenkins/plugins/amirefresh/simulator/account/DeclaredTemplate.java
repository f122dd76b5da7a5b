package io.jenkins.plugins.amirefresh.simulator.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A launch template.
 *
 * @param name groups and behaviours refer to it
 * @param id generated when null
 * @param defaultVersion a number, 1-based
 * @param versions in order; the first is version 1; at least one
 */
public record DeclaredTemplate(
        int line,
        String name,
        @Nullable String id,
        int defaultVersion,
        Map<String, String> tags,
        List<Version> versions) {

    public DeclaredTemplate {
        defaultVersion = defaultVersion == 0 ? 1 : defaultVersion;
        tags = Lists.orEmpty(tags);
        versions = Lists.orEmpty(versions);
    }

    /**
     * One version.
     *
     * @param image name of a declared image of the region, or an AMI id, or {@code resolve:ssm:...}
     * @param description null when it has none
     * @param securityGroups names of declared security groups of the region; empty: the VPC's own
     * @param instanceTags tags of its instances
     * @param request further members of LaunchTemplateData under AWS's names; null when there are none
     */
    public record Version(
            int line,
            String image,
            String instanceType,
            @Nullable String description,
            @Nullable String userData,
            List<String> securityGroups,
            Map<String, String> instanceTags,
            @Nullable JsonNode request) {

        public Version {
            instanceType = Lists.or(instanceType, "t3.micro");
            securityGroups = Lists.orEmpty(securityGroups);
            instanceTags = Lists.orEmpty(instanceTags);
        }
    }
}
