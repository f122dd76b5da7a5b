package io.jenkins.plugins.amirefresh.model;

import java.util.List;

/** Where a group takes its launch settings from. */
public sealed interface LaunchSource {

    /** A launch template, named by id, with the version as the group names it. */
    record Template(LaunchTemplateId id, LaunchTemplateName name, VersionReference version) implements LaunchSource {}

    /**
     * A mixed instances policy.
     *
     * @param template the policy's own template
     * @param overrides templates of overrides that have one of their own, in the policy's order
     */
    record MixedInstancesPolicy(Template template, List<Template> overrides) implements LaunchSource {

        /** Copies the list. */
        public MixedInstancesPolicy {
            overrides = List.copyOf(overrides);
        }
    }

    /** A launch configuration: read, never written. */
    record LaunchConfiguration(String name) implements LaunchSource {}

    /** Every launch template named here, the main one first; empty for a launch configuration. */
    default List<Template> templates() {
        if (this instanceof Template template) {
            return List.of(template);
        }
        if (this instanceof MixedInstancesPolicy policy) {
            return java.util.stream.Stream.concat(
                            java.util.stream.Stream.of(policy.template()), policy.overrides().stream())
                    .toList();
        }
        return List.of();
    }
}
