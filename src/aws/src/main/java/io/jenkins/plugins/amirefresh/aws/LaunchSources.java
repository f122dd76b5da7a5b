package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateName;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplate;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.MixedInstancesPolicy;

/**
 * Launch sources between AWS's words and ours. A mixed instances policy is written as a whole, so the last one that was read
 * of each group is kept here: only its versions are ours, instance types, weights and distribution go back as they came.
 */
final class LaunchSources {

    /** Of a template that was named and is not there: AWS knows no version of it, and launches nothing from it. */
    private static final String NO_TEMPLATE = "lt-00000000";

    private final Map<AutoScalingGroupName, MixedInstancesPolicy> policies = new ConcurrentHashMap<>();
    private final Map<String, String> idsByName = new ConcurrentHashMap<>();
    private final Map<String, String> namesById = new ConcurrentHashMap<>();
    private final Function<String, Optional<String>> idOf;

    /** @param idOf the id of the launch template of a name, empty when there is none */
    LaunchSources(Function<String, Optional<String>> idOf) {
        this.idOf = idOf;
    }

    /** Reads a group's source and keeps its policy. */
    LaunchSource read(AutoScalingGroup group) {
        AutoScalingGroupName name = new AutoScalingGroupName(group.autoScalingGroupName());
        MixedInstancesPolicy policy = withIds(group.mixedInstancesPolicy());
        group.instances().forEach(instance -> remember(instance.launchTemplate()));
        if (policy != null) {
            policies.put(name, policy);
        } else {
            policies.remove(name);
        }
        return source(withId(group.launchTemplate()), policy)
                .orElseGet(() -> new LaunchSource.LaunchConfiguration(Pages.text(group.launchConfigurationName())));
    }

    /** The source these describe, empty when they name no template. */
    Optional<LaunchSource> of(
            @Nullable LaunchTemplateSpecification specification, @Nullable MixedInstancesPolicy policy) {
        return source(withId(specification), withIds(policy));
    }

    /** A template that is named by its name alone is no other than the one that is named by its id. */
    private @Nullable MixedInstancesPolicy withIds(@Nullable MixedInstancesPolicy policy) {
        LaunchTemplate whole = policy == null ? null : policy.launchTemplate();
        if (policy == null || whole == null) {
            return policy;
        }
        List<LaunchTemplateOverrides> overrides = whole.overrides().stream()
                .map(override -> override.toBuilder()
                        .launchTemplateSpecification(withId(override.launchTemplateSpecification()))
                        .build())
                .toList();
        return policy.toBuilder()
                .launchTemplate(whole.toBuilder()
                        .launchTemplateSpecification(withId(whole.launchTemplateSpecification()))
                        .overrides(overrides)
                        .build())
                .build();
    }

    /** What an override names by id alone, since we wrote it so, instances say the name of. */
    private void remember(@Nullable LaunchTemplateSpecification launched) {
        if (launched != null && launched.launchTemplateId() != null && launched.launchTemplateName() != null) {
            namesById.put(launched.launchTemplateId(), launched.launchTemplateName());
        }
    }

    private @Nullable LaunchTemplateSpecification withId(@Nullable LaunchTemplateSpecification specification) {
        String name = specification == null ? "" : Pages.text(specification.launchTemplateName());
        if (specification == null || specification.launchTemplateId() != null || name.isEmpty()) {
            return specification;
        }
        String known = idsByName.get(name);
        Optional<String> id = known == null ? idOf.apply(name) : Optional.of(known);
        id.ifPresent(found -> idsByName.put(name, found));
        return specification.toBuilder()
                .launchTemplateId(id.orElse(NO_TEMPLATE))
                .build();
    }

