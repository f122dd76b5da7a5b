package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Where a group takes its launch settings from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LaunchSource.Template.class, name = "launch-template"),
    @JsonSubTypes.Type(value = LaunchSource.MixedInstancesPolicy.class, name = "mixed-instances-policy"),
    @JsonSubTypes.Type(value = LaunchSource.LaunchConfiguration.class, name = "launch-configuration"),
})
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
            return Stream.concat(Stream.of(policy.template()), policy.overrides().stream())
                    .toList();
        }
        return List.of();
    }

    /** The main launch template; empty for a launch configuration. */
    default Optional<Template> mainTemplate() {
        return templates().stream().findFirst();
    }

    /** This source with every use of the main template naming {@code version}; another template's version stays. */
    default LaunchSource withVersion(VersionReference version) {
        Optional<Template> main = mainTemplate();
        UnaryOperator<Template> change =
                template -> main.isPresent() && template.id().equals(main.get().id())
                        ? new Template(template.id(), template.name(), version)
                        : template;
        if (this instanceof Template template) {
            return change.apply(template);
        }
        if (this instanceof MixedInstancesPolicy policy) {
            return new MixedInstancesPolicy(
                    change.apply(policy.template()),
                    policy.overrides().stream().map(change).toList());
        }
        return this;
    }
}
