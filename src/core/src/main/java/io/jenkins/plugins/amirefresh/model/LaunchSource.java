package io.jenkins.plugins.amirefresh.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

    /**
     * A launch template, named by id, with the version as the group names it. Its name is for people: what was written by id
     * may come back without, and is the same template.
     */
    record Template(LaunchTemplateId id, LaunchTemplateName name, VersionReference version) implements LaunchSource {

        @Override
        public boolean equals(Object other) {
            return other instanceof Template template && id.equals(template.id) && version.equals(template.version);
        }

        @Override
        public int hashCode() {
            return Objects.hash(id, version);
        }
    }

    /**
     * A mixed instances policy.
     *
     * @param template the policy's own template
     * @param overrides templates of overrides that have one of their own, in the policy's order
     * @param overrideImages what overrides that name an AMI of their own name, in the policy's order; it goes before that of
     *     any template
     * @param instanceTypes those of the overrides; empty where there are none, or one has requirements instead
     */
    record MixedInstancesPolicy(
            Template template, List<Template> overrides, List<OverrideImage> overrideImages, Set<String> instanceTypes)
            implements LaunchSource {

        /** Copies the collections; state files of older versions know no images or types. */
        public MixedInstancesPolicy {
            overrides = List.copyOf(overrides);
            overrideImages = overrideImages == null ? List.of() : List.copyOf(overrideImages);
            instanceTypes = instanceTypes == null ? Set.of() : Set.copyOf(instanceTypes);
        }

        /** The types are the group's own in any case: what we name is the same whichever they are. */
        @Override
        public boolean equals(Object other) {
            return other instanceof MixedInstancesPolicy policy
                    && template.equals(policy.template)
                    && overrides.equals(policy.overrides)
                    && overrideImages.equals(policy.overrideImages);
        }

        @Override
        public int hashCode() {
            return Objects.hash(template, overrides, overrideImages);
        }
    }

    /**
     * An AMI that an override names.
     *
     * @param instanceType the override's, empty when it has requirements instead
     * @param template where its other settings come from: its own, else the policy's
     * @param imageId as AWS shows it
     */
    record OverrideImage(String instanceType, LaunchTemplateId template, String imageId) {

        /** The same override with another AMI. */
        public OverrideImage naming(String otherImageId) {
            return new OverrideImage(instanceType, template, otherImageId);
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

    /** Every use of this template, of which there is one at least, names this version. */
    default boolean names(LaunchTemplateId template, VersionReference version) {
        List<Template> uses =
                templates().stream().filter(use -> use.id().equals(template)).toList();
        return !uses.isEmpty() && uses.stream().allMatch(use -> use.version().equals(version));
    }

    /** The templates of overrides that are not the main one, each once. */
    default List<Template> overrideTemplates() {
        Optional<LaunchTemplateId> main = mainTemplate().map(Template::id);
        Map<LaunchTemplateId, Template> others = new LinkedHashMap<>();
        templates().stream()
                .filter(template -> !main.filter(template.id()::equals).isPresent())
                .forEach(template -> others.putIfAbsent(template.id(), template));
        return List.copyOf(others.values());
    }

    /** What overrides name as their AMI; empty for most. */
    default List<OverrideImage> imagesOfOverrides() {
        return this instanceof MixedInstancesPolicy policy ? policy.overrideImages() : List.of();
    }

    /** The instance types that are launched; empty where the version says it, or requirements do. */
    default Set<String> instanceTypes() {
        return this instanceof MixedInstancesPolicy policy ? policy.instanceTypes() : Set.of();
    }

    /** This source with every use of the main template naming {@code version}; another template's version stays. */
    default LaunchSource withVersion(VersionReference version) {
        return mainTemplate().map(main -> with(main.id(), version)).orElse(this);
    }

    /** This source with every use of one template naming {@code version}. */
    default LaunchSource with(LaunchTemplateId changed, VersionReference version) {
        UnaryOperator<Template> change = template ->
                template.id().equals(changed) ? new Template(template.id(), template.name(), version) : template;
        if (this instanceof Template template) {
            return change.apply(template);
        }
        if (this instanceof MixedInstancesPolicy policy) {
            return new MixedInstancesPolicy(
                    change.apply(policy.template()),
                    policy.overrides().stream().map(change).toList(),
                    policy.overrideImages(),
                    policy.instanceTypes());
        }
        return this;
    }

    /** This source with other AMIs in the overrides of these instance types; the others stay. */
    default LaunchSource withImages(List<OverrideImage> images) {
        return this instanceof MixedInstancesPolicy policy && !images.isEmpty()
                ? new MixedInstancesPolicy(
                        policy.template(),
                        policy.overrides(),
                        policy.overrideImages().stream()
                                .map(image -> images.stream()
                                        .filter(other -> other.instanceType().equals(image.instanceType()))
                                        .findFirst()
                                        .map(other -> image.naming(other.imageId()))
                                        .orElse(image))
                                .toList(),
                        policy.instanceTypes())
                : this;
    }
}