    private Optional<LaunchSource> source(
            @Nullable LaunchTemplateSpecification specification, @Nullable MixedInstancesPolicy policy) {
        if (policy != null && policy.launchTemplate() != null) {
            List<LaunchSource.Template> overrides = policy.launchTemplate().overrides().stream()
                    .flatMap(override -> template(override.launchTemplateSpecification()).stream())
                    .toList();
            return template(policy.launchTemplate().launchTemplateSpecification())
                    .map(main -> new LaunchSource.MixedInstancesPolicy(
                            main, overrides, images(main, policy), types(policy)));
        }
        return template(specification).map(template -> template);
    }

    private static Set<String> types(MixedInstancesPolicy policy) {
        Set<String> types = policy.launchTemplate().overrides().stream()
                .map(override -> Pages.text(override.instanceType()))
                .collect(Collectors.toSet());
        return types.contains("") ? Set.of() : types;
    }

    private List<LaunchSource.OverrideImage> images(LaunchSource.Template main, MixedInstancesPolicy policy) {
        return policy.launchTemplate().overrides().stream()
                .filter(LaunchSources::namesImage)
                .map(override -> new LaunchSource.OverrideImage(
                        Pages.text(override.instanceType()),
                        template(override.launchTemplateSpecification())
                                .map(LaunchSource.Template::id)
                                .orElse(main.id()),
                        Pages.text(override.imageId())))
                .toList();
    }

    private static boolean namesImage(LaunchTemplateOverrides override) {
        return !Pages.text(override.imageId()).isEmpty();
    }

    private Optional<LaunchSource.Template> template(@Nullable LaunchTemplateSpecification specification) {
        if (specification == null || specification.launchTemplateId() == null) {
            return Optional.empty();
        }
        // What we named by id alone, as in a desired configuration, comes back without a name.
        String name = specification.launchTemplateName() == null
                ? namesById.getOrDefault(specification.launchTemplateId(), specification.launchTemplateId())
                : specification.launchTemplateName();
        return Optional.of(new LaunchSource.Template(
                new LaunchTemplateId(specification.launchTemplateId()),
                new LaunchTemplateName(name),
                VersionReference.parse(Pages.text(specification.version()))));
    }

    /** The policy that was last read of a group. */
    Optional<MixedInstancesPolicy> lastRead(AutoScalingGroupName group) {
        return Optional.ofNullable(policies.get(group));
    }

    /** A template in AWS's words, by id: AWS refuses id and name together. */
    static LaunchTemplateSpecification specification(LaunchSource.Template template) {
        return LaunchTemplateSpecification.builder()
                .launchTemplateId(template.id().value())
                .version(template.version().text())
                .build();
    }

    /**
     * {@code current} with the templates, versions and AMIs of {@code wanted}, overrides in order; an override that somebody
     * put between them meanwhile stays as it is.
     */
    static MixedInstancesPolicy withTemplates(MixedInstancesPolicy current, LaunchSource.MixedInstancesPolicy wanted) {
        Deque<LaunchSource.Template> templates = new ArrayDeque<>(wanted.overrides());
        Deque<LaunchSource.OverrideImage> images = new ArrayDeque<>(wanted.overrideImages());
        List<LaunchTemplateOverrides> overrides = new ArrayList<>();
        for (LaunchTemplateOverrides override : current.launchTemplate().overrides()) {
            LaunchTemplateOverrides.Builder changed = override.toBuilder();
            LaunchTemplateSpecification own = override.launchTemplateSpecification();
            LaunchSource.Template template = templates.peek();
            if (own != null && template != null && template.id().value().equals(own.launchTemplateId())) {
                changed.launchTemplateSpecification(specification(templates.remove()));
            }
            LaunchSource.OverrideImage image = images.peek();
            if (namesImage(override)
                    && image != null
                    && image.instanceType().equals(Pages.text(override.instanceType()))) {
                changed.imageId(images.remove().imageId());
            }
            overrides.add(changed.build());
        }
        return current.toBuilder()
                .launchTemplate(current.launchTemplate().toBuilder()
                        .launchTemplateSpecification(specification(wanted.template()))
                        .overrides(overrides)
                        .build())
                .build();
    }
}
